using NodaTime;

namespace SaaS.Platform.Time;

/// <summary>
/// When this request arrived. The first middleware asks for it, before a byte of the body is read, so that a slow upload or a busy
/// server cannot make anybody late.
/// </summary>
public sealed class RequestArrival(IClock clock)
{
    public Instant At { get; } = clock.GetCurrentInstant();
}
