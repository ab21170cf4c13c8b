using SaaS.Domain;
using SaaS.Domain.Money;

namespace SaaS.Workflows.Checking;

/// <summary>Holds the shares of one tier to a guard rail: rows, sums, ceilings, and every cost that the tier takes.</summary>
/// <param name="rail">The one for this tier.</param>
/// <param name="activityId">The step that divides the cost.</param>
/// <param name="problems">Takes what is found.</param>
internal sealed class ShareRails(GuardRail rail, string activityId, ProblemList problems)
{
    private static readonly Funder[] Public = [Funder.National, Funder.Province, Funder.Municipality];

    private GuardRailLimits Limits => rail.Limits;

    /// <summary>The table with its own limits narrowed to these.</summary>
    public ShareTable Narrow(ShareTable table) => table with
    {
        Shares =
        [
            .. table.Shares.Select(share => share.Base != ShareBase.EligibleCost ? share : share with
            {
                MinBp = Math.Max(share.MinBp, Limits.Of(share.Funder).MinBp),
                MaxBp = Math.Min(share.MaxBp, Limits.Of(share.Funder).MaxBp),
            }),
        ],
    };

    /// <summary>Whether a limit that some cost breaks is this rail's and not the table's own.</summary>
    public bool IsTheReason(ShareTable table, Reason broken) => table.Shares.FirstOrDefault(share => broken.Field == $"shares.{share.Funder}") is { } share
        && (broken.Code == "share-below-minimum" ? Limits.Of(share.Funder).MinBp > share.MinBp : Limits.Of(share.Funder).MaxBp < share.MaxBp);

    /// <param name="pointer">Of the row's percentage.</param>
    /// <param name="funder">Whose row.</param>
    /// <param name="basisPoints">Of the eligible cost.</param>
    public void CheckRow(string pointer, Funder funder, int basisPoints)
    {
        var range = Limits.Of(funder);
        var (ko, en, name) = (FunderNames.Ko(funder), FunderNames.En(funder), Name(funder));
        if (basisPoints > range.MaxBp)
        {
            problems.Error(
                rail, $"{name}-share-above-limit", pointer, activityId,
                $"{ko} 분담이 {Percent(basisPoints)}입니다. {Percent(range.MaxBp)} 이하여야 합니다.",
                $"The share of the {en} is {Percent(basisPoints)}; it must be at most {Percent(range.MaxBp)}.", range.MaxBp);
        }
        else if (basisPoints < range.MinBp)
        {
            problems.Error(
                rail, $"{name}-share-below-limit", pointer, activityId,
                $"{ko} 분담이 {Percent(basisPoints)}입니다. {Percent(range.MinBp)} 이상이어야 합니다.",
                $"The share of the {en} is {Percent(basisPoints)}; it must be at least {Percent(range.MinBp)}.", range.MinBp);
        }
    }

    /// <summary>Who must carry something and is not there; what public funders are to carry together; how finely is rounded.</summary>
    public void CheckTable(string pointer, string stepPointer, ShareTable table)
    {
        foreach (var (funder, range) in Limits.Shares.Where(pair => pair.Value.MinBp > 0 && table.Of(pair.Key) is null))
        {
            problems.Error(
                rail, funder == Funder.LeadFirm ? "lead-firm-missing" : "funder-missing", pointer, activityId,
                $"{FunderNames.Ko(funder)}이(가) {Percent(range.MinBp)} 이상 부담해야 하는데 분담에 없습니다.",
                $"The {FunderNames.En(funder)} must carry at least {Percent(range.MinBp)} and has no share.", range.MinBp);
        }

        var together = table.Shares.Where(share => Public.Contains(share.Funder)).Sum(share => OfCost(table, share));
        if (together > Limits.PublicMaxBp)
        {
            problems.Error(
                rail, "public-share-above-limit", pointer, activityId,
                $"국비·도비·시군비를 합한 공공 분담이 {Percent(together)}입니다. {Percent(Limits.PublicMaxBp.Value)} 이하여야 합니다.",
                $"Public funders carry {Percent(together)} together; it must be at most {Percent(Limits.PublicMaxBp.Value)}.");
        }

        if (table.RoundingUnit.Amount > Limits.RoundingUnitMax)
        {
            problems.Error(
                rail, "rounding-unit-above-limit", stepPointer + "/roundingUnit", activityId,
                $"절사 단위가 {table.RoundingUnit}원입니다. {new Won(Limits.RoundingUnitMax.Value)}원 이하여야 합니다.",
                $"Shares are rounded to {table.RoundingUnit} won; it must be at most {new Won(Limits.RoundingUnitMax.Value)} won.");
        }
    }

