using System.Globalization;
using System.Text.Json;

namespace SaaS.Workflows.Values;

/// <summary>
/// A number or text that is of a .NET type which JSON does not know, and looks different because of it: a decimal with its zeros, a whole
/// number too large for a double, a float, a date, a span of time, a GUID, bytes. To everybody else it is the number or the text of its JSON.
/// </summary>
internal sealed class TypedScalar
{
    private static readonly (string Name, Func<TimeSpan, double> Read)[] MembersOfSpan =
    [
        ("Ticks", span => span.Ticks), ("Days", span => span.Days), ("Hours", span => span.Hours), ("Milliseconds", span => span.Milliseconds), ("Microseconds", span => span.Microseconds),
        ("Nanoseconds", span => span.Nanoseconds), ("Minutes", span => span.Minutes), ("Seconds", span => span.Seconds), ("TotalDays", span => span.TotalDays), ("TotalHours", span => span.TotalHours),
        ("TotalMilliseconds", span => span.TotalMilliseconds), ("TotalMicroseconds", span => span.TotalMicroseconds), ("TotalNanoseconds", span => span.TotalNanoseconds),
        ("TotalMinutes", span => span.TotalMinutes), ("TotalSeconds", span => span.TotalSeconds),
    ];

    private TypedScalar(object content, double number, string? text)
    {
        Content = content;
        Number = number;
        Text = text;
    }

    /// <summary>The .NET value.</summary>
    public object Content { get; }

    public double Number { get; }

    /// <summary>What JSON has for it; null for a number.</summary>
    public string? Text { get; }

    public bool IsNumber => Text is null;

    /// <summary>The members that a script sees of a span of time and of a GUID; null for every other type.</summary>
    public ValueObject? Members
    {
        get
        {
            if (Content is Guid id)
            {
                return Value.Object(("Variant", id.Variant), ("Version", id.Version)).Members;
            }

            if (Content is not TimeSpan span)
            {
                return null;
            }

            var members = new ValueObject(MembersOfSpan.Length);
            foreach (var (name, read) in MembersOfSpan)
            {
                members.Set(name, read(span));
            }

            return members;
        }
    }

    /// <summary>As one that a double cannot hold, else as a plain number.</summary>
    public static Value From(long whole) => whole is >= -9007199254740992 and <= 9007199254740992 ? Value.From(whole) : Value.From(new TypedScalar(whole, whole, null));

    public static Value From(decimal number)
    {
        var near = (double)number;
        return string.Equals(near.ToString("R", CultureInfo.InvariantCulture), number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            ? Value.From(near)
            : Value.From(new TypedScalar(number, near, null));
    }

    public static Value From(float number) =>
        string.Equals(((double)number).ToString("R", CultureInfo.InvariantCulture), number.ToString("R", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            ? Value.From(number)
            : Value.From(new TypedScalar(number, number, null));

    public static Value From(Guid id) => Value.From(new TypedScalar(id, 0, id.ToString()));

    public static Value From(TimeSpan span) => Value.From(new TypedScalar(span, 0, span.ToString("c", CultureInfo.InvariantCulture)));

    public static Value From(byte[] bytes) => Value.From(new TypedScalar(bytes, 0, Convert.ToBase64String(bytes)));

    public static Value From(DateTime time) => Value.From(new TypedScalar(time, 0, JsonOf(JsonSerializer.SerializeToElement(time))));

    /// <summary>A moment as a script holds it: UTC, in milliseconds.</summary>
    public static Value FromMoment(DateTime time)
    {
        var moment = DateTime.SpecifyKind(time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond)), DateTimeKind.Utc);
        return time == DateTime.MinValue ? From(DateTime.MinValue) : From(moment);
    }

    /// <summary>A time in the zone of the server, which is UTC here; JSON names its offset.</summary>
    public static Value FromServerTime(DateTime time) => Value.From(new TypedScalar(time, 0, JsonOf(JsonSerializer.SerializeToElement(new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc))))));

    public static Value From(DateTimeOffset time) => Value.From(new TypedScalar(time, 0, JsonOf(JsonSerializer.SerializeToElement(time))));

    /// <summary>What it is when an input of type String receives it.</summary>
    public string ToElsaText() => Content switch
    {
        DateTime time => time == DateTime.MinValue ? "" : time.ToString(time.TimeOfDay == TimeSpan.Zero ? "MM/dd/yyyy" : "MM/dd/yyyy HH:mm", CultureInfo.InvariantCulture),
        DateTimeOffset time => time == DateTimeOffset.MinValue ? "" : time.ToString(time.TimeOfDay == TimeSpan.Zero ? "MM/dd/yyyy zzz" : "MM/dd/yyyy HH:mm zzz", CultureInfo.InvariantCulture),
        byte[] => "Byte[] Array",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => Text!,
    };

    public void WriteTo(Utf8JsonWriter writer)
    {
        switch (Content)
        {
            case long whole:
                writer.WriteNumberValue(whole);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case float number:
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(Text);
                break;
        }
    }

    /// <summary>Equal in type and content, or two texts of different types that read the same.</summary>
    public static bool AreEqual(Value left, Value right) =>
        left.Text is { } text ? string.Equals(text, right.Text, StringComparison.Ordinal)
        : left.Typed is { } typed && right.Typed is { } other ? typed.Content.Equals(other.Content)
        : left.Number.Equals(right.Number);

    private static string JsonOf(JsonElement element) => element.GetString()!;
}
