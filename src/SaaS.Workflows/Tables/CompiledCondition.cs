using System.Runtime.CompilerServices;
using SaaS.Domain.Firms;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Tables;

/// <summary>A condition as a question to one fact: a bit of it, or a range of numbers. No branch depends on the operator.</summary>
internal readonly struct CompiledCondition
{
    private readonly ulong _bits;
    private readonly ulong _needs;
    private readonly double _least;
    private readonly double _most;
    private readonly bool _negated;

    private CompiledCondition(int slot, ulong bits, ulong needs, double least, double most, bool negated)
    {
        Slot = slot;
        _bits = bits;
        _needs = needs;
        _least = least;
        _most = most;
        _negated = negated;
    }

    public int Slot { get; }

    /// <summary>Its place in the table.</summary>
    public int Number { get; private init; }

    /// <summary>The condition as written, except <c>sme</c>, which looks at several facts.</summary>
    /// <exception cref="TablesNotCompiledException">It compares with something that facts cannot hold.</exception>
    public static CompiledCondition Compile(Condition condition, FactLayout layout, int number = 0) => Compile(condition, layout) with { Number = number };

    private static CompiledCondition Compile(Condition condition, FactLayout layout)
    {
        var slot = layout.Slot(condition.Field);
        var value = condition.Value;
        return condition.Operator switch
        {
            "lt" => Range(slot, double.NegativeInfinity, Math.BitDecrement(value.Number)),
            "le" => Range(slot, double.NegativeInfinity, value.Number),
            "gt" => Range(slot, Math.BitIncrement(value.Number), double.PositiveInfinity),
            "ge" => Range(slot, value.Number, double.PositiveInfinity),
            "eq" => Among(slot, [value], layout, negated: false),
            "ne" => Among(slot, [value], layout, negated: true),
            "in" => Among(slot, value.Items, layout, negated: false),
            "notIn" => Among(slot, value.Items, layout, negated: true),
            "contains" => Contains(slot, value, layout, negated: false),
            "notContains" => Contains(slot, value, layout, negated: true),
            var other => throw new TablesNotCompiledException($"'{other}' looks at several facts."),
        };
    }

    /// <summary>Whether no number decides.</summary>
    public bool IsBitQuestion => _least > _most && _needs == Fact.Present;

    public BitQuestion AsBitQuestion() => new(Slot, 1UL << Number, _bits, _negated ? 0 : 1UL << Number);

    /// <summary>The same, answering for one of several: adds its bit to what is missing, or to what refuses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Test(in Fact fact, ulong bit, ref ulong refused, ref ulong missing)
    {
        var isKnown = IsKnown(fact) ? bit : 0;
        missing |= bit & ~isKnown;
        refused |= Holds(fact) ? 0 : isKnown;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsKnown(in Fact fact) => (fact.Bits & _needs) != 0;

    /// <summary>Whether it holds, when it is known at all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Holds(in Fact fact) => (((fact.Bits & _bits) != 0) | ((fact.Number >= _least) & (fact.Number <= _most))) != _negated;

    public Answer Test(ReadOnlySpan<Fact> facts) => !IsKnown(facts[Slot]) ? Answer.Indeterminate : Holds(facts[Slot]) ? Answer.Yes : Answer.No;

    private static CompiledCondition Range(int slot, double least, double most) => new(slot, 0, Fact.IsNumber, least, most, negated: false);

    private static CompiledCondition Among(int slot, ReadOnlySpan<Value> values, FactLayout layout, bool negated)
    {
        var texts = new List<string>();
        var bits = 0UL;
        double? number = null;
        foreach (var value in values)
        {
            switch (value.Kind)
            {
                case ValueKind.String:
                    texts.Add(value.Text!);
                    break;
                case ValueKind.Boolean:
                    bits |= value.IsTrue ? Fact.IsTrue : Fact.IsFalse;
                    break;
                case ValueKind.Number when number is null || number == value.Number:
                    number = value.Number;
                    break;
                default:
                    throw new TablesNotCompiledException($"'{layout[slot].Path}' is compared with {value.ToJson()}.");
            }
        }

        bits |= texts.Count > 0 ? layout[slot].AskEqual(texts) : 0;
        return new CompiledCondition(slot, bits, Fact.Present, number ?? double.PositiveInfinity, number ?? double.NegativeInfinity, negated);
    }

    private static CompiledCondition Contains(int slot, Value value, FactLayout layout, bool negated)
    {
        var texts = value.Text is { } one ? [one] : new List<string>();
        foreach (var item in value.Items)
        {
            texts.Add(item.Text ?? throw new TablesNotCompiledException($"'{layout[slot].Path}' is to contain {item.ToJson()}."));
        }

        if (value.Kind is not (ValueKind.String or ValueKind.Array))
        {
            throw new TablesNotCompiledException($"'{layout[slot].Path}' is to contain {value.ToJson()}.");
        }

        var bits = layout[slot].AskHolds(texts) | (value.Text is { } part ? layout[slot].AskPart(part) : 0);
        return new CompiledCondition(slot, bits, Fact.Present, double.PositiveInfinity, double.NegativeInfinity, negated);
    }
}

/// <summary>A condition that bits of a fact decide, one of several; the most common kind, so it is kept small.</summary>
/// <param name="Slot">The fact.</param>
/// <param name="Bit">Its own bit in the answers.</param>
/// <param name="Asked">Bits of the fact of which one must be set.</param>
/// <param name="RefusesUnset">Its own bit when it holds where one is set, zero when it holds where none is.</param>
internal readonly record struct BitQuestion(int Slot, ulong Bit, ulong Asked, ulong RefusesUnset)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Test(ulong fact, ref ulong refused, ref ulong missing)
    {
        var known = fact == 0 ? 0 : Bit;
        var set = (fact & Asked) == 0 ? 0 : Bit;
        missing |= Bit & ~known;
        refused |= (set ^ RefusesUnset) & known;
    }
}
