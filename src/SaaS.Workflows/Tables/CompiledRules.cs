using SaaS.Domain.Firms;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Tables;

/// <summary>A rule table over facts: answers without allocating, one bit a rule.</summary>
internal sealed class CompiledRules
{
    private readonly CompiledCondition[] _conditions;
    private readonly BitQuestion[] _questions;
    private readonly CompiledCondition[] _others;
    private readonly (CompiledSize Size, int Rule)[] _sizes;
    private readonly (CompiledAlternatives Alternatives, int Rule)[] _alternatives;

    public CompiledRules(RuleTable table, FactLayout layout)
    {
        Table = table;
        if (table.Rules.Count > 64)
        {
            throw new TablesNotCompiledException("There are more than 64 rules.");
        }

        var numbered = table.Rules.Select((rule, number) => (rule.Condition, number)).ToList();
        var simple = numbered.Where(each => each.Condition.Operator != "sme" && !CompiledAlternatives.Takes(each.Condition)).ToList();
        _conditions = [.. simple.Select(each => CompiledCondition.Compile(each.Condition, layout, each.number))];
        _questions = [.. _conditions.Where(condition => condition.IsBitQuestion).Select(condition => condition.AsBitQuestion())];
        _others = [.. _conditions.Where(condition => !condition.IsBitQuestion)];
        _sizes = [.. numbered.Where(each => each.Condition.Operator == "sme").Select(each => (new CompiledSize(each.Condition, layout), each.number))];
        _alternatives = [.. numbered.Where(each => CompiledAlternatives.Takes(each.Condition)).Select(each => (new CompiledAlternatives(each.Condition, layout), each.number))];
    }

    public RuleTable Table { get; }

    /// <summary>Tests all rules.</summary>
    /// <param name="facts">The application, by this table's layout.</param>
    /// <param name="refused">One bit for each rule that does not hold.</param>
    /// <param name="missing">One bit for each rule whose fact is missing.</param>
    public Answer Evaluate(ReadOnlySpan<Fact> facts, out ulong refused, out ulong missing)
    {
        var (no, unknown) = (0UL, 0UL);
        foreach (ref readonly var question in _questions.AsSpan())
        {
            question.Test(facts[question.Slot].Bits, ref no, ref unknown);
        }

        foreach (ref readonly var condition in _others.AsSpan())
        {
            condition.Test(facts[condition.Slot], 1UL << condition.Number, ref no, ref unknown);
        }

        foreach (var (size, rule) in _sizes)
        {
            var answer = size.Test(facts);
            no |= answer == Answer.No ? 1UL << rule : 0;
            unknown |= answer == Answer.Indeterminate ? 1UL << rule : 0;
        }

        foreach (var (alternatives, rule) in _alternatives)
        {
            var answer = alternatives.Test(facts);
            no |= answer == Answer.No ? 1UL << rule : 0;
            unknown |= answer == Answer.Indeterminate ? 1UL << rule : 0;
        }

        (refused, missing) = (no, unknown);
        return refused != 0 ? Answer.No : missing != 0 ? Answer.Indeterminate : Answer.Yes;
    }

    /// <summary>How far the only rule that refuses is from holding; null where no number decides.</summary>
    public double? Distance(ReadOnlySpan<Fact> facts, int rule)
    {
        foreach (var (size, number) in _sizes)
        {
            if (number == rule)
            {
                return size.Distance(facts);
            }
        }

        foreach (var (alternatives, number) in _alternatives)
        {
            if (number == rule)
            {
                return alternatives.Distance(facts);
            }
        }

        var condition = Table.Rules[rule].Condition;
        return condition.IsLimit ? Nearness.Of(facts[Array.Find(_conditions, each => each.Number == rule).Slot].Number, condition.Value.Number) : null;
    }
}
