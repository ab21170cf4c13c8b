using System.Globalization;
using System.Text.Json;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Compilation;

/// <summary>
/// Reads what a variable was kept with over a wait. Elsa keeps JSON and reads it as the type of the variable, without the ways that an input
/// has; what is no JSON of that type stays what it is. That happens where an output or an expression put something else into the variable.
/// </summary>
internal static class KeptConversion
{
    /// <summary>From here on .NET writes a whole double with an exponent.</summary>
    private const double Exponential = 1e15;

    public static Value To(Value kept, TypeKind type) => kept.Kind switch
    {
        ValueKind.Array => OfList(kept, type),
        ValueKind.Object => OfObject(kept, type),
        ValueKind.String => OfText(kept, type),
        ValueKind.Number => OfNumber(kept, type),
        ValueKind.Boolean when type == TypeKind.Text => kept.IsTrue ? "true" : "false",
        _ => kept,
    };

    private static Value OfNumber(Value kept, TypeKind type)
    {
        switch (type)
        {
            case TypeKind.Boolean:
                return Value.False;
            case TypeKind.Text:
            case TypeKind.Single:
            case TypeKind.Double:
                return ValueConversion.To(kept, type);
            case TypeKind.Decimal:
                return Math.Abs(kept.Number) < 7.9228162514264338E28 ? NumberConversion.ToDecimal(kept) : kept;
            case TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64:
                var isWritten = kept.Typed?.Content is not decimal && kept.Whole is not null && (kept.Typed is not null || Math.Abs(kept.Number) < Exponential || type == TypeKind.Int64);
                return !isWritten ? 0 : NumberConversion.Fits(kept.Number, type) && kept.Typed is null ? Value.From(kept.Number) : kept;
            default:
                return kept;
        }
    }

    private static Value OfText(Value kept, TypeKind type)
    {
        var text = kept.Text!;
        switch (type)
        {
            case TypeKind.Text:
                return text;
            case TypeKind.TimeSpan:
                return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? TypedScalar.From(span) : text;
            case TypeKind.Guid:
                return Guid.TryParseExact(text, "D", out var id) ? TypedScalar.From(id) : text;
            case TypeKind.Bytes:
                var bytes = new byte[text.Length];
                return Convert.TryFromBase64String(text, bytes, out var written) ? TypedScalar.From(bytes[..written]) : text;
            case TypeKind.DateTime:
                return !IsMoment(text, out var moment) ? text
                    : text.EndsWith('Z') ? TypedScalar.From(moment.UtcDateTime)
                    : HasOffset(text) ? TypedScalar.FromServerTime(moment.UtcDateTime)
                    : TypedScalar.From(DateTime.SpecifyKind(moment.DateTime, DateTimeKind.Unspecified));
            case TypeKind.DateTimeOffset:
                return !IsMoment(text, out moment) ? text : TypedScalar.From(HasOffset(text) ? moment : new DateTimeOffset(DateTime.SpecifyKind(moment.DateTime, DateTimeKind.Utc)));
            default:
                return kept;
        }
    }

    private static Value OfObject(Value kept, TypeKind type) => type switch
    {
        TypeKind.Text => ValueJson.ToIndentedText(kept),
        TypeKind.Expando => kept.WithOrigin(ValueOrigin.Outside),
        TypeKind.Map or TypeKind.Dictionary => kept.WithOrigin(ValueOrigin.Dictionary),
        TypeKind.TextMap or TypeKind.TextDictionary when HoldsTexts(kept) => kept.WithOrigin(ValueOrigin.TextDictionary),
        _ => AsJson(kept),
    };

    private static Value OfList(Value kept, TypeKind type) => type switch
    {
        TypeKind.Text => ValueJson.ToElsaText(kept),
        TypeKind.Boolean => Value.False,
        TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 or TypeKind.Single or TypeKind.Double or TypeKind.Decimal => 0,
        TypeKind.TimeSpan => TypedScalar.From(TimeSpan.Zero),
        TypeKind.Guid => TypedScalar.From(Guid.Empty),
        TypeKind.DateTime => TypedScalar.From(DateTime.MinValue),
        TypeKind.DateTimeOffset => TypedScalar.From(DateTimeOffset.MinValue),
        TypeKind.Expando or TypeKind.Map or TypeKind.TextMap => Value.Null,
        _ when (type & TypeKind.List) != 0 && ValueConversion.AllFit(kept, type & ~TypeKind.List) => ValueConversion.To(kept, type),
        _ => AsJson(kept),
    };

    /// <summary>As it looks when it has been read from JSON, which a saved instance was already.</summary>
    private static Value AsJson(Value kept)
    {
        if (kept.Origin == ValueOrigin.Json)
        {
            return kept;
        }

        if (kept.Members is { } members)
        {
            var read = new ValueObject(members.Count);
            foreach (var (name, member) in members.Members)
            {
                read.Set(name, AsJson(member));
            }

            return Value.From(read).WithOrigin(ValueOrigin.Json);
        }

        return kept.Kind != ValueKind.Array ? kept : Value.From([.. kept.Items.ToArray().Select(AsJson)]).WithOrigin(ValueOrigin.Json);
    }

    private static bool HoldsTexts(Value kept)
    {
        foreach (var (_, member) in kept.Members!.Members)
        {
            if (member.Kind is not (ValueKind.String or ValueKind.Null))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsMoment(string text, out DateTimeOffset moment) => JsonSerializer.SerializeToElement(text).TryGetDateTimeOffset(out moment);

    /// <summary>A moment is written as date, time and then its offset.</summary>
    private static bool HasOffset(string text) => text.IndexOf('T', StringComparison.Ordinal) is > 0 and var time && text.AsSpan(time).IndexOfAny("Z+-") > 0;
}
