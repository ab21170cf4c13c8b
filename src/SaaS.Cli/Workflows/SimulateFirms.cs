using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using NodaTime;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Simulation;
using SaaS.Workflows.Values;

namespace SaaS.Cli.Workflows;

/// <summary><c>saas workflow simulate</c>: a definition over a file of firms.</summary>
internal static class SimulateFirms
{
    private const int BatchSize = 8_192;

    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "정의 파일 / Definition" };
        var firms = new Option<FileInfo>("--firms")
        {
            Required = true,
            Description = $"기업 파일 / Firms as CSV or JSONL. CSV columns, in any order: {string.Join(", ", FirmRow.Columns)} (lists parted by ';'). JSONL: one application a line, as the input Application",
        };
        var json = new Option<bool>("--json") { Description = "JSON으로 / Print one JSON object" };
        var command = new Command("simulate", "기업 파일로 모의 실행합니다 / Who passes, into which tier, won per funder and municipality. Later stages count as approved; nothing is stored") { file, firms, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(file)!.FullName, parsed.GetValue(firms)!.FullName, parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string file, string firms, bool json, CancellationToken cancellationToken)
    {
        if (await WorkflowCommands.ReadAsync(file, cancellationToken) is not { } text)
        {
            return 1;
        }

        var parsed = WorkflowDefinition.Parse(text);
        if (parsed.Definition is not { } definition)
        {
            await Console.Error.WriteLineAsync($"{file}: {parsed.Problems[0].Ko} / {parsed.Problems[0].En}");
            return 1;
        }

        if (!File.Exists(firms))
        {
            await Console.Error.WriteLineAsync($"{firms}: 파일이 없습니다 / no such file");
            return 1;
        }

        try
        {
            var tally = Run(CompiledWorkflow.Compile(definition), firms, WorkflowCommands.Now(), cancellationToken);
            await Console.Out.WriteLineAsync(json ? tally.ToValue().ToJson() : Describe(tally.ToValue()));
            return 0;
        }
        catch (FormatException exception)
        {
            await Console.Error.WriteLineAsync($"{firms}: {exception.Message}");
            return 1;
        }
    }

    private static SimulationTally Run(CompiledWorkflow workflow, string path, Instant now, CancellationToken cancellationToken)
    {
        var total = new SimulationTally(workflow, now);
        using var reader = new StreamReader(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 20);
        var row = path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && reader.ReadLine() is { } header ? FirmRow.FromHeader(header) : null;
        var batches = Batches(reader, row is null ? 1 : 2);
        Parallel.ForEach(
            batches,
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new SimulationTally(workflow, now),
            (batch, _, tally) =>
            {
                for (var i = 0; i < batch.Lines.Count; i++)
                {
                    if (batch.Lines[i].Length > 0)
                    {
                        tally.Add(row is null ? ReadJson(batch.Lines[i], batch.First + i) : row.ReadCsv(batch.Lines[i]), batch.First + i);
                    }
                }

                return tally;
            },
            tally =>
            {
                lock (total)
                {
                    total.Add(tally);
                }
            });
        return total;
    }

    private static IEnumerable<(long First, List<string> Lines)> Batches(StreamReader reader, long first)
    {
        var lines = new List<string>(BatchSize);
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line);
            if (lines.Count == BatchSize)
            {
                yield return (first, lines);
                first += lines.Count;
                lines = new List<string>(BatchSize);
            }
        }

        yield return (first, lines);
    }

    private static Value ReadJson(string line, long number)
    {
        try
        {
            return Value.Parse(line);
        }
        catch (JsonException)
        {
            throw new FormatException($"line {number.ToString(CultureInfo.InvariantCulture)}: JSON이 아닙니다 / is not JSON");
        }
    }

    private static string Describe(Value result)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"기업 / firms: {result["firms"].Number:N0}, 통과 / passed: {result["passed"].Number:N0}");
        foreach (var (title, key) in (IEnumerable<(string, string)>)[("판정 / verdicts", "verdicts"), ("유형 / tiers", "tiers"), ("사유 / reasons", "reasons"), ("재원별 원 / won by funder", "won")])
        {
            text.AppendLine(title);
            foreach (var (name, count) in result[key].Members!.Members)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {name}: {count.Number:N0}");
            }
        }

        text.AppendLine("시군별 원 / won by municipality");
        foreach (var (municipality, won) in result["municipalities"].Members!.Members)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {municipality}: {string.Join(", ", won.Members!.Members.ToArray().Select(each => $"{each.Key} {each.Value.Number.ToString("N0", CultureInfo.InvariantCulture)}"))}");
        }

        text.AppendLine("경계 기업 / marginal firms");
        foreach (var firm in result["marginal"].Items)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {firm["id"].Text}: {firm["reason"].Text}: {firm["nearestKo"].Text} / {firm["nearestEn"].Text}");
        }

        return text.ToString().TrimEnd();
    }
}