    /// <summary>What one project of the tier may cost.</summary>
    public void CheckCost(TierPlace tier)
    {
        if (Limits.TotalCostMax is { } most && (tier.Tier.TotalCostMax is not { } limit || limit.Amount > most))
        {
            problems.Error(
                rail, "tier-cost-above-limit", tier.Pointer, tier.ActivityId,
                $"'{tier.Tier.Ko}' 유형의 총사업비 상한이 {(tier.Tier.TotalCostMax is { } written ? $"{written}원입니다" : "없습니다")}. {new Won(most)}원 이하여야 합니다.",
                $"The tier {tier.Tier.En} takes projects of {(tier.Tier.TotalCostMax is { } given ? $"up to {given} won" : "any cost")}; it must be at most {new Won(most)} won.");
        }
    }

    /// <summary>What a division of some cost breaks beyond the limits of its rows.</summary>
    public IEnumerable<Reason> Judge(CostSplit split, ShareTable table)
    {
        var together = Public.Aggregate(Won.Zero, (sum, funder) => sum + split.Of(funder));
        if (Limits.PublicMaxBp is { } most && ((Int128)together.Amount - table.Tolerance.Amount) * 10_000 > (Int128)split.Total.Amount * most)
        {
            var percent = Percent(CostSharing.BasisPoints(together, split.Total));
            yield return new Reason(
                "public-share-above-limit",
                $"총사업비 {split.Total}원이면 공공 분담이 {together}원({percent})이 되어, {Percent(most)} 이하여야 한다는 조건에 맞지 않습니다.",
                $"At {split.Total} won public funders would carry {together} won = {percent}, but must carry at most {Percent(most)}.");
        }

        if (split.Of(Funder.National) is var central && central.Amount > Limits.NationalMax)
        {
            yield return new Reason(
                "national-amount-above-limit",
                $"총사업비 {split.Total}원이면 국비가 {central}원이 되어, 과제당 {new Won(Limits.NationalMax.Value)}원 이하여야 한다는 조건에 맞지 않습니다.",
                $"At {split.Total} won central money would be {central} won, but must be at most {new Won(Limits.NationalMax.Value)} won a project.")
            { Field = "shares.National" };
        }
    }

    /// <summary>A limit that some cost breaks.</summary>
    public void Broken(string pointer, Reason reason)
        => problems.Error(rail, reason.Code is "share-above-maximum" or "share-below-minimum" ? "share-limit-broken" : reason.Code, pointer, activityId, reason.Ko, reason.En);

    /// <summary>What a row is of the eligible cost, rounded up: half of a grant of 80 % is 40 %. Nothing where it is a part of something else.</summary>
    public static int OfCost(ShareTable table, Share share) => share.Base switch
    {
        ShareBase.EligibleCost => share.TargetBp,
        ShareBase.PublicGrant when table.Grant is { } grant => (int)((((long)share.TargetBp * grant.TargetBp) + 9_999) / 10_000),
        _ => 0,
    };

    private static string Name(Funder funder) => funder switch
    {
        Funder.National => "national",
        Funder.LeadFirm => "lead",
        Funder.Firm => "firm",
        Funder.Province => "province",
        _ => "municipality",
    };

    private static string Percent(int basisPoints) => $"{CostSharing.BasisPointsText(basisPoints)} %";
}

/// <summary>A tier with the row of the table in which it stands.</summary>
internal sealed record TierPlace(Programmes.Tier Tier, string Pointer, string ActivityId);
