using System.Collections.Frozen;
using NodaTime;

namespace SaaS.Domain.Calendar;

/// <summary>
/// Working days in Korea: Monday to Friday without public holidays. Holidays move with the moon and are given by decree, so they are a
/// table; of a year that it does not hold, only Saturdays and Sundays are known.
/// </summary>
/// <remarks>Source: 관공서의 공휴일에 관한 규정 with its substitute holidays, and the holidays decreed for one year alone.</remarks>
public static class WorkingDays
{
    /// <summary>Month and day of the public holidays from Monday to Friday.</summary>
    private static readonly FrozenSet<LocalDate> Holidays = new[]
    {
        Year(2025, "01-01 01-27 01-28 01-29 01-30 03-03 05-05 05-06 06-03 06-06 08-15 10-03 10-06 10-07 10-08 10-09 12-25"),
        Year(2026, "01-01 02-16 02-17 02-18 03-02 05-05 05-25 06-03 08-17 09-24 09-25 10-05 10-09 12-25"),
        Year(2027, "01-01 02-08 02-09 03-01 05-05 05-13 08-16 09-14 09-15 09-16 10-04 10-11 12-27"),
    }.SelectMany(days => days).ToFrozenSet();

    public static bool IsWorkingDay(LocalDate day) => day.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday) && !Holidays.Contains(day);

    /// <summary>The last day of a period of working days. The day on which it begins does not count.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public static LocalDate After(LocalDate day, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        while (count > 0)
        {
            day = day.PlusDays(1);
            count -= IsWorkingDay(day) ? 1 : 0;
        }

        return day;
    }

    private static IEnumerable<LocalDate> Year(int year, string days)
        => days.Split(' ').Select(day => NodaTime.Text.LocalDatePattern.Iso.Parse($"{year}-{day}").Value);
}
