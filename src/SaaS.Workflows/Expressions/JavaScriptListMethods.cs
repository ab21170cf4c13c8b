using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

/// <summary>The methods of lists. A list is never changed: what would change one (sort, reverse, push) is not among them.</summary>
internal static class JavaScriptListMethods
{
    public static Value Call(string name, Value array, JavaScriptMethods.Arguments a)
    {
        var items = array.Items;
        switch (name)
        {
            case "toString":
                return JavaScriptValue.ToText(array);
            case "join":
                return JavaScriptValue.Join(array, a[0].IsUndefined ? "," : JavaScriptValue.ToText(a[0]));
            case "includes":
                return IndexOf(items, a[0], From(items.Length, a[1]), sameNaN: true) >= 0;
            case "indexOf":
                return IndexOf(items, a[0], From(items.Length, a[1]), sameNaN: false);
            case "lastIndexOf":
                return LastIndexOf(items, a);
            case "at":
                var place = JavaScriptMethods.ToInteger(a[0]);
                place = place < 0 ? place + items.Length : place;
                return place >= 0 && place < items.Length ? items[(int)place] : Value.Undefined;
            case "slice":
                var (start, end) = JavaScriptMethods.Range(items.Length, a[0], a[1]);
                return Value.From(start >= end ? [] : items[start..end].ToArray());
            case "concat":
                return Concat([array, .. a.All]);
            case "flat":
                var flat = new List<Value>();
                Flatten(items, a[0].IsUndefined ? 1 : JavaScriptMethods.ToInteger(a[0]), flat);
                return Value.From([.. flat]);
            case "toReversed":
                var reversed = items.ToArray();
                Array.Reverse(reversed);
                return Value.From(reversed);
            case "toSorted" when a[0].IsUndefined:
                return Sorted(items);
            case "with":
                return With(items, JavaScriptMethods.ToInteger(a[0]), a[1]);
            default:
                throw JavaScriptMethods.Missing(name);
        }
    }

    /// <summary>Only lists made by scripts are taken apart.</summary>
    private static Value Concat(ReadOnlySpan<Value> parts)
    {
        var joined = new List<Value>();
        foreach (var part in parts)
        {
            if (IsScriptList(part))
            {
                joined.AddRange(part.Items);
            }
            else
            {
                joined.Add(part);
            }
        }

        return joined.Count > ValueLimits.Elements ? throw JavaScriptMethods.TooMany() : Value.From([.. joined]);
    }

    public static bool IsScriptList(Value value) => value.Kind == ValueKind.Array && value.Origin == ValueOrigin.Script;

    private static void Flatten(ReadOnlySpan<Value> items, double depth, List<Value> into)
    {
        foreach (var item in items)
        {
            if (depth >= 1 && IsScriptList(item))
            {
                Flatten(item.Items, depth - 1, into);
            }
            else
            {
                into.Add(item);
            }

            if (into.Count > ValueLimits.Elements)
            {
                throw JavaScriptMethods.TooMany();
            }
        }
    }

    /// <summary>By their texts, as JavaScript sorts without a function; undefined comes last. What is equal keeps its order.</summary>
    private static Value Sorted(ReadOnlySpan<Value> items)
    {
        var keyed = new List<(string? Key, Value Item)>(items.Length);
        var handled = 0L;
        foreach (var item in items)
        {
            var key = item.IsUndefined ? null : JavaScriptValue.ToText(item);
            handled += key?.Length ?? 0;
            keyed.Add((key, item));
            if (handled > ExpressionLimits.Handled)
            {
                throw JavaScriptValue.TooLong();
            }
        }

        return Value.From([.. keyed.OrderBy(each => each.Key is null).ThenBy(each => each.Key, StringComparer.Ordinal).Select(each => each.Item)]);
    }

    private static Value With(ReadOnlySpan<Value> items, double place, Value value)
    {
        place = place < 0 ? place + items.Length : place;
        if (place < 0 || place >= items.Length)
        {
            throw new ExpressionException("Invalid start index");
        }

        var changed = items.ToArray();
        changed[(int)place] = value;
        return Value.From(changed);
    }

    private static int From(int length, Value at)
    {
        var from = JavaScriptMethods.ToInteger(at);
        return (int)(from < 0 ? Math.Max(0, from + length) : Math.Min(from, length));
    }

    private static int IndexOf(ReadOnlySpan<Value> items, Value value, int from, bool sameNaN)
    {
        for (var i = from; i < items.Length; i++)
        {
            if (JavaScriptValue.StrictlyEquals(items[i], value) || (sameNaN && items[i].IsNumber && value.IsNumber && double.IsNaN(items[i].Number) && double.IsNaN(value.Number)))
            {
                return i;
            }
        }

        return -1;
    }

    private static int LastIndexOf(ReadOnlySpan<Value> items, JavaScriptMethods.Arguments a)
    {
        var from = a.All.Length > 1 ? JavaScriptMethods.ToInteger(a[1]) : items.Length - 1;
        for (var i = (int)Math.Clamp(from < 0 ? from + items.Length : from, -1, items.Length - 1); i >= 0; i--)
        {
            if (JavaScriptValue.StrictlyEquals(items[i], a[0]))
            {
                return i;
            }
        }

        return -1;
    }
}
