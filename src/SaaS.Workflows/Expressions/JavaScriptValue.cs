using System.Text;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

/// <summary>JavaScript's conversions and comparisons.</summary>
internal static class JavaScriptValue
{
    public static bool IsTruthy(Value value) => value.Kind switch
    {
        ValueKind.Boolean => value.IsTrue,
        ValueKind.Number => value.Number != 0 && !double.IsNaN(value.Number),
        ValueKind.String => value.Text!.Length > 0,
        ValueKind.Undefined or ValueKind.Null => false,
        _ => true,
    };

    public static double ToNumber(Value value) => value.Kind switch
    {
        ValueKind.Number or ValueKind.Boolean => value.Number,
        ValueKind.String => JavaScriptNumber.Parse(value.Text!),
        ValueKind.Null => 0,
        ValueKind.Undefined => double.NaN,
        _ => JavaScriptNumber.Parse(ToText(value)),
    };

    public static string ToText(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                return value.Text!;
            case ValueKind.Number:
                return JavaScriptNumber.Format(value.Number);
            case ValueKind.Boolean:
                return value.IsTrue ? "true" : "false";
            case ValueKind.Null:
                return "null";
            case ValueKind.Undefined:
                return "undefined";
            case ValueKind.Array:
                return Join(value, ",");
            default:
                return "[object Object]";
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
            ValueKind.String => string.Equals(left.Text, right.Text, StringComparison.Ordinal),
            _ => left.SameReference(right),
        };
    }

    public static bool LooselyEquals(Value left, Value right)
    {
        if (left.IsNothing || right.IsNothing)
        {
            return left.IsNothing && right.IsNothing;
        }

        if (left.Kind == right.Kind)
        {
            return StrictlyEquals(left, right);
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

        left = ToPrimitive(left);
        right = ToPrimitive(right);
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
        ValueKind.String => "string",
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

    private static Value ToPrimitive(Value value) => value.Kind is ValueKind.Array or ValueKind.Object ? Value.From(ToText(value)) : value;
}
