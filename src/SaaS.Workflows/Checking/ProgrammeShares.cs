using SaaS.Domain.Money;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Checking;

/// <summary>The share tables of a programme: sums, caps and limits, over every cost that a tier takes.</summary>
/// <param name="rails">Says which guard rail holds for a tier with or without national money.</param>
/// <param name="tiers">By code.</param>
/// <param name="problems">Takes what is found.</param>
internal sealed class ProgrammeShares(Func<bool, GuardRail?> rails, ILookup<string, TierPlace> tiers, ProblemList problems)
{
    // A third of a hundred million and the like: no share of them is round.
    private static readonly Won[] OddCosts = [new(33_333_333), new(77_777_777), new(133_333_333), new(333_333_333)];
    private static readonly Won LargestCost = new(CostSharing.CostLimit.Amount - 1);

    public void Check(CompiledActivity activity)
    {
        var shares = (ShareCostActivity.TierShares)activity.Prepared!;
        var written = activity.Definition!;
        Check(written, written.Pointer + "/shares", shares.Code, shares.Table);
        var index = 0;
        foreach (var table in shares.Overrides.Values)
        {
            Check(written, $"{written.Pointer}/overrides/{index++}/shares", shares.Code, table);
        }
    }

    private void Check(ActivityDefinition written, string pointer, string tier, ShareTable table)
    {
        var clean = problems.All.Count;
        var rail = rails(table.Of(Funder.National) is { TargetBp: > 0 }) is { } found ? new ShareRails(found, written.Id, problems) : null;
        CheckTotal(written, pointer, table);
        for (var index = 0; index < table.Shares.Count; index++)
        {
            CheckRow(written, $"{pointer}/{index}", table, table.Shares[index]);
            if (table.Shares[index] is { Base: ShareBase.EligibleCost or ShareBase.PublicGrant } share)
            {
                rail?.CheckRow($"{pointer}/{index}/targetBp", share.Funder, ShareRails.OfCost(table, share));
            }
        }

        rail?.CheckTable(pointer, written.Pointer, table);
        if (problems.All.Count == clean)
        {
            CheckRange(written, pointer, tier, table, rail);
        }

        if (problems.All.Count == clean)
        {
            CheckBearer(written, pointer, tier, table);
        }

        if (tiers[tier].FirstOrDefault() is { } place)
        {
            rail?.CheckCost(place);
        }
    }

    private void CheckTotal(ActivityDefinition written, string pointer, ShareTable table)
    {
        var total = table.Shares.Where(share => share.Base == ShareBase.EligibleCost).Sum(share => share.TargetBp) + (table.Grant?.TargetBp ?? 0);
        if (total != 10_000)
        {
            problems.Error(
                "shares-total", pointer, written.Id,
                $"총사업비에 대한 분담 비율의 합이 {Percent(total)}입니다. 100 %여야 합니다.",
                $"The shares of the eligible cost add up to {Percent(total)}; they must add up to 100 %.");
        }

        var parts = table.Shares.Where(share => share.Base == ShareBase.PublicGrant).ToList();
        if ((parts.Count > 0 || table.Grant is not null) && (table.Grant is null || parts.Sum(share => share.TargetBp) != 10_000))
        {
            problems.Error(
                table.Grant is null ? "grant-missing" : "grant-shares-total", pointer, written.Id,
                table.Grant is null
                    ? "지원금을 나누는 재원이 있는데 지원금 전체가 정해져 있지 않습니다."
                    : $"지원금을 나누는 비율의 합이 {Percent(parts.Sum(share => share.TargetBp))}입니다. 100 %여야 합니다.",
                table.Grant is null
                    ? "Funders divide a grant, but the grant as a whole is not given."
                    : $"The parts of the grant as a whole add up to {Percent(parts.Sum(share => share.TargetBp))}; they must add up to 100 %.");
        }
    }

