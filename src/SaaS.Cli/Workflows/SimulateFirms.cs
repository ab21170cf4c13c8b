using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using SaaS.Domain.Money;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Simulation;

namespace SaaS.Cli.Workflows;

/// <summary><c>saas workflow simulate</c>: a definition over a file of firms.</summary>
internal static class SimulateFirms
{
    private const int ReadAhead = 1 << 16;

    private static readonly JsonSerializerOptions Hangul = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string Columns = $"""
        CSV (첫 줄에 열 이름, 순서는 자유, UTF-8) 또는 JSONL(한 줄에 신청서 하나) / CSV (names in the first line, any order, UTF-8) or JSONL (one application a line, as the input Application).
        글 / texts: {Names(ColumnKind.Text)}.
        수 / numbers (won, people; no commas): {Names(ColumnKind.Number)}.
        참·거짓 / true or false: {Names(ColumnKind.Truth)}.
        목록 / lists, parted by ';': {Names(ColumnKind.List)}.
        빈 칸은 모르는 사실입니다 / An empty cell is a fact that is missing. 다른 열은 보지 않습니다 / Other columns are left alone.
        """;

    private const string Policies = """
        기다리는 단계를 어떻게 답할지 / How waiting steps are answered. PLACE: application, evaluation, reservation, commitment, task, agreement, disbursement, inspection, or the id of a step.
          approve                  모두 승인(기본) / everything is answered with its first outcome (default)
          PLACE=refuse             모두 거절 / everything is answered with its second outcome
          PLACE=0.6                60 %만 승인 / approved for 60 % of the firms, by --seed
          PLACE=FACT>=70, <=70     사실로 결정 / approved by a number of the application, for example evaluation=score>=70
          evaluation=rank[:FACT[>=N]]   순위로 선정 / ranked by FACT (score), highest first, selected within the tiers' quotas and --budget, the rest is Waitlisted; below N it fails; firms without it get a number by --seed
        """;

    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "정의 파일 / Definition" };
        var firms = new Option<FileInfo>("--firms") { Required = true, Description = Columns };
        var policy = new Option<string[]>("--policy") { Description = Policies, AllowMultipleArgumentsPerToken = false };
        var quotas = new Option<string[]>("--quota") { Description = "TIER=N: 유형별 선정 수 / Firms to be selected in a tier, in place of the definition's quota" };
        var budgets = new Option<string[]>("--budget") { Description = $"FUNDER=WON, FUNDER@TIER=WON, FUNDER@MUNICIPALITY=WON: 예산 / Money for the ranking. FUNDER: {string.Join(", ", Enum.GetNames<Funder>())}" };
        var seed = new Option<long>("--seed") { DefaultValueFactory = _ => 1, Description = "우연의 씨앗 / Seed of what is left to chance; the same seed gives the same result" };
        var stop = new Option<bool>("--stop") { Description = "예산에 맞지 않는 첫 기업에서 그 유형의 선정을 끝냅니다 / The ranking of a tier ends at the first firm that does not fit (else the next one gets its chance)" };
        var each = new Option<FileInfo?>("--each") { Description = "기업별 결과를 쓸 JSONL 파일 / Writes what became of each firm: line, id, verdict, tier, reasons, result, isSupported, won" };
        var json = new Option<bool>("--json") { Description = "JSON으로 / Print one JSON object: firms, passed, supported, verdicts, tiers, reasons, results, won (by funder), tierWon, municipalities, marginal" };
        var command = new Command(
            "simulate",
            "기업 파일로 모의 실행합니다 / Who passes, into which tier, why not, won per funder and municipality, and whom a small change would let pass. Nothing is stored. Lines that cannot be read are all told, and the exit code is 1")
        { file, firms, policy, quotas, budgets, seed, stop, each, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var answers = SimulationPolicy.Parse(parsed.GetValue(policy) ?? [], parsed.GetValue(quotas) ?? [], parsed.GetValue(budgets) ?? [], parsed.GetValue(seed), parsed.GetValue(stop));
                return await RunAsync(parsed.GetValue(file)!.FullName, parsed.GetValue(firms)!.FullName, answers, parsed.GetValue(each)?.FullName, parsed.GetValue(json), cancellationToken);
            }
            catch (FormatException unreadable)
            {
                await Console.Error.WriteLineAsync(unreadable.Message);
                return 1;
            }
        });
        return command;
    }

    private static string Names(ColumnKind kind) => string.Join(", ", FirmColumn.All.Where(column => column.Kind == kind).Select(column => column.Name));

    private static async Task<int> RunAsync(string file, string firms, SimulationPolicy policy, string? each, bool json, CancellationToken cancellationToken)
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

        var plan = new SimulationPlan(CompiledWorkflow.Compile(definition), policy, WorkflowCommands.Now());
        if (plan.WhyNotByTables is { } why)
        {
            await Console.Error.WriteLineAsync($"모든 기업을 하나씩 실행합니다(더 느립니다) / Every firm is run by itself, which is slower: {why}");
        }

        try
        {
            await using var stream = new FileStream(firms, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            await using var outcomes = each is null ? null : new StreamWriter(each);
            var format = IsCsv(firms) ? FirmFormat.Csv : FirmFormat.Jsonl;
            var result = FirmSimulation.Run(plan, stream, format, outcomes is null ? null : outcome => outcomes.WriteLine(Describe(outcome)), cancellationToken);
            await Console.Out.WriteLineAsync(json ? result.ToJson() : SimulationReport.Of(result));
            return 0;
        }
        catch (FirmFileException exception)
        {
            foreach (var problem in exception.Problems)
            {
                await Console.Error.WriteLineAsync($"{firms}:{problem.Line}{(problem.Column is null ? "" : $": {problem.Column}")}: {problem.Ko} / {problem.En}");
            }

            await Console.Error.WriteLineAsync($"{firms}: 읽을 수 없는 곳 {exception.Count:N0}개. 고친 뒤 다시 실행하십시오 / {exception.Count:N0} problems, the first {exception.Problems.Count} are told. Nothing was simulated.");
            return 1;
        }
    }

    // By its name; a file of another name is JSONL when its first sign is that of an object.
    private static bool IsCsv(string path)
    {
        if (path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        using var reader = new StreamReader(path);
        var start = new char[ReadAhead];
        var count = reader.ReadBlock(start);
        return !start.AsSpan(0, count).TrimStart().StartsWith("{", StringComparison.Ordinal);
    }

    private static string Describe(FirmOutcome outcome) => JsonSerializer.Serialize(
        new
        {
            outcome.Line,
            outcome.Id,
            outcome.Verdict,
            outcome.Tier,
            outcome.Reasons,
            outcome.Result,
            outcome.IsSupported,
            Won = Enum.GetValues<Funder>().Where(funder => outcome.Shares[(int)funder] != 0).ToDictionary(funder => funder.ToString(), funder => outcome.Shares[(int)funder]),
        },
        Hangul);
}
