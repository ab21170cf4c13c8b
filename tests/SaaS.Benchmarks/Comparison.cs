using System.Diagnostics;

namespace SaaS.Benchmarks;

/// <summary>
/// Two ways of doing one thing, taken in turns, so that whatever else the machine does meets both alike. Only the ratio of the medians
/// means anything.
/// </summary>
public static class Comparison
{
    public static async Task<Result> RunAsync(
        string name, double target, string against, int rounds, Func<Task> ours, Func<Task> peer, CancellationToken cancellationToken)
    {
        // Until the runtime has compiled both for good.
        var warmUp = rounds;
        var (oursTaken, peerTaken) = (new List<double>(rounds), new List<double>(rounds));
        for (var round = -warmUp; round < rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Whoever comes second finds warm caches: each is second as often.
            var (first, second) = round % 2 == 0 ? (ours, peer) : (peer, ours);
            var (one, two) = (await TimeAsync(first), await TimeAsync(second));
            if (round >= 0)
            {
                oursTaken.Add(round % 2 == 0 ? one : two);
                peerTaken.Add(round % 2 == 0 ? two : one);
            }
        }

        return new Result(name, Median(oursTaken), Median(peerTaken), target, against);
    }

    private static async Task<double> TimeAsync(Func<Task> action)
    {
        var start = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
