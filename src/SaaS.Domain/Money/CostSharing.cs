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
    public static CostSplit Split(ShareTable table, Won total) => Split(table, total, default);

    /// <summary>The same where the table asks for more than the cost.</summary>
    /// <param name="table">The shares.</param>
    /// <param name="total">Eligible cost without VAT (won).</param>
    /// <param name="outside">By <see cref="ShareTable.Outside"/> (won); what is not given counts as nothing.</param>
    public static CostSplit Split(ShareTable table, Won total, ReadOnlySpan<long> outside)
    {
        var problems = new List<Reason>(CheckCost(total.Amount));
        if (problems.Count > 0)
        {
            return new CostSplit(total, [], problems);
        }

        var division = new CostDivision(table);
        var count = table.Shares.Count;
        var (amounts, capped, taken) = (new long[count], new long[count], new long[count]);
        division.Divide(total.Amount, outside, amounts, capped, taken);
        var parts = new FunderPart[count];
        for (var i = 0; i < count; i++)
        {
            var share = table.Shares[i];
            var amount = new Won(amounts[i]);
            parts[i] = new FunderPart(share.Funder, amount, BasisPoints(amount, total), new Won(capped[i]), new Won(taken[i]));
            if (division.IsBelowMinimum(i, amounts[i], total.Amount))
            {
                problems.Add(Broken("share-below-minimum", share.Funder, amount, total, share.MinBp, "이상", "at least"));
            }

            if (division.IsAboveMaximum(i, amounts[i], total.Amount))
            {
                problems.Add(Broken("share-above-maximum", share.Funder, amount, total, share.MaxBp, "이하", "at most"));
            }
        }

        if (problems.Count > 0 && division.NearestCost(total, outside) is { } nearest)
        {
            problems = [.. problems.Select(problem => problem with
            {
                NearestKo = $"총사업비가 {nearest}원이면 나눌 수 있습니다.",
                NearestEn = $"A total cost of {nearest} won could be shared.",
            })];
        }

        return new CostSplit(total, parts, problems);
    }

    /// <summary>A part of a total as basis points, rounded half up. A top-up on another project may be many times the cost: it ends at the largest number there is.</summary>
    public static int BasisPoints(Won part, Won total)
        => (int)Int128.Clamp((((Int128)part.Amount * 20_000) + total.Amount) / (2 * (Int128)total.Amount), int.MinValue, int.MaxValue);

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
