using SaaS.Domain.Codes;
using SaaS.Domain.Firms;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Tables;

/// <summary>The condition <c>sme</c>: it looks at several facts of the firm.</summary>
internal sealed class CompiledSize
{
    private readonly string _version;
    private readonly int _employees;
    private readonly int _revenue;
    private readonly int _averageSales;
    private readonly int _assets;
    private readonly int _independent;
    private readonly int _ksic;
    private readonly (ulong Bit, long Ceiling)[] ceilings = [];
    private readonly Rule _rule;

    public CompiledSize(Condition condition, FactLayout layout)
    {
        _version = condition.Value.Text ?? SmeRule.SeedOr;
        _rule = _version switch { SmeRule.SeedOr => Rule.Either, SmeRule.StrictAnd => Rule.Both, _ => Rule.Act };
        var firm = condition.Field;
        _employees = layout.Slot(firm + ".employees");
        _revenue = layout.Slot(firm + ".revenue");
        if (_rule == Rule.Act)
        {
            _averageSales = layout.Slot(firm + ".averageSales");
            _assets = layout.Slot(firm + ".assets");
            _independent = layout.Slot(firm + ".independent");
            _ksic = layout.Slot(firm + ".ksic");
            ceilings = [.. Sectors.All.GroupBy(sector => SmeRule.Ceiling(_version, sector.Code)!.Value).Select(group => (layout[_ksic].AskEqual(group.Select(sector => sector.Code)), group.Key))];
        }
    }

    private enum Rule
    {
        Either,
        Both,
        Act,
    }

    public Answer Test(ReadOnlySpan<Fact> facts)
    {
        switch (_rule)
        {
            // Most firms are small: one limit kept is enough.
            case Rule.Either when facts[_employees].Number is >= 0 and <= SmeRule.MaxEmployees and var people && people == Math.Floor(people):
                return Answer.Yes;
            case Rule.Either:
                return SmeRule.TestEither(People(facts), facts[_revenue].Whole);
            case Rule.Both:
                return SmeRule.TestBoth(People(facts), facts[_revenue].Whole);
            default:
                var alone = facts[_independent].Bits;
                return SmeRule.TestAct(
                    facts[_averageSales].Whole,
                    Ceiling(facts[_ksic].Bits),
                    facts[_assets].Whole,
                    (alone & Fact.IsTrue) != 0 ? true : (alone & Fact.IsFalse) != 0 ? false : null);
        }
    }

    /// <summary>How far beyond the rule a firm is, as a part of the limit; null where no number decides.</summary>
    public double? Distance(ReadOnlySpan<Fact> facts) => Programmes.Nearness.OfSize(_version, People(facts), facts[_revenue].Whole);

    private long? People(ReadOnlySpan<Fact> facts) => facts[_employees].Whole is { } people ? Math.Clamp(people, int.MinValue, int.MaxValue) : null;

    private long? Ceiling(ulong bits)
    {
        foreach (var (bit, ceiling) in ceilings)
        {
            if ((bits & bit) != 0)
            {
                return ceiling;
            }
        }

        return null;
    }
}
