using System.Globalization;

namespace SaaS.Domain.Money;

/// <summary>Divides a cost between funders; the parts always add up to the whole, to the won.</summary>
public static class CostSharing
{
    /// <summary>A project costs less than this many won (10^15, a thousand trillion): beyond it somebody has mistyped.</summary>
    public static readonly Won CostLimit = new(1_000_000_000_000_000);

    /// <summary>What is wrong with a total cost as such; empty when nothing is.</summary>
    public static IReadOnlyList<Reason> CheckCost(Int128 total)
    {
        if (total <= 0)
        {
            return [new("cost-not-positive", "총사업비는 1원 이상이어야 합니다.", "The total cost must be at least 1 won.") { Field = "totalCost" }];
        }

        return total < CostLimit.Amount ? [] : [new(
            "cost-too-large",
            "총사업비가 너무 큽니다. 1,000조 원 미만으로, 원 단위로 적어 주세요.",
            "The total cost is too large. Enter it in won, below 1,000 trillion won.") { Field = "totalCost" }];
    }

    /// <summary>Divides the total.</summary>
    /// <param name="table">Shares on the eligible cost first; those on another base are reckoned afterwards and lower the bearer's part.</param>
    /// <param name="total">Eligible cost without VAT (won); never rounded.</param>
    /// <returns>One part a row. Each is rounded down to the unit and held to its cap, what exceeds the cap goes to the funder named for it,
    /// the bearer takes the rest. Limits are tested with <see cref="ShareTable.Tolerance"/>.</returns>
    public static CostSplit Split(ShareTable table, Won total)
    {
        var problems = new List<Reason>(CheckCost(total.Amount));
        if (problems.Count > 0)
        {
            return new CostSplit(total, [], problems);
        }

        var amounts = new Dictionary<Funder, Won>();
        var capped = new Dictionary<Funder, Won>();
        var taken = new Dictionary<Funder, Won>();
        foreach (var share in table.Shares)
        {
            amounts[share.Funder] = share.Base == ShareBase.EligibleCost && share.Funder != table.Bearer
                ? total.Part(share.TargetBp, table.RoundingUnit)
                : Won.Zero;
        }

        HoldToCaps(table, amounts, capped, taken);
        amounts[table.Bearer] = Rest(total, table.Bearer, amounts);
        AddTopUps(table, amounts, capped);
        amounts[table.Bearer] = Rest(total, table.Bearer, amounts);
        problems.AddRange(Limits(table, total, amounts));

        var parts = table.Shares
            .Select(share => new FunderPart(
                share.Funder,
                amounts[share.Funder],
                BasisPoints(amounts[share.Funder], total),
                capped.GetValueOrDefault(share.Funder),
                taken.GetValueOrDefault(share.Funder)))
            .ToList();
        return new CostSplit(total, parts, problems);
    }

    /// <summary>A part of a total as basis points, rounded half up.</summary>
    public static int BasisPoints(Won part, Won total) => (int)((((Int128)part.Amount * 20_000) + total.Amount) / (2 * (Int128)total.Amount));

    // What a cap keeps back goes to the named funder, whose own cap may pass it on: at most once through all funders.
    private static void HoldToCaps(
        ShareTable table, Dictionary<Funder, Won> amounts, Dictionary<Funder, Won> capped, Dictionary<Funder, Won> taken)
    {
        for (var round = 0; round < table.Shares.Count; round++)
        {
            var moved = false;
            foreach (var share in table.Shares.Where(share => share.Base == ShareBase.EligibleCost && share.Funder != table.Bearer))
            {
                if (share.Cap is not { } cap || amounts[share.Funder] <= cap)
                {
                    continue;
                }

                var over = amounts[share.Funder] - cap;
                amounts[share.Funder] = cap;
                capped[share.Funder] = capped.GetValueOrDefault(share.Funder) + over;
                moved = true;
                if (share.OverflowTo is { } receiver && receiver != table.Bearer && amounts.ContainsKey(receiver))
                {
                    amounts[receiver] += over;
                    taken[receiver] = taken.GetValueOrDefault(receiver) + over;
                }
                else
                {
                    taken[table.Bearer] = taken.GetValueOrDefault(table.Bearer) + over;
                }
            }

            if (!moved)
            {
                return;
            }
        }
    }

    private static void AddTopUps(ShareTable table, Dictionary<Funder, Won> amounts, Dictionary<Funder, Won> capped)
    {
        var bases = new Dictionary<ShareBase, Won>
        {
            [ShareBase.NationalGrant] = amounts.GetValueOrDefault(Funder.National),
            [ShareBase.FirmShare] = amounts.GetValueOrDefault(Funder.Firm),
        };
        foreach (var share in table.Shares.Where(share => share.Base != ShareBase.EligibleCost && share.Funder != table.Bearer))
        {
            var amount = bases[share.Base].Part(share.TargetBp, table.RoundingUnit);
            if (share.Cap is { } cap && amount > cap)
            {
                capped[share.Funder] = amount - cap;
                amount = cap;
            }

            amounts[share.Funder] = amount;
        }
    }

    private static Won Rest(Won total, Funder bearer, Dictionary<Funder, Won> amounts)
    {
        var rest = total;
        foreach (var (funder, amount) in amounts)
        {
            if (funder != bearer)
            {
                rest -= amount;
            }
        }

        return rest;
    }

    private static IEnumerable<Reason> Limits(ShareTable table, Won total, Dictionary<Funder, Won> amounts)
    {
        foreach (var share in table.Shares.Where(share => share.Base == ShareBase.EligibleCost))
        {
            var amount = amounts[share.Funder];
            var scaled = (Int128)amount.Amount * 10_000;
            var tolerance = (Int128)table.Tolerance.Amount * 10_000;
            if (scaled < ((Int128)total.Amount * share.MinBp) - tolerance)
            {
                yield return Broken("share-below-minimum", share.Funder, amount, total, share.MinBp, "이상", "at least");
            }

            if (scaled > ((Int128)total.Amount * share.MaxBp) + tolerance || amount < Won.Zero)
            {
                yield return Broken("share-above-maximum", share.Funder, amount, total, share.MaxBp, "이하", "at most");
            }
        }
    }

    private static Reason Broken(string code, Funder funder, Won amount, Won total, int limit, string ko, string en)
    {
        var percent = BasisPointsText(amount < Won.Zero ? 0 : BasisPoints(amount, total));
        return new Reason(
            code,
            $"총사업비 {total}원이면 {FunderNames.Ko(funder)} 부담이 {amount}원({percent} %)이 되어, {BasisPointsText(limit)} % {ko}여야 한다는 조건에 맞지 않습니다.",
            $"At {total} won the {FunderNames.En(funder)} would carry {amount} won = {percent} %, but must carry {en} {BasisPointsText(limit)} %.")
        { Field = $"shares.{funder}" };
    }

    /// <summary>Basis points as a percentage for people, for example 50, 37.5, 99.99.</summary>
    public static string BasisPointsText(int basisPoints) => (basisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture);
}
