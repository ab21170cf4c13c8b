using System.Diagnostics;

namespace SaaS.Benchmarks;

/// <summary>
/// Times what takes well under a millisecond: many short batches of each way in turns, and of each the best. The best batch is the one
/// that nothing else on the machine disturbed.
/// </summary>
public static class Batches
{
    private const int Rounds = 400;
    private const double MillisecondsOfABatch = 1.5;

    /// <summary>Nanoseconds of one run of each, best of all batches. A run returns something, so that nothing is optimised away.</summary>
    public static double[] BestNanoseconds(CancellationToken cancellationToken, params Func<int, long>[] ways)
    {
        var sizes = ways.Select(SizeOfABatch).ToArray();
        var best = new double[ways.Length];
        Array.Fill(best, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < ways.Length; i++)
            {
                best[i] = Math.Min(best[i], Time(ways[i], sizes[i]) / sizes[i]);
            }
        }

        return best;
    }

    /// <summary>Bytes that one run allocates on its thread, fewest of several batches.</summary>
    public static double AllocatedBytes(Func<int, long> way)
    {
        const int runs = 1_000;
        var least = long.MaxValue;
        for (var round = 0; round < 10; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            way(runs);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return (double)least / runs;
    }

    // Long enough for the compiler to have finished with the hot paths, and to know how many runs fill a batch.
    private static int SizeOfABatch(Func<int, long> way)
    {
        var watch = Stopwatch.StartNew();
        for (var warm = 0; warm < 100 || watch.ElapsedMilliseconds < 600; warm++)
        {
            way(100);
        }

        return (int)Math.Clamp(MillisecondsOfABatch * 1_000_000 / (Time(way, 200) / 200), 1, 1_000_000);
    }

    private static double Time(Func<int, long> way, int runs)
    {
        var start = Stopwatch.GetTimestamp();
        way(runs);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }
}
