using System.Globalization;
using System.Text;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

/// <summary>JSON.stringify as JavaScript has it: undefined members are left out, numbers are written as JavaScript writes them.</summary>
internal static class JavaScriptJson
{
    public static Value Stringify(Value value)
    {
        if (value.IsUndefined)
        {
            return Value.Undefined;
        }

        var text = new StringBuilder();
        Write(text, value);
        return Value.From(text.ToString());
    }

    private static void Write(StringBuilder text, Value value)
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
            case ValueKind.String:
                Quote(text, value.Text!);
                break;
            case ValueKind.Array:
                WriteArray(text, value);
                break;
            case ValueKind.Object:
                WriteObject(text, value.Members!);
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void WriteArray(StringBuilder text, Value value)
    {
        text.Append('[');
        var first = true;
        foreach (var item in value.Items)
        {
            if (!first)
            {
                text.Append(',');
            }

            first = false;
            Write(text, item);
        }

        text.Append(']');
    }

    private static void WriteObject(StringBuilder text, ValueObject members)
    {
        text.Append('{');
        var first = true;
        foreach (var (name, member) in members.Members)
        {
            if (member.IsUndefined)
            {
                continue;
            }

            if (!first)
            {
                text.Append(',');
            }

            first = false;
            Quote(text, name);
            text.Append(':');
            Write(text, member);
        }

        text.Append('}');
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
