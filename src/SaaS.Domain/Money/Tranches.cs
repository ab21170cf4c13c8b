namespace SaaS.Domain.Money;

/// <summary>Divides a share over the payments in which it flows.</summary>
public static class Tranches
{
    /// <summary>What one tranche carries.</summary>
    /// <param name="share">The whole share that is paid in cash (won).</param>
    /// <param name="basisPoints">The tranche's part of the share, 0 to 10,000; not used for the last one.</param>
    /// <param name="unit">Rounding unit (won).</param>
    /// <param name="paidBefore">What the tranches before carried (won).</param>
    /// <param name="last">The last tranche takes what is left.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tranches before carried more than the share.</exception>
    public static Won Amount(Won share, int basisPoints, Won unit, Won paidBefore, bool last)
    {
        var left = share - paidBefore;
        ArgumentOutOfRangeException.ThrowIfNegative(left.Amount, nameof(paidBefore));
        if (last)
        {
            return left;
        }

        var amount = share.Part(basisPoints, unit);
        return amount < left ? amount : left;
    }

    /// <summary>The whole plan of a share, in order; the last tranche takes what is left.</summary>
    public static IReadOnlyList<Won> Plan(Won share, IReadOnlyList<int> basisPoints, Won unit)
    {
        var plan = new List<Won>();
        var paid = Won.Zero;
        for (var index = 0; index < basisPoints.Count; index++)
        {
            var amount = Amount(share, basisPoints[index], unit, paid, index == basisPoints.Count - 1);
            plan.Add(amount);
            paid += amount;
        }

        return plan;
    }
}