    private void CheckRow(ActivityDefinition written, string pointer, ShareTable table, Share share)
    {
        var (ko, en) = (FunderNames.Ko(share.Funder), FunderNames.En(share.Funder));
        if (share.MinBp > share.TargetBp || share.TargetBp > share.MaxBp)
        {
            problems.Error(
                "share-outside-limits", pointer + "/targetBp", written.Id,
                $"{ko} 분담 {Percent(share.TargetBp)}가 스스로 정한 {Percent(share.MinBp)}~{Percent(share.MaxBp)} 밖에 있습니다.",
                $"The share of the {en}, {Percent(share.TargetBp)}, lies outside its own limits of {Percent(share.MinBp)} to {Percent(share.MaxBp)}.");
        }

        if ((share.Cap ?? share.CumulativeCap) is not null && share.OverflowTo is null)
        {
            problems.Error(
                "overflow-unnamed", pointer + "/overflowTo", written.Id,
                $"{ko}에 상한이 있으면, 상한을 넘는 금액을 누가 부담하는지 정해야 합니다.",
                $"The {en} has a cap: say who bears what exceeds it.");
        }
        else if (share.OverflowTo is { } receiver && (receiver == share.Funder || table.Of(receiver) is null))
        {
            problems.Error(
                "overflow-unknown", pointer + "/overflowTo", written.Id,
                $"{ko}의 상한을 넘는 금액은 분담에 참여하는 다른 재원이 부담해야 합니다.",
                $"What exceeds the cap of the {en} must go to another funder of this table.");
        }

        if (share.Base == ShareBase.NationalGrant && table.Of(Funder.National) is null)
        {
            problems.Error("share-base-missing", pointer + "/base", written.Id, $"{ko}의 기준인 국비가 분담에 없습니다.", $"The {en} pays a part of the central money, but there is none.");
        }

        if (share.Funder == table.Bearer && share.Base != ShareBase.EligibleCost)
        {
            problems.Error(
                "bearer-base", pointer + "/base", written.Id,
                $"나머지를 부담하는 {ko}의 비율은 총사업비를 기준으로 적어야 합니다.",
                $"The {en} bears the rest: its share must be of the eligible cost.");
        }
    }

    private void CheckRange(ActivityDefinition written, string pointer, string tier, ShareTable table, ShareRails? rail)
    {
        var limits = tiers[tier].FirstOrDefault()?.Tier;
        var narrowed = rail?.Narrow(table) ?? table;
        var broken = ShareLimits.FindBroken(
            narrowed, limits?.TotalCostMin ?? new Won(1), limits?.TotalCostMax ?? LargestCost, rail is null ? null : split => rail.Judge(split, table));
        foreach (var (_, reason) in broken)
        {
            var row = table.Shares.ToList().FindIndex(share => reason.Field == $"shares.{share.Funder}");
            var place = row < 0 ? pointer : $"{pointer}/{row}";
            if (rail is not null && (reason.Code is not ("share-above-maximum" or "share-below-minimum") || rail.IsTheReason(table, reason)))
            {
                rail.Broken(place, reason);
            }
            else
            {
                problems.Error("share-limit-broken", place, written.Id, reason.Ko, reason.En);
            }
        }
    }

    // Rounding alone is within the tolerance of a limit, but who is to pay nothing at all is not meant to pay the odd won.
    private void CheckBearer(ActivityDefinition written, string pointer, string tier, ShareTable table)
    {
        if (table.Of(table.Bearer) is not { Base: ShareBase.EligibleCost, MaxBp: 0 })
        {
            return;
        }

        var limits = tiers[tier].FirstOrDefault()?.Tier;
        var (least, most) = (limits?.TotalCostMin ?? new Won(1), limits?.TotalCostMax ?? LargestCost);
        foreach (var cost in OddCosts.Where(cost => cost >= least && cost <= most).Append(most - new Won(1)).Append(least + new Won(1)))
        {
            if (cost >= least && cost <= most && StepShares.Split(table, cost).Of(table.Bearer) is var rest && rest > Won.Zero)
            {
                problems.Warning(
                    "bearer-without-share", pointer[..pointer.LastIndexOf('/')] + "/bearer", written.Id,
                    $"{FunderNames.Ko(table.Bearer)}의 최대는 0 %인데 나머지를 부담합니다. 총사업비 {cost}원이면 {FunderNames.Ko(table.Bearer)} 부담이 {rest}원이 됩니다.",
                    $"The {FunderNames.En(table.Bearer)} has a maximum of 0 %, yet bears the rest: at {cost} won it would carry {rest} won.");
                return;
            }
        }
    }

    private static string Percent(int basisPoints) => $"{CostSharing.BasisPointsText(basisPoints)} %";
}
