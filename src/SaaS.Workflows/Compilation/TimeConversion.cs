using System.Globalization;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Compilation;

/// <summary>Into dates and times. A text without an offset means UTC here, whatever the server's own zone.</summary>
internal static class TimeConversion
{
    private const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.NoCurrentDateDefault;

    public static Value ToDateTime(Value value)
    {
        switch (value.Typed?.Content)
        {
            case DateTime:
                return value;
            case DateTimeOffset known:
                return TypedScalar.From(known.DateTime);
        }

        if (value.Typed is not null || IsBlank(value))
        {
            return TypedScalar.From(DateTime.MinValue);
        }

        // What names an offset is a time of the server's zone, and says so; what names none is of no zone.
        return value.Text is { } text && DateTime.TryParse(text, CultureInfo.InvariantCulture, Styles, out var time)
            ? NamesOffset(text) ? TypedScalar.FromServerTime(time) : TypedScalar.From(DateTime.SpecifyKind(time, DateTimeKind.Unspecified))
            : TypedScalar.From(DateTime.MinValue);
    }

    public static Value ToDateTimeOffset(Value value)
    {
        switch (value.Typed?.Content)
        {
            case DateTimeOffset:
                return value;
            case DateTime known:
                return TypedScalar.From(known == DateTime.MinValue ? DateTimeOffset.MinValue : new DateTimeOffset(DateTime.SpecifyKind(known, DateTimeKind.Utc)));
        }

        if (value.Typed is not null || IsBlank(value))
        {
            return TypedScalar.From(DateTimeOffset.MinValue);
        }

        return value.Text is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var time)
            ? TypedScalar.From(time)
            : TypedScalar.From(DateTimeOffset.MinValue);
    }

    private static bool IsBlank(Value value) => value.Text is { } text && string.IsNullOrWhiteSpace(text);

    private static bool NamesOffset(string text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind | DateTimeStyles.AllowWhiteSpaces, out var time) && time.Kind != DateTimeKind.Unspecified;
}
