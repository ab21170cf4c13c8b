using System.Globalization;
using System.Text;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

/// <summary>JavaScript's conversions and comparisons.</summary>
internal static class JavaScriptValue
{
    /// <summary>A value of the workflow as the script sees it: every number as a double, every date as a moment in milliseconds.</summary>
    public static Value FromMemory(Value value)
    {
        if (value.IsPlain)
        {
            return value;
        }

        return value.Typed?.Content switch
        {
            null => value.Members is not null && value.Origin == ValueOrigin.Script ? value.WithOrigin(ValueOrigin.Outside) : value,
            long or decimal or float => Value.From(value.Number),
            DateTime time => TypedScalar.FromMoment(time),
            DateTimeOffset time => TypedScalar.FromMoment(time.UtcDateTime),
            _ => value,
        };
    }

    public static bool IsTruthy(Value value) => value.Kind switch
    {
        ValueKind.Boolean => value.IsTrue,
        ValueKind.Number => value.Number != 0 && !double.IsNaN(value.Number),
        ValueKind.String => value.Text!.Length > 0 || value.Typed is not null,
        ValueKind.Undefined or ValueKind.Null => false,
        _ => true,
    };

    public static double ToNumber(Value value) => value.Kind switch
    {
        ValueKind.Number or ValueKind.Boolean => value.Number,
        ValueKind.String when value.Typed?.Content is DateTime moment => (moment - DateTime.UnixEpoch).TotalMilliseconds,
        ValueKind.String => JavaScriptNumber.Parse(ToText(value)),
        ValueKind.Null => 0,
        ValueKind.Undefined => double.NaN,
        _ => JavaScriptNumber.Parse(ToText(value)),
    };

