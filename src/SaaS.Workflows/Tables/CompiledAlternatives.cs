using SaaS.Domain.Firms;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Tables;

/// <summary>The condition <c>anyOf</c>: one of several is enough. Also one comparison of two facts, which no single fact can answer.</summary>
internal sealed class CompiledAlternatives
{
    /// <summary>Whether a condition has to be compiled so.</summary>
    public static bool Takes(Condition condition) => condition.Operator == "anyOf" || condition.OtherFact is not null;

    private readonly CompiledCondition[] _conditions;
    private readonly CompiledSize[] _sizes;
    private readonly Condition[] _limits;
    private readonly int[] _limitSlots;
    private readonly (int Slot, string Operator, int Limit)[] _pairs;

    public CompiledAlternatives(Condition condition, FactLayout layout)
    {
        var alternatives = condition.Alternatives.Count > 0 ? condition.Alternatives : [condition];
        _conditions = [.. alternatives.Where(each => each.Operator != "sme" && each.OtherFact is null).Select(each => CompiledCondition.Compile(each, layout))];
        _sizes = [.. alternatives.Where(each => each.Operator == "sme").Select(each => new CompiledSize(each, layout))];
        _pairs = [.. alternatives.Where(each => each.OtherFact is not null).Select(each => (layout.Slot(each.Field), each.Operator, layout.Slot(each.OtherFact!)))];
        _limits = [.. alternatives.Where(each => each.IsLimit && each.OtherFact is null)];
        _limitSlots = [.. _limits.Select(each => layout.Slot(each.Field))];
    }

    public Answer Test(ReadOnlySpan<Fact> facts)
    {
        var answer = Answer.No;
        foreach (ref readonly var condition in _conditions.AsSpan())
        {
            var each = condition.Test(facts);
            if (each == Answer.Yes)
            {
                return Answer.Yes;
            }

            answer = each == Answer.Indeterminate ? each : answer;
        }

        foreach (var size in _sizes)
        {
            var each = size.Test(facts);
            if (each == Answer.Yes)
            {
                return Answer.Yes;
            }

            answer = each == Answer.Indeterminate ? each : answer;
        }

        foreach (var (slot, name, limit) in _pairs)
        {
            var (one, other) = (facts[slot].Number, facts[limit].Number);
            if (double.IsNaN(one) || double.IsNaN(other))
            {
                answer = Answer.Indeterminate;
            }
            else if (name switch { "lt" => one < other, "le" => one <= other, "gt" => one > other, _ => one >= other })
            {
                return Answer.Yes;
            }
        }

        return answer;
    }

    /// <summary>How far the nearest alternative is from holding; null where no number decides.</summary>
    public double? Distance(ReadOnlySpan<Fact> facts)
    {
        double? least = null;
        for (var index = 0; index < _limits.Length; index++)
        {
            var fact = facts[_limitSlots[index]];
            least = Less(least, double.IsNaN(fact.Number) ? null : Nearness.Of(fact.Number, _limits[index].Value.Number));
        }

        foreach (var size in _sizes)
        {
            least = Less(least, size.Distance(facts));
        }

        foreach (var (slot, _, limit) in _pairs)
        {
            var (one, other) = (facts[slot].Number, facts[limit].Number);
            least = Less(least, double.IsNaN(one) || double.IsNaN(other) ? null : Nearness.Of(one, other));
        }

        return least;
    }

    private static double? Less(double? one, double? other) => one is null || other < one ? other : one;
}
