using SaaS.Domain.Firms;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Tables;

/// <summary>A rule table over facts: answers without allocating, one bit a rule.</summary>
internal sealed class CompiledRules
{
    private readonly CompiledCondition[] _conditions;
    private readonly int[] _rules;
    private readonly (CompiledSize Size, int Rule)[] sizes;

    public CompiledRules(RuleTable table, FactLayout layout)
    {
        Table = table;
        if (table.Rules.Count > 64)
        {
            throw new TablesNotCompiledException("There are more than 64 rules.");
        }

        var numbered = table.Rules.Select((rule, number) => (rule.Condition, number)).ToList();
        var simple = numbered.Where(each => each.Condition.Operator != "sme").ToList();
        _conditions = [.. simple.Select(each => CompiledCondition.Compile(each.Condition, layout))];
        _rules = [.. simple.Select(each => each.number)];
        sizes = [.. numbered.Where(each => each.Condition.Operator == "sme").Select(each => (new CompiledSize(each.Condition, layout), each.number))];
    }

    public RuleTable Table { get; }

    /// <summary>Tests all rules.</summary>
    /// <param name="facts">The application, by this table's layout.</param>
    /// <param name="refused">One bit for each rule that does not hold.</param>
    /// <param name="missing">One bit for each rule whose fact is missing.</param>
    public Answer Evaluate(ReadOnlySpan<Fact> facts, out ulong refused, out ulong missing)
    {
        (refused, missing) = (0, 0);
        var table = _conditions;
        for (var i = 0; i < table.Length; i++)
        {
            ref readonly var condition = ref table[i];
            ref readonly var fact = ref facts[condition.Slot];
            if (!condition.IsKnown(fact))
            {
                missing |= 1UL << _rules[i];
            }
            else if (!condition.Holds(fact))
            {
                refused |= 1UL << _rules[i];
            }
        }

        foreach (var (size, rule) in sizes)
        {
            var answer = size.Test(facts);
            refused |= answer == Answer.No ? 1UL << rule : 0;
            missing |= answer == Answer.Indeterminate ? 1UL << rule : 0;
        }

        return refused != 0 ? Answer.No : missing != 0 ? Answer.Indeterminate : Answer.Yes;
    }

    /// <summary>How far the only rule that refuses is from holding; null where no number decides.</summary>
    public double? Distance(ReadOnlySpan<Fact> facts, int rule)
    {
        foreach (var (size, number) in sizes)
        {
            if (number == rule)
            {
                return size.Distance(facts);
            }
        }

        var condition = Table.Rules[rule].Condition;
        return condition.IsLimit ? Nearness.Of(facts[_conditions[Array.IndexOf(_rules, rule)].Slot].Number, condition.Value.Number) : null;
    }
}
