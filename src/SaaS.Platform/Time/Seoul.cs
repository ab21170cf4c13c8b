using NodaTime;

namespace SaaS.Platform.Time;

/// <summary>Korean time: deadlines and budget years are reckoned in it.</summary>
public static class Seoul
{
    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Seoul"];

    public static LocalDate TodayInKorea(this IClock clock) => clock.GetCurrentInstant().InZone(Zone).Date;
}
