using System.Text;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Tables;

/// <summary>What tables ask of one fact: each question about texts is one bit of the fact.</summary>
internal sealed class FactQuestions(string path)
{
    private readonly List<HashSet<string>> _equalTo = [];
    private readonly List<HashSet<string>> _holdsOne = [];
    private readonly List<(byte[] Text, ulong Bit)> parts = [];
    private readonly List<int> _equalBits = [];
    private readonly List<int> _holdsBits = [];
    private Utf8Table _texts = new([]);
    private Utf8Table _items = new([]);
    private int _bits = Fact.FirstQuestion;

    public string Path { get; } = path;

    public string[] Names { get; } = path.Split('.');

    /// <summary>The bit of "is one of these texts".</summary>
    public ulong AskEqual(IEnumerable<string> constants) => Ask(_equalTo, _equalBits, constants);

    /// <summary>The bit of "is a list that holds at least one of these texts".</summary>
    public ulong AskHolds(IEnumerable<string> constants) => Ask(_holdsOne, _holdsBits, constants);

    /// <summary>The bit of "is a text that contains this one".</summary>
    public ulong AskPart(string part)
    {
        var text = Encoding.UTF8.GetBytes(part);
        foreach (var known in parts)
        {
            if (known.Text.AsSpan().SequenceEqual(text))
            {
                return known.Bit;
            }
        }

        var bit = 1UL << NextBit();
        parts.Add((text, bit));
        return bit;
    }

    public void Close()
    {
        _texts = new Utf8Table(Constants(_equalTo, _equalBits));
        _items = new Utf8Table(Constants(_holdsOne, _holdsBits));
    }

    public Fact Of(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Undefined or ValueKind.Null:
                return Fact.Missing;
            case ValueKind.Number:
                return Fact.Of(value.Number);
            case ValueKind.Boolean:
                return Fact.Of(value.IsTrue);
            case ValueKind.String:
                return OfText(Encoding.UTF8.GetBytes(value.Text!));
            case ValueKind.Array:
                var held = 0UL;
                foreach (var item in value.Items)
                {
                    held |= item.Text is { } text ? BitsOfItem(Encoding.UTF8.GetBytes(text)) : 0;
                }

                return OfList(held);
            default:
                return OfObject;
        }
    }

    /// <summary>An object is there, and equals nothing that a table can ask for.</summary>
    public static Fact OfObject => new(double.NaN, Fact.Present);

    public Fact OfText(ReadOnlySpan<byte> text)
    {
        var answers = _texts.Find(text);
        foreach (var (part, bit) in parts)
        {
            answers |= text.IndexOf(part) >= 0 ? bit : 0;
        }

        return new Fact(double.NaN, answers | Fact.Present);
    }

    public static Fact OfList(ulong held) => new(double.NaN, held | Fact.Present);

    public ulong BitsOfItem(ReadOnlySpan<byte> item) => _items.Find(item);

    private ulong Ask(List<HashSet<string>> questions, List<int> at, IEnumerable<string> constants)
    {
        var wanted = constants.ToHashSet(StringComparer.Ordinal);
        var known = questions.FindIndex(question => question.SetEquals(wanted));
        if (known < 0)
        {
            known = questions.Count;
            questions.Add(wanted);
            at.Add(NextBit());
        }

        return 1UL << at[known];
    }

    private int NextBit() => _bits < 64 ? _bits++ : throw new TablesNotCompiledException($"More than {64 - Fact.FirstQuestion} different questions are asked of '{Path}'.");

    private static Dictionary<string, ulong> Constants(List<HashSet<string>> questions, List<int> at)
    {
        var constants = new Dictionary<string, ulong>(StringComparer.Ordinal);
        for (var i = 0; i < questions.Count; i++)
        {
            foreach (var text in questions[i])
            {
                constants[text] = constants.GetValueOrDefault(text) | (1UL << at[i]);
            }
        }

        return constants;
    }
}

/// <summary>Tables ask something that facts cannot hold; the runtime itself answers it, more slowly.</summary>
internal sealed class TablesNotCompiledException(string why) : Exception(why);
