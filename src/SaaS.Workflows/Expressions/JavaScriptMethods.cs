using System.Collections.Frozen;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

/// <summary>The methods of texts, lists and numbers that expressions may call. None takes a function, none takes longer than its result.</summary>
internal static class JavaScriptMethods
{
    public static readonly FrozenSet<string> Names = new[]
    {
        "toString", "toFixed", "toUpperCase", "toLowerCase", "trim", "trimStart", "trimEnd", "includes", "startsWith", "endsWith",
        "indexOf", "lastIndexOf", "slice", "substring", "charAt", "at", "concat", "split", "join", "padStart", "padEnd", "replace", "hasOwnProperty",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static Value Call(string name, Value target, Value[] arguments)
    {
        var first = arguments.Length > 0 ? arguments[0] : Value.Undefined;
        var second = arguments.Length > 1 ? arguments[1] : Value.Undefined;
        return target.Kind switch
        {
            ValueKind.String => OfText(name, target.Text!, first, second, arguments),
            ValueKind.Array => OfArray(name, target, first, second, arguments),
            ValueKind.Number when name == "toFixed" => ToFixed(target.Number, JavaScriptValue.ToNumber(first)),
            ValueKind.Object when name == "hasOwnProperty" => target.Members!.TryGet(JavaScriptValue.ToText(first), out _),
            _ when name == "toString" && arguments.Length == 0 => JavaScriptValue.ToText(target),
            _ => throw Missing(name),
        };
    }

    private static Value OfText(string name, string text, Value first, Value second, Value[] arguments)
    {
        switch (name)
        {
            case "toString":
                return text;
            case "toUpperCase":
                return text.ToUpperInvariant();
            case "toLowerCase":
                return text.ToLowerInvariant();
            case "trim":
                return text.Trim();
            case "trimStart":
                return text.TrimStart();
            case "trimEnd":
                return text.TrimEnd();
            case "includes":
                return text.Contains(JavaScriptValue.ToText(first), StringComparison.Ordinal);
            case "startsWith":
                return text.StartsWith(JavaScriptValue.ToText(first), StringComparison.Ordinal);
            case "endsWith":
                return text.EndsWith(JavaScriptValue.ToText(first), StringComparison.Ordinal);
            case "indexOf":
                return text.IndexOf(JavaScriptValue.ToText(first), StringComparison.Ordinal);
            case "lastIndexOf":
                return text.LastIndexOf(JavaScriptValue.ToText(first), StringComparison.Ordinal);
            case "slice":
                var (start, end) = Range(text.Length, first, second);
                return start >= end ? "" : text[start..end];
            case "substring":
                var from = Clamp(text.Length, first, 0);
                var to = Clamp(text.Length, second, text.Length);
                return text[Math.Min(from, to)..Math.Max(from, to)];
            case "charAt":
                var at = ToInteger(first);
                return at >= 0 && at < text.Length ? text[(int)at].ToString() : "";
            case "at":
                var place = ToInteger(first);
                place = place < 0 ? place + text.Length : place;
                return place >= 0 && place < text.Length ? text[(int)place].ToString() : Value.Undefined;
            case "concat":
                return arguments.Aggregate(Value.From(text), (joined, next) => JavaScriptValue.Add(joined, JavaScriptValue.ToText(next)));
            case "split":
                return Split(text, first);
            case "padStart":
                return Padding(text, first, second) + text;
            case "padEnd":
                return text + Padding(text, first, second);
            case "replace":
                return Replace(text, JavaScriptValue.ToText(first), JavaScriptValue.ToText(second));
            default:
                throw Missing(name);
        }
    }

    private static Value OfArray(string name, Value array, Value first, Value second, Value[] arguments)
    {
        var items = array.Items;
        switch (name)
        {
            case "toString":
                return JavaScriptValue.ToText(array);
            case "join":
                return JavaScriptValue.Join(array, first.IsUndefined ? "," : JavaScriptValue.ToText(first));
            case "includes":
                return IndexOf(items, first, sameNaN: true) >= 0;
            case "indexOf":
                return IndexOf(items, first, sameNaN: false);
            case "at":
                var place = ToInteger(first);
                place = place < 0 ? place + items.Length : place;
                return place >= 0 && place < items.Length ? items[(int)place] : Value.Undefined;
            case "slice":
                var (start, end) = Range(items.Length, first, second);
                return Value.From(start >= end ? [] : items[start..end].ToArray());
            case "concat":
                var joined = new List<Value>(items.ToArray());
                foreach (var argument in arguments)
                {
                    joined.AddRange(argument.Kind == ValueKind.Array ? argument.Items.ToArray() : [argument]);
                }

                return joined.Count > ValueLimits.Elements ? throw TooMany() : Value.From([.. joined]);
            default:
                throw Missing(name);
        }
    }

    private static Value ToFixed(double number, double digits)
    {
        digits = double.IsNaN(digits) ? 0 : Math.Truncate(digits);
        if (digits is < 0 or > 100)
        {
            throw new ExpressionException("toFixed() digits argument must be between 0 and 100");
        }

        if (!double.IsFinite(number) || Math.Abs(number) >= 1e21)
        {
            return JavaScriptNumber.Format(number);
        }

        return JavaScriptNumber.Fixed(number, (int)digits);
    }

    private static Value Split(string text, Value separator)
    {
        if (separator.IsUndefined)
        {
            return Value.From([Value.From(text)]);
        }

        var by = JavaScriptValue.ToText(separator);
        var parts = by.Length == 0 ? text.Select(character => character.ToString()) : text.Split(by);
        var values = parts.Take(ValueLimits.Elements + 1).Select(Value.From).ToArray();
        return values.Length > ValueLimits.Elements ? throw TooMany() : Value.From(values);
    }

    private static string Padding(string text, Value length, Value with)
    {
        var missing = ToInteger(length) - text.Length;
        var filler = with.IsUndefined ? " " : JavaScriptValue.ToText(with);
        if (missing <= 0 || filler.Length == 0)
        {
            return "";
        }

        return missing + text.Length > ValueLimits.TextLength
            ? throw JavaScriptValue.TooLong()
            : string.Create((int)missing, filler, static (span, with) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = with[i % with.Length];
                }
            });
    }

    private static Value Replace(string text, string what, string with)
    {
        var at = text.IndexOf(what, StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        if (with.Contains('$', StringComparison.Ordinal))
        {
            throw new ExpressionException("A replacement with '$' is not supported.");
        }

        return text.Length + with.Length > ValueLimits.TextLength ? throw JavaScriptValue.TooLong() : string.Concat(text.AsSpan(0, at), with, text.AsSpan(at + what.Length));
    }

    private static int IndexOf(ReadOnlySpan<Value> items, Value value, bool sameNaN)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (JavaScriptValue.StrictlyEquals(items[i], value) || (sameNaN && items[i].IsNumber && value.IsNumber && double.IsNaN(items[i].Number) && double.IsNaN(value.Number)))
            {
                return i;
            }
        }

        return -1;
    }

    private static (int Start, int End) Range(int length, Value from, Value to)
    {
        var start = ToInteger(from);
        var end = to.IsUndefined ? length : ToInteger(to);
        start = start < 0 ? Math.Max(0, start + length) : Math.Min(start, length);
        end = end < 0 ? Math.Max(0, end + length) : Math.Min(end, length);
        return ((int)start, (int)end);
    }

    private static int Clamp(int length, Value value, int otherwise) => value.IsUndefined ? otherwise : (int)Math.Clamp(ToInteger(value), 0, length);

    private static double ToInteger(Value value)
    {
        var number = JavaScriptValue.ToNumber(value);
        return double.IsNaN(number) ? 0 : Math.Truncate(number);
    }

    private static ExpressionException Missing(string name) => new($"Property '{name}' of object is not a function");

    private static ExpressionException TooMany() => new($"The list is longer than {ValueLimits.Elements} elements.");
}
