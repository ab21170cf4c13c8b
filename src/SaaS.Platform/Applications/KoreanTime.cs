using NodaTime.Text;

namespace SaaS.Platform.Applications;

/// <summary>How deadlines and arrivals are told to applicants: to the millisecond, as they are compared.</summary>
internal static class KoreanTime
{
    public static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss.fff");
}