    public static string ToText(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                return value.Typed is { } typed ? ToText(typed) : value.Text!;
            case ValueKind.Number:
                return JavaScriptNumber.Format(value.Number);
            case ValueKind.Boolean:
                return value.IsTrue ? "true" : "false";
            case ValueKind.Null:
                return "null";
            case ValueKind.Undefined:
                return "undefined";
            case ValueKind.Array:
                return value.Origin switch
                {
                    ValueOrigin.Script => Join(value, ","),
                    ValueOrigin.Json => Bounded(ValueJson.ToIndentedText(value)),
                    _ => "System.Collections.Generic.List`1[System.Object]",
                };
            default:
                return value.Origin switch
                {
                    // JavaScript would call it, and it is no function.
                    ValueOrigin.Script when value.Members!.TryGet("toString", out _) => throw new ExpressionException("Cannot convert object to primitive value"),
                    ValueOrigin.Script => "[object Object]",
                    ValueOrigin.Json => Bounded(ValueJson.ToIndentedText(value)),
                    ValueOrigin.Dictionary => "System.Collections.Generic.Dictionary`2[System.String,System.Object]",
                    ValueOrigin.TextDictionary => "System.Collections.Generic.Dictionary`2[System.String,System.String]",
                    _ => "System.Dynamic.ExpandoObject",
                };
        }
    }

    public static string Join(Value array, string separator)
    {
        var text = new StringBuilder();
        var first = true;
        foreach (var item in array.Items)
        {
            if (!first)
            {
                text.Append(separator);
            }

            first = false;
            text.Append(item.IsNothing ? "" : ToText(item));
            if (text.Length > ValueLimits.TextLength)
            {
                throw TooLong();
            }
        }

        return text.ToString();
    }

    private static string Bounded(string text) => text.Length > ValueLimits.TextLength ? throw TooLong() : text;

    public static Value Add(Value left, Value right)
    {
        if (left.IsNumber && right.IsNumber)
        {
            return Value.From(left.Number + right.Number);
        }

        left = ToPrimitive(left);
        right = ToPrimitive(right);
        if (left.Kind == ValueKind.String || right.Kind == ValueKind.String)
        {
            var (first, second) = (ToText(left), ToText(right));
            return first.Length + second.Length > ValueLimits.TextLength ? throw TooLong() : Value.From(string.Concat(first, second));
        }

        return Value.From(ToNumber(left) + ToNumber(right));
    }

    public static bool StrictlyEquals(Value left, Value right)
    {
        var kind = left.Kind;
        return kind == right.Kind && kind switch
        {
            ValueKind.Undefined or ValueKind.Null => true,
            ValueKind.Number or ValueKind.Boolean => left.Number == right.Number,
            ValueKind.String when left.Typed is null && right.Typed is null => string.Equals(left.Text, right.Text, StringComparison.Ordinal),
            _ => left.SameReference(right),
        };
    }

    public static bool LooselyEquals(Value left, Value right)
    {
        if (left.IsNothing || right.IsNothing)
        {
            return left.IsNothing && right.IsNothing;
        }

        if (left.Kind == right.Kind || (IsObject(left) && IsObject(right)))
        {
            return left.Typed?.Members is not null && right.Typed is { } other ? left.Typed.Content.Equals(other.Content)
                : left.Typed is null == right.Typed is null ? StrictlyEquals(left, right)
                : string.Equals(ToText(left), ToText(right), StringComparison.Ordinal);
        }

        left = ToPrimitive(left);
        right = ToPrimitive(right);
        return left.Kind == ValueKind.String && right.Kind == ValueKind.String
            ? string.Equals(left.Text, right.Text, StringComparison.Ordinal)
            : ToNumber(left) == ToNumber(right);
    }

    /// <summary>Less than; null when either is not a number, so that every comparison is false.</summary>
    public static bool? IsLess(Value left, Value right)
    {
        if (left.IsNumber && right.IsNumber)
        {
            return double.IsNaN(left.Number) || double.IsNaN(right.Number) ? null : left.Number < right.Number;
        }

        left = ToOrdered(left);
        right = ToOrdered(right);
        if (left.Kind == ValueKind.String && right.Kind == ValueKind.String)
        {
            return string.CompareOrdinal(left.Text, right.Text) < 0;
        }

        var (first, second) = (ToNumber(left), ToNumber(right));
        return double.IsNaN(first) || double.IsNaN(second) ? null : first < second;
    }

    public static int ToInt32(Value value)
    {
        var number = ToNumber(value);
        if (!double.IsFinite(number))
        {
            return 0;
        }

        var modulo = Math.Truncate(number) % 4294967296.0;
        return unchecked((int)(uint)(long)(modulo < 0 ? modulo + 4294967296.0 : modulo));
    }

    public static string TypeOf(Value value) => value.Kind switch
    {
        ValueKind.Undefined => "undefined",
        ValueKind.Boolean => "boolean",
        ValueKind.Number => "number",
        ValueKind.String when value.Typed is null => "string",
        _ => "object",
    };

    /// <summary>What handling a value costs: characters and elements, those of nested lists included.</summary>
    public static int Weight(Value value)
    {
        if (value.Text is { } text)
        {
            return text.Length;
        }

        if (value.Kind != ValueKind.Array)
        {
            return 0;
        }

        long weight = value.Items.Length;
        foreach (var item in value.Items)
        {
            weight += Weight(item);
            if (weight > ExpressionLimits.Handled)
            {
                break;
            }
        }

        return (int)Math.Min(weight, int.MaxValue);
    }

    /// <summary>Characters, elements and members in all; once it is more than <paramref name="most"/>, it is not counted further.</summary>
    /// <exception cref="ExpressionException">It is nested deeper than <paramref name="depth"/>.</exception>
    public static long Size(Value value, long most, int depth)
    {
        if (value.Text is { } text)
        {
            return text.Length;
        }

        if (value.Kind is not (ValueKind.Array or ValueKind.Object))
        {
            return 0;
        }

        if (depth == 0)
        {
            throw new ExpressionException($"The value is nested deeper than {ValueLimits.Depth} levels.");
        }

        long size = value.Members?.Count ?? value.Items.Length;
        foreach (var item in value.Items)
        {
            size += size > most ? 0 : Size(item, most - size, depth - 1);
        }

        foreach (var (name, member) in value.Members is { } members ? members.Members : [])
        {
            size += name.Length + (size > most ? 0 : Size(member, most - size, depth - 1));
        }

        return size;
    }

    public static ExpressionException TooLong() => new($"The text is longer than {ValueLimits.TextLength} characters.");

    private static bool IsObject(Value value) => value.Kind is ValueKind.Array or ValueKind.Object || (value.Kind == ValueKind.String && value.Typed is not null);

    private static Value ToPrimitive(Value value) => IsObject(value) ? Value.From(ToText(value)) : value;

    /// <summary>For comparing which is less: a date counts by its milliseconds there.</summary>
    private static Value ToOrdered(Value value) => value.Typed?.Content is DateTime ? Value.From(ToNumber(value)) : ToPrimitive(value);

    private static string ToText(TypedScalar typed) => typed.Content switch
    {
        DateTime moment => moment.ToString("ddd MMM dd yyyy HH:mm:ss 'GMT+0000 (Coordinated Universal Time)'", CultureInfo.InvariantCulture),
        byte[] => "[object ArrayBuffer]",
        _ => typed.Text!,
    };
}
