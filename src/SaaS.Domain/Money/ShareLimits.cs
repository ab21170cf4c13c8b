namespace SaaS.Domain.Money;

/// <summary>Tests the limits of a share table over a whole range of costs.</summary>
public static class ShareLimits
{
    /// <summary>A cost at which a limit is broken, and what happens there.</summary>
    public sealed record CounterExample(Won Cost, Reason Reason);

    /// <summary>One counter-example for every limit that some cost in the range breaks; a round cost where there is one.</summary>
    /// <param name="table">The shares.</param>
    /// <param name="least">Least cost (won), at least 1.</param>
    /// <param name="most">Most (won), below <see cref="CostSharing.CostLimit"/>.</param>
    /// <param name="judge">What else a division may break; null for nothing.</param>
    /// <remarks>
    /// Between two costs at which a cap begins to hold every part is a straight line of the cost, so a percentage is furthest out at
    /// such a cost or at an end of the range. Round costs come first: they are easier to follow.
    /// </remarks>
    public static IReadOnlyList<CounterExample> FindBroken(ShareTable table, Won least, Won most, Func<CostSplit, IEnumerable<Reason>>? judge = null)
    {
        var found = new Dictionary<(string Code, string? Field), CounterExample>();
        foreach (var cost in RoundCosts().Concat(CostsWhereCapsBegin(table)).Append(least.Amount).Append(most.Amount))
        {
            if (cost < least.Amount || cost > most.Amount)
            {
                continue;
            }

            foreach (var outside in OutsideAmounts(table, cost))
            {
                var split = CostSharing.Split(table, new Won(cost), outside);
                foreach (var reason in judge is null ? split.Problems : split.Problems.Concat(judge(split)))
                {
                    found.TryAdd((reason.Code, reason.Field), new CounterExample(new Won(cost), reason));
                }
            }
        }

        return [.. found.Values];
    }

    // A ceiling over all projects that nothing has been taken of, and one that is used up; everything between them lies between in won
    // too. A grant that is topped up is taken to be no more than the cost beside it.
    private static IEnumerable<long[]> OutsideAmounts(ShareTable table, long cost)
    {
        var asked = table.Outside;
        var ceilings = asked.Count(outside => outside.Amount == OutsideAmount.GivenBefore);
        for (var used = 0; used < 1 << ceilings; used++)
        {
            yield return [.. asked.Select((outside, index) => outside.Amount switch
            {
                OutsideAmount.GivenBefore => (used & (1 << index)) != 0 ? CostSharing.CostLimit.Amount : 0,
                OutsideAmount.AwardNationalGrant => cost,
                _ => 0,
            })];
        }
    }

    private static IEnumerable<long> RoundCosts()
    {
        for (var power = 10_000_000L; power < CostSharing.CostLimit.Amount; power *= 10)
        {
            for (var digit = 1; digit < 10; digit++)
            {
                yield return digit * power;
            }
        }

        for (var power = 1L; power < 10_000_000; power *= 10)
        {
            for (var digit = 1; digit < 10; digit++)
            {
                yield return digit * power;
            }
        }
    }

    // Where one cap begins to hold; where several shares together fill theirs, since one may take what another's cap keeps back.
    private static IEnumerable<long> CostsWhereCapsBegin(ShareTable table)
    {
        var capped = table.Shares.Select(share => (Share: share, Cap: Least(share.Cap, share.CumulativeCap))).Where(each => each.Cap is not null).ToList();
        if (table.Grant is { Cap: { } whole, TargetBp: > 0 } grant && (Int128)whole.Amount * 10_000 / grant.TargetBp is var reached && reached < CostSharing.CostLimit.Amount)
        {
            yield return (long)reached;
            yield return (long)reached + (100 * table.RoundingUnit.Amount);
        }

        for (var set = 1; set < 1 << capped.Count; set++)
        {
            var chosen = capped.Where((_, index) => (set & (1 << index)) != 0).ToList();
            Int128 caps = 0;
            Int128 parts = 0;
            foreach (var (share, cap) in chosen)
            {
                caps += cap!.Value.Amount;
                parts += share.Base == ShareBase.EligibleCost ? share.TargetBp * 10_000L : (long)share.TargetBp * BaseBp(table, share);
            }

            if (parts == 0 || caps * 100_000_000 / parts is var begin && begin >= CostSharing.CostLimit.Amount)
            {
                continue;
            }

            yield return (long)(caps * 100_000_000 / parts);
            yield return (long)(caps * 100_000_000 / parts) + (100 * table.RoundingUnit.Amount);
        }
    }

    private static int BaseBp(ShareTable table, Share share) => share.Base switch
    {
        ShareBase.NationalGrant => table.Of(Funder.National)?.TargetBp ?? 0,
        ShareBase.PublicGrant => table.Grant?.TargetBp ?? 0,
        ShareBase.AwardNationalGrant => 10_000,
        _ => table.Of(Funder.Firm)?.TargetBp ?? 0,
    };

    private static Won? Least(Won? one, Won? other) => one is null || other < one ? other : one;
}
