using System.Diagnostics;
using System.Globalization;

namespace SaaS.Benchmarks;

/// <summary>One figure beside its peer, both medians of the same run.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Ours">Median, in milliseconds.</param>
/// <param name="Peer">Median of the peer, in milliseconds.</param>
/// <param name="Target">The ratio that is not to be exceeded.</param>
/// <param name="Against">What the peer does.</param>
public sealed record Result(string Name, double Ours, double Peer, double Target, string Against)
{
    public double Ratio => Math.Round(Ours / Peer, 3);

    public bool Reached => Ratio <= Target;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}: {Ours:0.000} ms, {Peer:0.000} ms ({Against}), {Ratio:0.00}x, target {Target:0.0}x, {(Reached ? "OK" : "MISSED")}");
}

/// <summary>
/// Two ways of doing one thing, taken in turns, so that whatever else the machine does meets both alike. Only the ratio of the medians
/// means anything.
/// </summary>
public static class Comparison
{
    public static async Task<Result> RunAsync(
        string name, double target, string against, int rounds, Func<Task> ours, Func<Task> peer, CancellationToken cancellationToken)
    {
        var warmUp = Math.Max(20, rounds / 5);
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
