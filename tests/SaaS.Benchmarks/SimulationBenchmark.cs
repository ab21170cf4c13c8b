using System.Data.Common;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using NodaTime;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Simulation;
using Sylvan.Data.Csv;

namespace SaaS.Benchmarks;

/// <summary>
/// A million firms through Jeollanam-do's programme of 2025, to the last payment, from a file on disk. The peer reads the same file and
/// parses every cell into its type, and does nothing with it: CSV by Sylvan.Data.Csv, which is among the fastest there are for .NET,
/// JSONL by System.Text.Json.
/// </summary>
public static class SimulationBenchmark
{
    private const int Firms = 1_000_000;
    private const int Rounds = 5;

    public static async Task<IReadOnlyList<Result>> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("saas-bench-");
        try
        {
            var (csv, jsonl) = (Path.Combine(folder.FullName, "firms.csv"), Path.Combine(folder.FullName, "firms.jsonl"));
            FirmFile.WriteCsv(csv, Firms);
            FirmFile.WriteJsonl(jsonl, Firms);
            var workflow = CompiledWorkflow.Compile(WorkflowDefinition.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "food-2025.json"), cancellationToken)).Required);
            return [.. Compare("CSV", csv, FirmFormat.Csv, "reading and parsing it with Sylvan.Data.Csv", ReadCsv), .. Compare("JSONL", jsonl, FirmFormat.Jsonl, "reading and parsing it with System.Text.Json", ReadJsonl)];

            IEnumerable<Result> Compare(string name, string path, FirmFormat format, string against, Func<string, long> peer)
            {
                var (best, bestPeer) = (double.MaxValue, double.MaxValue);
                for (var round = 0; round < Rounds; round++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    best = Math.Min(best, Time(() => Simulate(workflow, path, format, cancellationToken)));
                    bestPeer = Math.Min(bestPeer, Time(() => peer(path)));
                }

                yield return new Result($"simulation, 1,000,000 firms, {name}", best, bestPeer, 3, against);
                yield return new Result($"simulation, 1,000,000 firms, {name}, in all", best / 1_000, 0, 5, "reading, deciding, following each case to its end") { Measure = Measure.AtMost, Unit = "s" };
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Time(Func<long> run)
    {
        var start = Stopwatch.GetTimestamp();
        var firms = run();
        return firms == Firms ? Stopwatch.GetElapsedTime(start).TotalMilliseconds : throw new InvalidOperationException($"{firms} firms were read.");
    }

    private static long Simulate(CompiledWorkflow workflow, string path, FirmFormat format, CancellationToken cancellationToken)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        var plan = new SimulationPlan(workflow, SimulationPolicy.Approved, Instant.FromUtc(2025, 3, 4, 0, 0));
        return (long)FirmSimulation.Run(plan, file, format, each: null, cancellationToken)["firms"].Number;
    }

    private static long ReadCsv(string path)
    {
        using var reader = CsvDataReader.Create(path, new CsvDataReaderOptions { BufferSize = 1 << 20 });
        var kinds = Enumerable.Range(0, reader.FieldCount).Select(column => FirmColumn.Find(reader.GetName(column))!.Kind).ToArray();
        var (rows, sum) = (0L, 0.0);
        while (reader.Read())
        {
            rows++;
            for (var column = 0; column < kinds.Length; column++)
            {
                sum += Parse(reader, column, kinds[column]);
            }
        }

        return sum > 0 ? rows : 0;
    }

    private static double Parse(DbDataReader reader, int column, ColumnKind kind) => kind switch
    {
        ColumnKind.Number => reader.GetInt64(column),
        ColumnKind.Truth => reader.GetBoolean(column) ? 1 : 0,
        _ => reader.GetString(column).Length,
    };

    private static long ReadJsonl(string path)
    {
        using var reader = new StreamReader(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 20);
        var (rows, sum) = (0L, 0L);
        while (reader.ReadLine() is { } line)
        {
            rows++;
            using var document = JsonDocument.Parse(line);
            sum += document.RootElement.GetProperty("totalCost").GetInt64();
        }

        return sum > 0 ? rows : 0;
    }
}
