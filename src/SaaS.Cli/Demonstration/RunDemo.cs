using System.CommandLine;
using System.Text.Json;
using SaaS.Platform.Ledger;
using SaaS.Platform.Oversight;

namespace SaaS.Cli.Demonstration;

/// <summary><c>saas demo</c>: the whole way, from application to the last tranche, through real HTTP, jobs and ledger.</summary>
internal static class RunDemo
{
    private const string About = """
        씨앗 사례와 그 밖의 사례를 신청부터 마지막 지급까지 실제 HTTP·작업·원장으로 진행하고, 재원별 금액을 원장에서 읽어 보여 줍니다.
        Walks the cases of the seed from application to the last tranche through real HTTP, jobs and ledger, and prints every funder's won
        as read from the ledger. Ends with `ledger verify`. Exit 1 when a figure differs from what the shares say.
        """;

    public static Command Create()
    {
        var url = new Option<Uri>("--url") { Description = "실행 중인 주소 / The running instance; default SAAS_URL, else http://127.0.0.1:SAAS_PORT" };
        var file = new Option<FileInfo[]>("--case") { Description = CaseFile.Help, AllowMultipleArgumentsPerToken = true };
        var patience = new Option<int>("--timeout") { Description = "한 단계를 기다리는 시간(초) / Seconds to wait for a step", DefaultValueFactory = _ => 60 };
        var json = new Option<bool>("--json") { Description = "결과를 JSON 한 줄로 / Prints one line of JSON" };
        var quiet = new Option<bool>("--quiet") { Description = "진행 상황을 쓰지 않습니다 / Says nothing about progress" };
        var command = new Command("demo", About) { url, file, patience, json, quiet };
        command.Subcommands.Add(SignIns.Create());
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(url) ?? Address(), parsed.GetValue(file) ?? [], TimeSpan.FromSeconds(parsed.GetValue(patience)), parsed.GetValue(json), parsed.GetValue(quiet), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Uri address, FileInfo[] files, TimeSpan patience, bool json, bool quiet, CancellationToken cancellationToken)
    {
        try
        {
            var people = DemoPeople.Read(SourceFolder.Find("tenants"));
            IReadOnlyList<DemoCase> cases = SeedCases.All;
            if (files.Length > 0)
            {
                var own = new List<DemoCase>();
                foreach (var file in files)
                {
                    own.AddRange(await CaseFile.ApplyAsync(file, cancellationToken));
                }

                cases = own;
            }

            using var sessions = new HttpSessions(address);
            var wrong = await WalkAsync(cases, people, sessions, patience, json, quiet, cancellationToken);
            var kosmo = await sessions.OfAsync(people.With("Operator").First().User, cancellationToken);
            var report = await kosmo.GetAsync<VerifyLedger.Report>("/api/oversight/ledger", cancellationToken);
            return await Ledger.PrintAsync(report) == 0 && wrong == 0 ? 0 : 1;
        }
        catch (DemoFailureException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static async Task<int> WalkAsync(
        IReadOnlyList<DemoCase> cases, DemoPeople people, HttpSessions sessions, TimeSpan patience, bool json, bool quiet, CancellationToken cancellationToken)
    {
        var walk = new WalkCase(people, sessions, patience, line =>
        {
            if (!quiet)
            {
                Console.Error.WriteLine(line);
            }
        });
        var wrong = 0;
        foreach (var walked in cases)
        {
            var (money, closed) = await walk.RunAsync(walked, cancellationToken);
            var differences = CaseTable.Differences(walked, money);
            wrong += differences.Count;
            await Console.Out.WriteLineAsync(json ? Line(walked, money, closed, differences) : CaseTable.Print(walked, money, closed));
            foreach (var difference in differences)
            {
                await Console.Error.WriteLineAsync($"{walked.Ko}: {difference}");
            }
        }

        return wrong;
    }

    private static string Line(DemoCase walked, ViewCaseMoney.CaseMoney money, string? closed, IReadOnlyList<string> differences) => JsonSerializer.Serialize(
        new
        {
            walked.Ko,
            walked.En,
            money.ReceiptNumber,
            Status = money.Status.ToString(),
            RefusedBeforeGrant = closed,
            walked.Total,
            Funders = money.Funders.Select(funder => new { Funder = funder.Funder.ToString(), Amount = funder.Paid + funder.InKind, funder.InKind, funder.Tranches }),
            Differences = differences,
        },
        JsonSerializerOptions.Web);

    private static Uri Address() => new(Environment.GetEnvironmentVariable("SAAS_URL") is { Length: > 0 } address
        ? address
        : $"http://127.0.0.1:{Environment.GetEnvironmentVariable("SAAS_PORT") ?? "8080"}");
}
