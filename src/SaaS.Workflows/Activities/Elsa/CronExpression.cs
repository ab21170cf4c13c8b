using NodaTime;

namespace SaaS.Workflows.Activities.Elsa;

/// <summary>A cron expression as Elsa reads it: six fields from seconds to day of week, in UTC; day of month and of week must both fit.</summary>
internal sealed class CronExpression
{
    private const int SearchedDays = 366 * 9;
    private static readonly string[] FieldNames = ["Seconds", "Minutes", "Hours", "Days of month", "Months", "Days of week"];
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    private readonly ulong[] _fields;

    private CronExpression(ulong[] fields) => _fields = fields;

    /// <summary>Null when the text is no such expression; the problem then says which field is wrong.</summary>
    public static CronExpression? TryParse(string text, out string problem)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        (int Least, int Most, string[] Names)[] ranges = [(0, 59, []), (0, 59, []), (0, 23, []), (1, 31, []), (1, 12, Months), (0, 7, Weekdays)];
        var fields = new ulong[6];
        problem = "";
        for (var i = 0; i < 6; i++)
        {
            var (least, most, names) = ranges[i];
            if (i > 0 && i == parts.Length)
            {
                problem = $"{FieldNames[i - 1]}: Unexpected character '\0'.";
                return null;
            }

            if (i == parts.Length || Field(parts[i].ToUpperInvariant(), least, most, names) is not { } field)
            {
                problem = $"{FieldNames[i]}: Value must be a number between {least} and {most} (all inclusive).";
                return null;
            }

            fields[i] = field;
        }

        if (parts.Length > 6)
        {
            problem = $"{FieldNames[5]}: Unexpected character '{parts[6][0]}'.";
            return null;
        }

        // Sunday is 0 and 7.
        fields[5] |= (fields[5] >> 7) & 1;
        return new CronExpression(fields);
    }

    /// <summary>The first time after the given one; null when there is none within nine years.</summary>
    public Instant? Next(Instant after)
    {
        var from = after.InUtc().LocalDateTime.PlusSeconds(1);
        from = from.Date.At(new LocalTime(from.Hour, from.Minute, from.Second));
        var day = from.Date;
        var time = from.TimeOfDay;
        for (var i = 0; i < SearchedDays; i++)
        {
            if (Has(3, day.Day) && Has(4, day.Month) && Has(5, (int)day.DayOfWeek % 7) && NextTime(time) is { } found)
            {
                return day.At(found).InUtc().ToInstant();
            }

            day = day.PlusDays(1);
            time = LocalTime.Midnight;
        }

        return null;
    }

    private LocalTime? NextTime(LocalTime from)
    {
        for (var hour = from.Hour; hour < 24; hour++)
        {
            if (!Has(2, hour))
            {
                continue;
            }

            for (var minute = hour == from.Hour ? from.Minute : 0; minute < 60; minute++)
            {
                if (!Has(1, minute))
                {
                    continue;
                }

                for (var second = hour == from.Hour && minute == from.Minute ? from.Second : 0; second < 60; second++)
                {
                    if (Has(0, second))
                    {
                        return new LocalTime(hour, minute, second);
                    }
                }
            }
        }

        return null;
    }

    private bool Has(int field, int value) => (_fields[field] & (1UL << value)) != 0;

    private static ulong? Field(string text, int least, int most, string[] names)
    {
        var bits = 0UL;
        foreach (var item in text.Split(','))
        {
            var slash = item.IndexOf('/', StringComparison.Ordinal);
            var step = 1;
            if (slash >= 0 && (!int.TryParse(item.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out step) || step is < 1 or > 60))
            {
                return null;
            }

            var range = slash < 0 ? item : item[..slash];
            int first, last;
            if (range is "*" or "?")
            {
                (first, last) = (least, most);
            }
            else
            {
                var dash = range.IndexOf('-', StringComparison.Ordinal);
                if (Number(dash < 0 ? range : range[..dash], names, least) is not { } from || Number(dash < 0 ? range : range[(dash + 1)..], names, least) is not { } to)
                {
                    return null;
                }

                (first, last) = (from, dash < 0 && slash >= 0 ? most : to);
            }

            if (first < least || last > most || first > last)
            {
                return null;
            }

            for (var value = first; value <= last; value += step)
            {
                bits |= 1UL << value;
            }
        }

        return bits;
    }

    private static int? Number(string text, string[] names, int least)
    {
        var named = Array.IndexOf(names, text);
        return named >= 0 ? named + least : int.TryParse(text, System.Globalization.NumberStyles.None, null, out var number) && number < 64 ? number : null;
    }
}
