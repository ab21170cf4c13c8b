using System.Globalization;
using NodaTime;
using NodaTime.Text;
using SaaS.Platform.Time;

namespace SaaS.Web.Kit;

/// <summary>Dates and times as people here write them, in Seoul time: <c>2027. 1. 5. 18:00</c>, in English <c>5 Jan 2027, 18:00</c>.</summary>
public static class KoreanTime
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");
    private static readonly LocalDatePattern KoreanDay = LocalDatePattern.CreateWithInvariantCulture("yyyy. M. d.");
    private static readonly LocalDatePattern EnglishDay = LocalDatePattern.Create("d MMM yyyy", English);
    private static readonly LocalTimePattern MinuteOfDay = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalTimePattern MillisecondOfDay = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss.fff");

    public static string Day(LocalDate date) => (Language.IsKorean ? KoreanDay : EnglishDay).Format(date);

    public static string Day(Instant instant) => Day(instant.InZone(Seoul.Zone).Date);

    public static string Minute(Instant instant) => Join(instant, MinuteOfDay);

    /// <summary>To the millisecond: what counts on a receipt at the deadline.</summary>
    public static string Exact(Instant instant) => Join(instant, MillisecondOfDay);

    /// <summary>For the <c>datetime</c> attribute of a <c>time</c> element.</summary>
    public static string Machine(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    private static string Join(Instant instant, LocalTimePattern time)
    {
        var local = instant.InZone(Seoul.Zone);
        return $"{Day(local.Date)}{(Language.IsKorean ? " " : ", ")}{time.Format(local.TimeOfDay)}";
    }
}
