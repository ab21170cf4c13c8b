using System.Globalization;
using System.Text;
using System.Text.Json;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

/// <summary>JSON.stringify and JSON.parse as JavaScript has them: undefined members are left out, numbers are written as JavaScript writes them.</summary>
internal static class JavaScriptJson
{
    /// <param name="value">What to write.</param>
    /// <param name="space">A number of blanks, or a text, by which what is nested is set in; nothing: all in one line.</param>
    public static Value Stringify(Value value, Value space)
    {
        if (value.IsUndefined)
        {
            return Value.Undefined;
        }

        var indent = space.IsNumber ? new string(' ', (int)Math.Clamp(JavaScriptMethods.ToInteger(space), 0, 10)) : space.Text is { } text ? text[..Math.Min(10, text.Length)] : "";
        var written = new StringBuilder();
        Write(written, value, indent, indent.Length == 0 ? "" : "\n");
        return Value.From(written.ToString());
    }

    /// <exception cref="ExpressionException">The text is no JSON, too large or nested too deeply.</exception>
    public static Value Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = ValueLimits.Depth });
            var count = 0;
            return Read(document.RootElement, ref count);
        }
        catch (JsonException exception)
        {
            var at = PlaceOf(text, exception);
            throw new ExpressionException(at < text.Length ? $"Unexpected token '{text[at]}' in JSON at position {at}" : $"Unexpected end of JSON input at position {text.Length}");
        }
        catch (InvalidOperationException)
        {
            throw new ExpressionException("The JSON holds half a Unicode character.");
        }
    }

    /// <summary>The character that a reader of bytes stopped at.</summary>
    private static int PlaceOf(string text, JsonException exception)
    {
        var at = 0;
        for (var line = exception.LineNumber ?? 0; line > 0 && at < text.Length; line--)
        {
            at = text.IndexOf('\n', at) + 1;
        }

        for (var bytes = exception.BytePositionInLine ?? 0; bytes > 0 && at < text.Length; at++)
        {
            bytes -= text[at] < '\u0080' ? 1 : text[at] < '\u0800' || char.IsSurrogate(text[at]) ? 2 : 3;
        }

        return at;
    }

    private static Value Read(JsonElement element, ref int count)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                var items = new Value[Counted(element.GetArrayLength(), ref count)];
                var place = 0;
                foreach (var item in element.EnumerateArray())
                {
                    items[place++] = Read(item, ref count);
                }

                return Value.From(items);
            case JsonValueKind.Object:
                var members = new ValueObject(Counted(element.GetPropertyCount(), ref count));
                foreach (var property in element.EnumerateObject())
                {
                    members.Set(property.Name, Read(property.Value, ref count));
                }

                return Value.From(members.InScriptOrder());
            default:
                return Value.From(element);
        }
    }

    private static int Counted(int length, ref int count)
    {
        count += length;
        return count <= 2 * ValueLimits.Elements ? length : throw JavaScriptMethods.TooMany();
    }

    private static void Write(StringBuilder text, Value value, string indent, string line)
    {
        if (text.Length > ValueLimits.TextLength)
        {
            throw JavaScriptValue.TooLong();
        }

        switch (value.Kind)
        {
            case ValueKind.Boolean:
                text.Append(value.IsTrue ? "true" : "false");
                break;
            case ValueKind.Number:
                text.Append(double.IsFinite(value.Number) ? JavaScriptNumber.Format(value.Number) : "null");
                break;
            case ValueKind.String when value.Typed?.Content is DateTime moment:
                Quote(text, moment.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
                break;
            case ValueKind.String when value.Typed?.Content is byte[]:
                text.Append("{}");
                break;
            case ValueKind.String when value.Typed?.Members is { } members:
                WriteObject(text, members, indent, line);
                break;
            case ValueKind.String:
                Quote(text, value.Text!);
                break;
            case ValueKind.Array:
                WriteArray(text, value, indent, line);
                break;
            case ValueKind.Object:
                WriteObject(text, value.Members!, indent, line);
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void WriteArray(StringBuilder text, Value value, string indent, string line)
    {
        var inner = line + indent;
        var separator = "";
        text.Append('[');
        foreach (var item in value.Items)
        {
            text.Append(separator).Append(inner);
            separator = ",";
            Write(text, item, indent, inner);
        }

        text.Append(separator.Length == 0 ? "" : line).Append(']');
    }

    private static void WriteObject(StringBuilder text, ValueObject members, string indent, string line)
    {
        var inner = line + indent;
        var separator = "";
        text.Append('{');
        foreach (var (name, member) in members.Members)
        {
            if (member.IsUndefined)
            {
                continue;
            }

            text.Append(separator).Append(inner);
            separator = ",";
            Quote(text, name);
            text.Append(indent.Length == 0 ? ":" : ": ");
            Write(text, member, indent, inner);
        }

        text.Append(separator.Length == 0 ? "" : line).Append('}');
    }

    private static void Quote(StringBuilder text, string content)
    {
        text.Append('"');
        for (var i = 0; i < content.Length; i++)
        {
            var character = content[i];
            switch (character)
            {
                case '"':
                    text.Append("\\\"");
                    break;
                case '\\':
                    text.Append("\\\\");
                    break;
                case '\b':
                    text.Append("\\b");
                    break;
                case '\f':
                    text.Append("\\f");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                default:
                    if (character < ' ' || (char.IsSurrogate(character) && !IsPaired(content, i)))
                    {
                        text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
                    }
                    else
                    {
                        text.Append(character);
                    }

                    break;
            }
        }

        text.Append('"');
    }

    private static bool IsPaired(string content, int at) =>
        char.IsHighSurrogate(content[at]) ? at + 1 < content.Length && char.IsLowSurrogate(content[at + 1]) : at > 0 && char.IsHighSurrogate(content[at - 1]);
}
