using System.Globalization;
using Microsoft.Extensions.Configuration;
using NodaTime;
using NodaTime.Text;

namespace SaaS.Platform.Time;

/// <summary>
/// One clock for web, worker and commands. With <c>SAAS_NOW</c> it starts at another instant and ticks on from there:
/// <c>2025-03-04T00:00:00Z@1742000000000</c> reads that instant at the real moment after the @ (Unix milliseconds), so that processes
/// that start one after the other agree. Without the part after the @, the process's own start is that moment.
/// </summary>
public sealed class SaasClock : IClock
{
    private readonly TimeProvider real;
    private readonly Duration offset;

    public SaasClock(string? now, TimeProvider? real = null)
    {
        this.real = real ?? TimeProvider.System;
        if (string.IsNullOrEmpty(now))
        {
            return;
        }

        var parts = now.Split('@', 2);
        var shown = InstantPattern.ExtendedIso.Parse(parts[0]);
        if (!shown.TryGetValue(default, out var start))
        {
            throw new FormatException($"SAAS_NOW is '{now}'; expected an instant such as 2025-03-04T00:00:00Z.", shown.Exception);
        }

        var anchor = parts.Length == 2 ? Instant.FromUnixTimeMilliseconds(long.Parse(parts[1], CultureInfo.InvariantCulture)) : Real();
        offset = start - anchor;
    }

    public static SaasClock From(IConfiguration configuration) => new(configuration["SAAS_NOW"]);

    public Instant GetCurrentInstant() => Real() + offset;

    private Instant Real() => Instant.FromDateTimeOffset(real.GetUtcNow());
}
