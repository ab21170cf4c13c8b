using System.Buffers;
using System.Text.Json;

namespace SaaS.Workflows.Values;

/// <summary>A JSON-like value that flows through a workflow: two words, no box for numbers and booleans, never changed once made.</summary>
public readonly struct Value : IEquatable<Value>
{
    private static readonly object NullTag = new();
    private static readonly object BooleanTag = new();
    private static readonly object NumberTag = new();
    private static readonly object ChainTag = new();

    private readonly object? _reference;
    private readonly double _number;

    private Value(object? reference, double number)
    {
        _reference = reference;
        _number = number;
    }

    /// <summary>Not there at all.</summary>
    public static Value Undefined => default;

    /// <summary>There, and null.</summary>
    public static Value Null { get; } = new(NullTag, 0);

    /// <summary>True.</summary>
    public static Value True { get; } = new(BooleanTag, 1);

    /// <summary>False.</summary>
    public static Value False { get; } = new(BooleanTag, 0);

    /// <summary>What this value holds.</summary>
    public ValueKind Kind
    {
        get
        {
            // Numbers first: comparing references is cheaper than asking for types, and most of what scripts handle is numbers.
            if (ReferenceEquals(_reference, NumberTag))
            {
                return ValueKind.Number;
            }

            return _reference switch
            {
                null => ValueKind.Undefined,
                string => ValueKind.String,
                ValueObject => ValueKind.Object,
                TypedScalar typed => typed.IsNumber ? ValueKind.Number : ValueKind.String,
                _ => ReferenceEquals(_reference, BooleanTag) ? ValueKind.Boolean : ReferenceEquals(_reference, NullTag) || IsChainEnd ? ValueKind.Null : ValueKind.Array,
            };
        }
    }

    /// <summary>Null or undefined: what JavaScript calls nullish.</summary>
    public bool IsNothing => _reference is null || ReferenceEquals(_reference, NullTag);

    /// <summary>What an optional link of a chain gives on nothing; it never leaves the chain.</summary>
    internal static Value ChainEnd { get; } = new(ChainTag, 0);

    internal bool IsChainEnd => ReferenceEquals(_reference, ChainTag);

    internal bool IsNumber => ReferenceEquals(_reference, NumberTag) || _reference is TypedScalar { IsNumber: true };

    /// <summary>A number or truth value that is nothing more than that.</summary>
    internal bool IsPlain => ReferenceEquals(_reference, NumberTag) || ReferenceEquals(_reference, BooleanTag);

    /// <summary>The .NET type and content behind a number or text, where it matters.</summary>
    internal TypedScalar? Typed => _reference as TypedScalar;

    internal bool IsBoolean => ReferenceEquals(_reference, BooleanTag);

    internal bool IsUndefined => _reference is null;

    /// <summary>The number; 0 when this is no number, 1 and 0 for a boolean.</summary>
    public double Number => _number;

    /// <summary>True only for the boolean true: no truthiness here.</summary>
    public bool IsTrue => ReferenceEquals(_reference, BooleanTag) && _number != 0;

    /// <summary>The text, or null when this is no text.</summary>
    public string? Text => _reference is string text ? text : (_reference as TypedScalar)?.Text;

    /// <summary>The elements; empty when this is no array.</summary>
    public ReadOnlySpan<Value> Items => _reference is Value[] items ? items : [];

    /// <summary>The members; null when this is no object.</summary>
    public ValueObject? Members => _reference as ValueObject;

    /// <summary>A member of an object; undefined when there is none or this is no object.</summary>
    public Value this[string name] => _reference is ValueObject members && members.TryGet(name, out var value) ? value : default;

    /// <summary>The number as a whole number of won, years, days: null unless it is a number without a fraction that fits.</summary>
    public long? Whole => Typed?.Content is long whole ? whole : IsNumber && Math.Floor(_number) == _number && Math.Abs(_number) < 9.2e18 ? (long)_number : null;

    public static Value From(bool value) => value ? True : False;

    public static Value From(double value) => new(NumberTag, value);

    public static Value From(string? value) => value is null ? Null : new Value(value, 0);

    /// <summary>An array; the caller gives the array away.</summary>
    public static Value From(Value[] items) => new(items, 0);

    public static Value From(ValueObject members) => new(members, 0);

    internal static Value From(TypedScalar typed) => new(typed, typed.Number);

    public static Value From(IEnumerable<string> texts) => new(texts.Select(From).ToArray(), 0);

    /// <summary>An object of the given members, in this order.</summary>
    public static Value Object(params ReadOnlySpan<(string Name, Value Value)> members)
    {
        var built = new ValueObject(members.Length);
        foreach (var (name, value) in members)
        {
            built.Set(name, value);
        }

        return new Value(built, 0);
    }

    public static implicit operator Value(string? value) => From(value);

    public static implicit operator Value(bool value) => From(value);

    public static implicit operator Value(double value) => From(value);

    /// <summary>Reads JSON text.</summary>
    /// <exception cref="JsonException">The text is no JSON, or is nested deeper than <see cref="ValueLimits.Depth"/>.</exception>
    public static Value Parse(string json) => Parse(json, ValueOrigin.Outside);

    /// <inheritdoc cref="Parse(string)"/>
    internal static Value Parse(string json, ValueOrigin origin)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ValueLimits.Depth });
        try
        {
            return ValueJson.Read(document.RootElement, origin);
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("A text holds half a Unicode character (an unpaired surrogate).", exception);
        }
    }

    public static Value From(JsonElement element) => ValueJson.Read(element, ValueOrigin.Outside);

    public void WriteTo(Utf8JsonWriter writer) => ValueJson.Write(writer, this);

    /// <summary>Compact JSON; undefined is written as null.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, ValueJson.WriterOptions))
        {
            ValueJson.Write(writer, this);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public JsonElement ToJsonElement()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, ValueJson.WriterOptions))
        {
            ValueJson.Write(writer, this);
        }

        return JsonElement.Parse(buffer.WrittenSpan, new JsonDocumentOptions { MaxDepth = ValueLimits.Depth + 1 });
    }

    internal bool SameReference(Value other) => ReferenceEquals(_reference, other._reference);

    /// <summary>What a list or object is to .NET; of anything else it says nothing.</summary>
    internal ValueOrigin Origin => _reference is ValueObject or Value[]? (ValueOrigin)(int)_number : ValueOrigin.Script;

    internal Value WithOrigin(ValueOrigin origin) => new(_reference, (int)origin);

    /// <summary>Equal in depth: same kind, same content; the order of members does not matter.</summary>
    public bool Equals(Value other)
    {
        var kind = Kind;
        if (kind != other.Kind)
        {
            return false;
        }

        return kind switch
        {
            ValueKind.Undefined or ValueKind.Null => true,
            ValueKind.Number when ReferenceEquals(_reference, other._reference) => _number.Equals(other._number),
            ValueKind.Boolean => _number.Equals(other._number),
            ValueKind.Number or ValueKind.String => TypedScalar.AreEqual(this, other),
            ValueKind.Array => Items.SequenceEqual(other.Items),
            _ => ((ValueObject)_reference!).Equals((ValueObject)other._reference!),
        };
    }

    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    public override int GetHashCode() => Kind switch
    {
        ValueKind.String => string.GetHashCode(Text, StringComparison.Ordinal),
        ValueKind.Number or ValueKind.Boolean => _number.GetHashCode(),
        ValueKind.Array => ((Value[])_reference!).Length,
        ValueKind.Object => ((ValueObject)_reference!).Count,
        _ => 0,
    };

    public static bool operator ==(Value left, Value right) => left.Equals(right);

    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    public override string ToString() => ToJson();
}
