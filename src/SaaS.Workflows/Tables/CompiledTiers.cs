using SaaS.Domain.Firms;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Tables;

/// <summary>A table of tiers over facts: the first that fits, without allocating.</summary>
internal sealed class CompiledTiers
{
    private readonly Row[] _rows;
    private readonly int _cost;
    private readonly int _requested;

    public CompiledTiers(TierTable table, FactLayout layout)
    {
        Table = table;
        _cost = layout.Slot("totalCost");
        _requested = layout.Slot("requestedTier");
        if (table.Tiers.Count > 254 || table.Tiers.Any(tier => tier.When.Count > 60))
        {
            throw new TablesNotCompiledException("There are more than 254 tiers, or more than 60 conditions of one.");
        }

        _rows = [.. table.Tiers.Select(tier => new Row(
            tier.TotalCostMin?.Amount ?? double.NegativeInfinity,
            tier.TotalCostMax?.Amount ?? double.PositiveInfinity,
            layout[_requested].AskEqual([tier.Code]),
            [.. tier.When.Where(condition => condition.Operator != "sme" && !CompiledAlternatives.Takes(condition)).Select(condition => CompiledCondition.Compile(condition, layout))],
            [.. tier.When.Where(condition => condition.Operator == "sme").Select(condition => new CompiledSize(condition, layout))],
            [.. tier.When.Where(CompiledAlternatives.Takes).Select(condition => new CompiledAlternatives(condition, layout))]))];
    }

    public TierTable Table { get; }

    /// <summary>The number of the first tier that fits; minus one when none does.</summary>
    public int Choose(ReadOnlySpan<Fact> facts)
    {
        var total = TotalCost(facts);
        for (var i = 0; i < _rows.Length; i++)
        {
            if (Fits(_rows[i], total, facts))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The tier that is nearest when none fits: the requested one, else the one with the fewest misfits.</summary>
    public int Nearest(ReadOnlySpan<Fact> facts)
    {
        var (nearest, fewest) = (0, int.MaxValue);
        for (var i = 0; i < _rows.Length; i++)
        {
            if ((facts[_requested].Bits & _rows[i].Requested) != 0)
            {
                return i;
            }

            var (above, below, conditions) = Misfits(i, facts);
            var count = (above ? 1 : 0) + (below ? 1 : 0) + conditions;
            if (count < fewest)
            {
                (nearest, fewest) = (i, count);
            }
        }

        return nearest;
    }

    /// <summary>What keeps a tier from fitting: its cost limits, and how many conditions.</summary>
    public (bool Above, bool Below, int Conditions) Misfits(int tier, ReadOnlySpan<Fact> facts)
    {
        ref readonly var row = ref _rows[tier];
        var total = TotalCost(facts);
        var count = 0;
        foreach (ref readonly var condition in row.Conditions.AsSpan())
        {
            count += condition.Test(facts) == Answer.Yes ? 0 : 1;
        }

        foreach (var size in row.Sizes)
        {
            count += size.Test(facts) == Answer.Yes ? 0 : 1;
        }

        foreach (var alternatives in row.Alternatives)
        {
            count += alternatives.Test(facts) == Answer.Yes ? 0 : 1;
        }

        return (total > row.Most, total < row.Least, count);
    }

    /// <summary>How far the only misfit of a tier is from fitting; null where no number decides.</summary>
    public double? Distance(int tier, ReadOnlySpan<Fact> facts)
    {
        ref readonly var row = ref _rows[tier];
        var total = TotalCost(facts);
        if (total > row.Most || total < row.Least)
        {
            return Nearness.Of(total, total > row.Most ? row.Most : row.Least);
        }

        var simple = 0;
        foreach (var condition in Table.Tiers[tier].When)
        {
            if (condition.Operator == "sme" || CompiledAlternatives.Takes(condition))
            {
                continue;
            }

            ref readonly var compiled = ref row.Conditions[simple++];
            if (compiled.Test(facts) != Answer.Yes)
            {
                return condition.IsLimit && compiled.IsKnown(facts[compiled.Slot]) ? Nearness.Of(facts[compiled.Slot].Number, condition.Value.Number) : null;
            }
        }

        foreach (var size in row.Sizes)
        {
            if (size.Test(facts) != Answer.Yes)
            {
                return size.Distance(facts);
            }
        }

        foreach (var alternatives in row.Alternatives)
        {
            if (alternatives.Test(facts) != Answer.Yes)
            {
                return alternatives.Distance(facts);
            }
        }

        return null;
    }

    private static bool Fits(in Row row, double total, ReadOnlySpan<Fact> facts)
    {
        if (total > row.Most || total < row.Least)
        {
            return false;
        }

        foreach (ref readonly var condition in row.Conditions.AsSpan())
        {
            ref readonly var fact = ref facts[condition.Slot];
            if (!condition.IsKnown(fact) || !condition.Holds(fact))
            {
                return false;
            }
        }

        foreach (var size in row.Sizes)
        {
            if (size.Test(facts) != Answer.Yes)
            {
                return false;
            }
        }

        foreach (var alternatives in row.Alternatives)
        {
            if (alternatives.Test(facts) != Answer.Yes)
            {
                return false;
            }
        }

        return true;
    }

    // A cost that is missing counts as none.
    private double TotalCost(ReadOnlySpan<Fact> facts) => double.IsNaN(facts[_cost].Number) ? 0 : facts[_cost].Number;

    private readonly record struct Row(double Least, double Most, ulong Requested, CompiledCondition[] Conditions, CompiledSize[] Sizes, CompiledAlternatives[] Alternatives);
}
