using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

/// <summary>The methods of texts.</summary>
internal static class JavaScriptTextMethods
{
    /// <summary>Letters that become several when they are made large (Unicode, SpecialCasing).</summary>
    private static readonly FrozenDictionary<char, string> Large =
        ("ßSS|ŉʼN|ǰJ\u030c|ΐΙ\u0308\u0301|ΰΥ\u0308\u0301|ևԵՒ|ẖH\u0331|ẗT\u0308|ẘW\u030a|ẙY\u030a|ẚAʾ|ὐΥ\u0313|ὒΥ\u0313\u0300|ὔΥ\u0313\u0301"
            + "|ὖΥ\u0313\u0342|ᾀἈΙ|ᾁἉΙ|ᾂἊΙ|ᾃἋΙ|ᾄἌΙ|ᾅἍΙ|ᾆἎΙ|ᾇἏΙ|ᾈἈΙ|ᾉἉΙ|ᾊἊΙ|ᾋἋΙ|ᾌἌΙ|ᾍἍΙ|ᾎἎΙ|ᾏἏΙ|ᾐἨΙ|ᾑἩΙ|ᾒἪΙ|ᾓἫΙ|ᾔἬΙ|ᾕἭΙ|ᾖἮΙ|ᾗἯΙ|ᾘἨΙ|ᾙἩΙ|ᾚἪΙ|ᾛἫΙ|ᾜἬΙ"
            + "|ᾝἭΙ|ᾞἮΙ|ᾟἯΙ|ᾠὨΙ|ᾡὩΙ|ᾢὪΙ|ᾣὫΙ|ᾤὬΙ|ᾥὭΙ|ᾦὮΙ|ᾧὯΙ|ᾨὨΙ|ᾩὩΙ|ᾪὪΙ|ᾫὫΙ|ᾬὬΙ|ᾭὭΙ|ᾮὮΙ|ᾯὯΙ|ᾲᾺΙ|ᾳΑΙ|ᾴΆΙ|ᾶΑ\u0342|ᾷΑ\u0342Ι|ᾼΑΙ|ῂῊΙ|ῃΗΙ|ῄΉΙ"
            + "|ῆΗ\u0342|ῇΗ\u0342Ι|ῌΗΙ|ῒΙ\u0308\u0300|ΐΙ\u0308\u0301|ῖΙ\u0342|ῗΙ\u0308\u0342|ῢΥ\u0308\u0300|ΰΥ\u0308\u0301|ῤΡ\u0313|ῦΥ\u0342"
            + "|ῧΥ\u0308\u0342|ῲῺΙ|ῳΩΙ|ῴΏΙ|ῶΩ\u0342|ῷΩ\u0342Ι|ῼΩΙ|\ufb00FF|\ufb01FI|\ufb02FL|\ufb03FFI|\ufb04FFL|\ufb05ST|\ufb06ST|\ufb13ՄՆ"
            + "|\ufb14ՄԵ|\ufb15ՄԻ|\ufb16ՎՆ|\ufb17ՄԽ")
            .Split('|').ToFrozenDictionary(each => each[0], each => each[1..]);

    private static readonly SearchValues<char> BecomingSeveral = SearchValues.Create([.. Large.Keys]);

