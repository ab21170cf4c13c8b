using NodaTime;

namespace SaaS.Platform.Time;

/// <summary>
/// When this request arrived. The first middleware asks for it, before a byte of the body is read, so that a slow upload or a busy
/// server cannot make anybody late. Whole microseconds, as the database keeps it.
/// </summary>
public sealed class RequestArrival(IClock clock)
{
    private const long TicksOfMicrosecond = 10;

    public Instant At { get; } = Truncated(clock.GetCurrentInstant());

    private static Instant Truncated(Instant instant)
    {
        var ticks = instant.ToUnixTimeTicks();
        return Instant.FromUnixTimeTicks(ticks - (ticks % TicksOfMicrosecond));
    }
}
