using SaaS.Domain.Firms;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Tables;

/// <summary>The condition <c>anyOf</c>: one of several is enough.</summary>
internal sealed class CompiledAlternatives
{
    private readonly CompiledCondition[] _conditions;
    private readonly CompiledSize[] _sizes;
    private readonly Condition[] _limits;
    private readonly int[] _limitSlots;

    public CompiledAlternatives(Condition condition, FactLayout layout)
    {
        _conditions = [.. condition.Alternatives.Where(each => each.Operator != "sme").Select(each => CompiledCondition.Compile(each, layout))];
        _sizes = [.. condition.Alternatives.Where(each => each.Operator == "sme").Select(each => new CompiledSize(each, layout))];
        _limits = [.. condition.Alternatives.Where(each => each.IsLimit)];
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

        return least;
    }

    private static double? Less(double? one, double? other) => one is null || other < one ? other : one;
}