    public static Value Call(string name, string text, JavaScriptMethods.Arguments a)
    {
        switch (name)
        {
            case "toString":
                return text;
            case "toUpperCase":
                return ToUpper(text);
            case "toLowerCase":
                return ToLower(text);
            case "trim":
                return TrimEnd(TrimStart(text)).ToString();
            case "trimStart":
                return TrimStart(text).ToString();
            case "trimEnd":
                return TrimEnd(text).ToString();
            case "includes":
                return text.AsSpan(From(text, a[1])).Contains(TextOf(a[0]), StringComparison.Ordinal);
            case "startsWith":
                return text.AsSpan(From(text, a[1])).StartsWith(TextOf(a[0]), StringComparison.Ordinal);
            case "endsWith":
                return text.AsSpan(0, a[1].IsUndefined ? text.Length : From(text, a[1])).EndsWith(TextOf(a[0]), StringComparison.Ordinal);
            case "indexOf":
                return text.IndexOf(TextOf(a[0]), From(text, a[1]), StringComparison.Ordinal);
            case "lastIndexOf":
                return LastIndexOf(text, TextOf(a[0]), JavaScriptValue.ToNumber(a[1]));
            case "slice":
                var (start, end) = JavaScriptMethods.Range(text.Length, a[0], a[1]);
                return start >= end ? "" : text[start..end];
            case "substring":
                var from = From(text, a[0]);
                var to = a[1].IsUndefined ? text.Length : From(text, a[1]);
                return text[Math.Min(from, to)..Math.Max(from, to)];
            case "substr":
                var (first, _) = JavaScriptMethods.Range(text.Length, a[0], Value.Undefined);
                var length = a[1].IsUndefined ? text.Length : Math.Clamp(JavaScriptMethods.ToInteger(a[1]), 0, text.Length);
                return text.Substring(first, (int)Math.Min(length, text.Length - first));
            case "charAt":
                return Place(text, a[0]) is { } at ? text[at].ToString() : "";
            case "charCodeAt":
                return Place(text, a[0]) is { } code ? text[code] : double.NaN;
            case "codePointAt":
                return Place(text, a[0]) is { } point ? CodePoint(text, point) : Value.Undefined;
            case "at":
                var place = JavaScriptMethods.ToInteger(a[0]);
                place = place < 0 ? place + text.Length : place;
                return place >= 0 && place < text.Length ? text[(int)place].ToString() : Value.Undefined;
            case "concat":
                return Concat(text, a.All);
            case "split":
                return Split(text, a[0], a[1]);
            case "padStart":
                return Padding(text, a[0], a[1]) + text;
            case "padEnd":
                return text + Padding(text, a[0], a[1]);
            case "repeat":
                return Repeat(text, JavaScriptMethods.ToInteger(a[0]));
            case "replace":
                return Replace(text, TextOf(a[0]), TextOf(a[1]), all: false);
            case "replaceAll":
                return Replace(text, TextOf(a[0]), TextOf(a[1]), all: true);
            default:
                throw JavaScriptMethods.Missing(name);
        }
    }

    public static ReadOnlySpan<char> TrimStart(ReadOnlySpan<char> text)
    {
        while (text.Length > 0 && IsSpace(text[0]))
        {
            text = text[1..];
        }

        return text;
    }

    public static ReadOnlySpan<char> TrimEnd(ReadOnlySpan<char> text)
    {
        while (text.Length > 0 && IsSpace(text[^1]))
        {
            text = text[..^1];
        }

        return text;
    }

    private static bool IsSpace(char character) => char.IsWhiteSpace(character) || character == '\ufeff';

    private static string TextOf(Value value) => JavaScriptValue.ToText(value);

    private static int From(string text, Value at) => (int)Math.Clamp(JavaScriptMethods.ToInteger(at), 0, text.Length);

    private static int? Place(string text, Value at) => JavaScriptMethods.ToInteger(at) is var place && place >= 0 && place < text.Length ? (int)place : null;

    private static double CodePoint(string text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at];

    private static double LastIndexOf(string text, string what, double from)
    {
        var last = (int)Math.Min(double.IsNaN(from) ? text.Length : Math.Max(0, Math.Truncate(from)), text.Length - what.Length);
        return last < 0 ? -1 : text.AsSpan(0, last + what.Length).LastIndexOf(what, StringComparison.Ordinal);
    }

    private static Value Concat(string text, ReadOnlySpan<Value> others)
    {
        var joined = Value.From(text);
        foreach (var other in others)
        {
            joined = JavaScriptValue.Add(joined, TextOf(other));
        }

        return joined;
    }

    private static Value Split(string text, Value separator, Value limit)
    {
        var most = limit.IsUndefined ? uint.MaxValue : unchecked((uint)JavaScriptValue.ToInt32(limit));
        if (most == 0)
        {
            return Value.From(Array.Empty<Value>());
        }

        if (separator.IsUndefined)
        {
            return Value.From([Value.From(text)]);
        }

        var by = TextOf(separator);
        var parts = by.Length == 0 ? text.Select(character => character.ToString()) : text.Split(by);
        var values = parts.Take((int)Math.Min(most, ValueLimits.Elements + 1)).Select(Value.From).ToArray();
        return values.Length > ValueLimits.Elements ? throw JavaScriptMethods.TooMany() : Value.From(values);
    }

