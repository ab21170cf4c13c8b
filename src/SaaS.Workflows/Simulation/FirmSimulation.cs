using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Simulation;

/// <summary>How a file of firms is written.</summary>
public enum FirmFormat
{
    /// <summary>Comma-separated, with the names of the columns in the first line; see <see cref="FirmColumn.All"/>.</summary>
    Csv,

    /// <summary>One JSON object a line: the input Application of one firm.</summary>
    Jsonl,
}

/// <summary>A definition over a file of firms, on all processors. What comes out does not depend on how many there are.</summary>
public static class FirmSimulation
{
    private const int LongestHeader = 1 << 16;

    /// <summary>Runs every firm of a file on all processors.</summary>
    /// <inheritdoc cref="Run(SimulationPlan, Stream, FirmFormat, Action{FirmOutcome}, SimulationPace, CancellationToken)"/>
    public static Value Run(SimulationPlan plan, Stream stream, FirmFormat format, Action<FirmOutcome>? each, CancellationToken cancellationToken) =>
        Run(plan, stream, format, each, SimulationPace.Full, cancellationToken);

    /// <summary>Runs every firm of a file.</summary>
    /// <param name="plan">The definition and the policy.</param>
    /// <param name="stream">The file, in UTF-8.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="each">Is told what became of each firm, in the order of the file; null when only the sums are asked for.</param>
    /// <param name="pace">How many processors, and who is told how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The sums as one JSON object; see the command's help.</returns>
    /// <exception cref="FirmFileException">The file has lines that cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Value Run(SimulationPlan plan, Stream stream, FirmFormat format, Action<FirmOutcome>? each, SimulationPace pace, CancellationToken cancellationToken)
    {
        var done = 0L;
        var problems = new FileProblems();
        var (header, start) = ReadStart(stream, format, problems);
        problems.ThrowIfAny();
        var workers = new ConcurrentBag<FirmWorker>();
        var chunks = FirmChunks.Read(stream, start, format == FirmFormat.Csv ? 2 : 1, format == FirmFormat.Csv);
        Parallel.ForEach(
            Partitioner.Create(chunks, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = pace.Threads },
            () =>
            {
                var layout = plan.Tables?.Layout;
                FirmReader reader = header is null ? new JsonFirmReader(layout) : new CsvFirmReader(header, layout);
                return (Reader: reader, Worker: new FirmWorker(plan) { Outcomes = each is null ? null : [] });
            },
            (chunk, _, local) =>
            {
                local.Reader.Open(chunk);
                var rows = 0;
                while (local.Reader.Next(local.Worker.Facts, problems))
                {
                    local.Worker.Add(local.Reader);
                    if (++rows == SimulationPace.Step)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        pace.Progress?.Report(Interlocked.Add(ref done, rows));
                        rows = 0;
                    }
                }

                pace.Progress?.Report(Interlocked.Add(ref done, rows));
                ArrayPool<byte>.Shared.Return(chunk.Buffer);
                return local;
            },
            local => workers.Add(local.Worker));
        problems.ThrowIfAny();
        return Sum(plan, [.. workers], each);
    }

    private static Value Sum(SimulationPlan plan, FirmWorker[] workers, Action<FirmOutcome>? each)
    {
        var last = new FirmWorker(plan) { Outcomes = each is null ? null : [] };
        var candidates = workers.SelectMany(worker => worker.Candidates).ToList();
        foreach (var (candidate, refusal) in Ranking.Select(plan, candidates))
        {
            last.GoOn(candidate, refusal);
        }

        foreach (var worker in workers)
        {
            last.Tally.Add(worker.Tally);
        }

        if (each is not null)
        {
            foreach (var outcome in workers.Append(last).SelectMany(worker => worker.Outcomes!).OrderBy(outcome => outcome.Line))
            {
                each(outcome);
            }
        }

        return last.Tally.ToValue();
    }

    private static (CsvHeader? Header, byte[] Start) ReadStart(Stream stream, FirmFormat format, FileProblems problems)
    {
        var buffer = new byte[LongestHeader];
        var filled = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var start = buffer.AsSpan(0, filled);
        start = start.StartsWith("\ufeff"u8) ? start[3..] : start;
        if (format == FirmFormat.Jsonl)
        {
            return (null, start.ToArray());
        }

        var end = start.IndexOf((byte)'\n');
        var header = CsvHeader.Read(Encoding.UTF8.GetString(end < 0 ? start : start[..end]), problems);
        return (header, end < 0 ? [] : start[(end + 1)..].ToArray());
    }
}
