using NodaTime;

namespace SaaS.Platform.Time;

/// <summary>Korean time: deadlines and budget years are reckoned in it.</summary>
public static class Seoul
{
    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Seoul"];

    /// <summary>The moment at which a day is over: the first that no longer belongs to it.</summary>
    public static Instant EndOf(LocalDate day) => Zone.AtStartOfDay(day.PlusDays(1)).ToInstant();

    public static LocalDate TodayInKorea(this IClock clock) => clock.GetCurrentInstant().InZone(Zone).Date;
}