    private static string Padding(string text, Value length, Value with)
    {
        var missing = JavaScriptMethods.ToInteger(length) - text.Length;
        var filler = with.IsUndefined ? " " : TextOf(with);
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

    private static string Repeat(string text, double times)
    {
        if (times < 0 || double.IsInfinity(times))
        {
            throw new ExpressionException("Invalid count value");
        }

        return text.Length * times > ValueLimits.TextLength
            ? throw JavaScriptValue.TooLong()
            : new StringBuilder().Insert(0, text, text.Length == 0 ? 0 : (int)times).ToString();
    }

    private static string Replace(string text, string what, string with, bool all)
    {
        var replaced = new StringBuilder();
        var from = 0;
        for (var at = text.IndexOf(what, StringComparison.Ordinal); at >= 0; at = Next(text, what, at))
        {
            replaced.Append(text, from, at - from);
            AppendReplacement(replaced, text, what, with, at);
            from = at + what.Length;
            if (replaced.Length > ValueLimits.TextLength)
            {
                throw JavaScriptValue.TooLong();
            }

            if (!all)
            {
                break;
            }
        }

        return replaced.Append(text, from, text.Length - from).Length > ValueLimits.TextLength ? throw JavaScriptValue.TooLong() : replaced.ToString();
    }

    private static int Next(string text, string what, int at)
    {
        var next = at + Math.Max(1, what.Length);
        return next > text.Length ? -1 : text.IndexOf(what, next, StringComparison.Ordinal);
    }

    /// <summary>In a replacement, $$ is a dollar sign, $&amp; what was found, $` what stands before it and $' what stands after it.</summary>
    private static void AppendReplacement(StringBuilder replaced, string text, string what, string with, int at)
    {
        for (var i = 0; i < with.Length; i++)
        {
            var next = with[i] == '$' && i + 1 < with.Length ? with[i + 1] : '\0';
            i += next is '$' or '&' or '`' or '\'' ? 1 : 0;
            _ = next switch
            {
                '$' => replaced.Append('$'),
                '&' => replaced.Append(what),
                '`' => replaced.Append(text, 0, at),
                '\'' => replaced.Append(text, at + what.Length, text.Length - at - what.Length),
                _ => replaced.Append(with[i]),
            };
            if (replaced.Length > ValueLimits.TextLength)
            {
                throw JavaScriptValue.TooLong();
            }
        }
    }

    private static string ToUpper(string text)
    {
        var rest = text.ToUpperInvariant().AsSpan();
        var at = rest.IndexOfAny(BecomingSeveral);
        if (at < 0)
        {
            return rest.ToString();
        }

        var upper = new StringBuilder(text.Length);
        for (; at >= 0; at = rest.IndexOfAny(BecomingSeveral))
        {
            upper.Append(rest[..at]).Append(Large[rest[at]]);
            rest = rest[(at + 1)..];
            if (upper.Length + rest.Length > ValueLimits.TextLength)
            {
                throw JavaScriptValue.TooLong();
            }
        }

        return upper.Append(rest).ToString();
    }

    /// <summary>A Greek sigma at the end of a word has its own small form; the Turkish dotted capital keeps its dot.</summary>
    private static string ToLower(string text)
    {
        var lower = text.ToLowerInvariant();
        if (!text.AsSpan().ContainsAny('Σ', 'İ'))
        {
            return lower;
        }

        var built = new StringBuilder(lower.Length);
        for (var i = 0; i < text.Length; i++)
        {
            _ = text[i] switch
            {
                'İ' => built.Append("i̇"),
                'Σ' when i > 0 && char.IsLetter(text[i - 1]) && (i + 1 == text.Length || !char.IsLetter(text[i + 1])) => built.Append('ς'),
                _ => built.Append(lower[i]),
            };
        }

        return built.Length > ValueLimits.TextLength ? throw JavaScriptValue.TooLong() : built.ToString();
    }
}
