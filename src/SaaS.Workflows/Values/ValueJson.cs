using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace SaaS.Workflows.Values;

/// <summary>Between values and JSON. Hangul is written as it is.</summary>
internal static class ValueJson
{
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    private static readonly JsonWriterOptions ElsaOptions = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), MaxDepth = 1000 };

    private static readonly JsonWriterOptions IndentedOptions = new() { Indented = true, NewLine = "\n", MaxDepth = 1000 };

    /// <summary>JSON as .NET writes it for Elsa: quotes, angle brackets and the like as codes, every number as a double.</summary>
    /// <exception cref="Expressions.ExpressionException">A number is not finite: JSON cannot hold it.</exception>
    public static string ToElsaText(Value value) => ToText(value, ElsaOptions);

    /// <summary>JSON over several lines, with everything but ASCII as codes: how .NET shows JSON that was left as it was.</summary>
    public static string ToIndentedText(Value value) => ToText(value, IndentedOptions);

    private static string ToText(Value value, JsonWriterOptions options)
    {
        // Every character may become six: what cannot stay below the limit is not begun.
        if (Expressions.JavaScriptValue.Size(value, 4 * ValueLimits.TextLength, 2 * ValueLimits.Depth) > 4 * ValueLimits.TextLength)
        {
            throw Expressions.JavaScriptValue.TooLong();
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            WriteForElsa(writer, value);
        }

        return buffer.WrittenCount <= 4 * ValueLimits.TextLength ? Encoding.UTF8.GetString(buffer.WrittenSpan) : throw Expressions.JavaScriptValue.TooLong();
    }

    /// <summary>Reads the value at which a reader stands, up to its last token.</summary>
    public static Value Read(ref Utf8JsonReader reader, ValueOrigin origin)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return Value.True;
            case JsonTokenType.False:
                return Value.False;
            case JsonTokenType.Number:
                var number = reader.GetDouble();
                return IsBeyondDouble(number) && reader.TryGetInt64(out var whole) ? TypedScalar.From(whole) : Value.From(number);
            case JsonTokenType.String:
                return Value.From(reader.GetString());
            case JsonTokenType.StartArray:
                var items = new List<Value>();
                while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader, origin));
                }

                return Value.From(items.ToArray()).WithOrigin(origin);
            case JsonTokenType.StartObject:
                var members = new ValueObject();
                while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    members.Set(name, Read(ref reader, origin));
                }

                return Value.From(members).WithOrigin(origin);
            default:
                return Value.Null;
        }
    }

    public static Value Read(JsonElement element, ValueOrigin origin)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                return Value.Null;
            case JsonValueKind.True:
                return Value.True;
            case JsonValueKind.False:
                return Value.False;
            case JsonValueKind.Number:
                return ReadNumber(element);
            case JsonValueKind.String:
                return Value.From(element.GetString());
            case JsonValueKind.Array:
                var items = new Value[element.GetArrayLength()];
                var i = 0;
                foreach (var item in element.EnumerateArray())
                {
                    items[i++] = Read(item, origin);
                }

                return Value.From(items).WithOrigin(origin);
            case JsonValueKind.Object:
                var members = new ValueObject(element.GetPropertyCount());
                foreach (var property in element.EnumerateObject())
                {
                    members.Set(property.Name, Read(property.Value, origin));
                }

                return Value.From(members).WithOrigin(origin);
            default:
                return Value.Undefined;
        }
    }

    /// <summary>As a double, except for a whole number that a double cannot hold.</summary>
    private static Value ReadNumber(JsonElement element)
    {
        var number = element.GetDouble();
        return IsBeyondDouble(number) && element.TryGetInt64(out var whole) ? TypedScalar.From(whole) : Value.From(number);
    }

    /// <summary>From here on a double passes over whole numbers.</summary>
    private static bool IsBeyondDouble(double number) => Math.Abs(number) >= 9007199254740992;

    public static void Write(Utf8JsonWriter writer, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Number or ValueKind.String when value.Typed is { } typed:
                typed.WriteTo(writer);
                break;
            case ValueKind.Boolean:
                writer.WriteBooleanValue(value.IsTrue);
                break;
            case ValueKind.Number:
                WriteNumber(writer, value.Number);
                break;
            case ValueKind.String:
                writer.WriteStringValue(Storable(value.Text!));
                break;
            case ValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case ValueKind.Object:
                writer.WriteStartObject();
                foreach (var (name, member) in value.Members!.Members)
                {
                    writer.WritePropertyName(Storable(name));
                    Write(writer, member);
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static void WriteForElsa(Utf8JsonWriter writer, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Number or ValueKind.String when value.Typed is { } typed:
                typed.WriteTo(writer);
                break;
            case ValueKind.Number when !double.IsFinite(value.Number):
                throw new Expressions.ExpressionException(".NET number values such as positive and negative infinity cannot be written as valid JSON.");
            case ValueKind.Number:
                writer.WriteNumberValue(value.Number);
                break;
            case ValueKind.String:
                writer.WriteStringValue(value.Text);
                break;
            case ValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.Items)
                {
                    WriteForElsa(writer, item);
                }

                writer.WriteEndArray();
                break;
            case ValueKind.Object:
                writer.WriteStartObject();
                foreach (var (name, member) in value.Members!.Members)
                {
                    writer.WritePropertyName(name);
                    WriteForElsa(writer, member);
                }

                writer.WriteEndObject();
                break;
            default:
                Write(writer, value);
                break;
        }
    }

    /// <summary>PostgreSQL keeps no character 0 in jsonb: it becomes the sign for a character that could not be kept.</summary>
    private static string Storable(string text) => text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\ufffd') : text;

    private static void WriteNumber(Utf8JsonWriter writer, double number)
    {
        if (!double.IsFinite(number))
        {
            // Elsa writes the three that JSON cannot hold as text.
            writer.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
        }
        else if (Math.Floor(number) == number && Math.Abs(number) < 1e15)
        {
            writer.WriteNumberValue((long)number);
        }
        else
        {
            writer.WriteNumberValue(number);
        }
    }
}
