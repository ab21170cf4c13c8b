using System.Diagnostics;

namespace SaaS.Web.Designer.Simulating;

/// <summary>Takes what the threads of a simulation report and asks for a new drawing some times a second.</summary>
internal sealed class SimulationMeter(Action redraw) : IProgress<long>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(80);

    private long done;
    private long drawnAt = Stopwatch.GetTimestamp();

    /// <summary>Firms that were run so far.</summary>
    public long Done => Volatile.Read(ref done);

    public void Report(long value)
    {
        // Reports of two threads may overtake each other: the bar never goes back.
        var before = Done;
        while (value > before && Interlocked.CompareExchange(ref done, value, before) is var seen && seen != before)
        {
            before = seen;
        }

        var last = Volatile.Read(ref drawnAt);
        if (Stopwatch.GetElapsedTime(last) > Pause && Interlocked.CompareExchange(ref drawnAt, Stopwatch.GetTimestamp(), last) == last)
        {
            redraw();
        }
    }
}
