using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Npgsql;
using SaaS.Domain.Money;
using SaaS.IntegrationTests.Disbursements;
using SaaS.IntegrationTests.Selections;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Evaluations;
using SaaS.Platform.Identity;
using SaaS.Platform.Refusals;
using SaaS.Platform.Selections;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Simulation;

namespace SaaS.IntegrationTests.Simulation;

/// <summary>
/// What a simulation says of 188 applicants to Jeollanam-do's call is what happens to them: they apply one by one, are checked at intake
/// and judged by evaluators with the scores of the file; after the call has closed they are ranked; who is selected is promised the money,
/// signs, deposits, is inspected and paid to the last tranche; for whom place or money lacks waits for the same reason. Every boundary of the
/// rules is among them.
/// </summary>
public sealed class TruthTests(PlatformFixture platform)
{
    private const string Tenant = "jeonnam";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static string Applicants => Path.Combine(Season.Tenants, "..", "tests", "SaaS.IntegrationTests", "Simulation", "applicants-2025.csv");

    [Theory]
    [InlineData("1000000000000", "1000000000000", "1000000000000")]
    [InlineData("800000000", "600000000", "150000000")]
    public async Task Verdict_tier_result_and_won_of_188_applicants_are_as_simulated_to_the_last_tranche(string national, string province, string yeosu)
    {
        var simulated = Simulate([$"National@ADV={national}", $"Province={province}", $"Municipality@46130={yeosu}"]);
        var season = await Season.OpenAsync(platform);
        await Round.SelectAsync(season, "AfterClosing", "Skip");
        await season.GrantAsync(Tenant);
        await BudgetAsync(("National", "KOSMO", national), ("Province", "Jeollanam-do", province), ("Municipality", "Yeosu", yeosu));
        var template = await season.RequestAsync("namdo", Tenant, 100_000_000);
        var rows = await File.ReadAllLinesAsync(Applicants, Cancelled);
        var columns = rows[0].Split(',').Select((name, at) => (name, at)).ToDictionary(column => column.name, column => column.at);
        var user = await season.UserAsync("namdo");
        var call = await season.CallIdAsync(Tenant, "2025-1");
        var accepted = new Dictionary<Guid, (FirmOutcome Expected, int Score)>();

        foreach (var (row, expected) in rows.Skip(1).Select(row => row.Split(',')).Zip(simulated))
        {
            string Cell(string column) => row[columns[column]];
            Assert.Equal(Cell("id"), expected.Id);
            var (firm, facility) = await FoundAsync(row, columns);
            platform.Clock.Advance(Duration.FromSeconds(1));
            var outcome = await SubmitAsync(firm, user, call, template with
            {
                FacilityId = facility,
                TotalCost = long.Parse(Cell("totalCost"), CultureInfo.InvariantCulture),
                RequestedTier = Cell("requestedTier") is { Length: > 0 } tier ? tier : null,
                Equipment = Cell("equipment").Split(';', StringSplitOptions.RemoveEmptyEntries),
            });

            if (!outcome.IsDone(out var receipt))
            {
                Assert.True(expected.Tier is null, $"{expected.Id} was simulated to pass, and was refused: {string.Join(' ', outcome.WhyNot.Select(why => why.Code))}");
                Assert.Equal(expected.Reasons.Distinct().Order(), outcome.WhyNot.Select(why => why.Code).Distinct().Order());
                continue;
            }

            var application = await season.ApplicationAsync(Tenant, receipt!.ApplicationId);
            Assert.True(expected.Tier is not null, $"{expected.Id} was simulated to be refused ({expected.Verdict}), and was accepted.");
            Assert.Equal("Eligible", expected.Verdict);
            Assert.Equal(expected.Tier, application.Tier);
            var shares = await season.SharesAsync(Tenant, application.Id);
            Assert.Equal(Enum.GetValues<Funder>().Select(funder => expected.Shares[(int)funder]), Enum.GetValues<Funder>().Select(funder => shares.GetValueOrDefault(funder)));
            accepted[application.Id] = (expected, int.Parse(Cell("score"), CultureInfo.InvariantCulture));
        }

        Assert.Equal(188, simulated.Count);
        Assert.Equal(simulated.Count(firm => firm.Tier is not null), accepted.Count);
        await season.RunJobsAsync();
        await JudgeAsync(season, accepted.ToDictionary(each => each.Key, each => each.Value.Score));
        platform.Clock.Reset(Instant.FromUtc(2025, 4, 4, 9, 0));
        await season.RunJobsAsync();
        await using var db = platform.Planes.OpenTenant(Tenant);
        var statuses = await db.Set<GrantApplication>().AsNoTracking().ToDictionaryAsync(application => application.Id, application => application.Status, Cancelled);
        foreach (var (id, (expected, _)) in accepted)
        {
            // A project so small that its public parts round to nothing has nobody to ask before its agreement.
            var isSelected = statuses[id] is ApplicationStatus.AwaitingCommitment or ApplicationStatus.AwaitingAgreement;
            Assert.Equal((expected.Id, expected.IsSupported ? "selected" : expected.Result), (expected.Id, isSelected ? "selected" : $"{statuses[id]}"));
        }

        var waiting = await db.Set<Candidate>().AsNoTracking().Where(candidate => candidate.Standing == CandidateStanding.Waiting).ToListAsync(Cancelled);
        Assert.Equal(
            accepted.Values.Where(each => each.Expected.Result == "Waitlisted").Select(each => (each.Expected.Id, Said(each.Expected.Reasons[0]))).Order(),
            waiting.Select(candidate => (accepted[candidate.ApplicationId].Expected.Id, candidate.WhyWaiting()[0].Code)).Order());

        var everybody = new Everybody(season, Tenant);
        await everybody.SayYesAsync();

        var ended = await db.Set<GrantApplication>().AsNoTracking().ToDictionaryAsync(application => application.Id, application => application.Status, Cancelled);
        var ledger = await everybody.LedgerAsync();
        foreach (var (id, (expected, _)) in accepted)
        {
            var (paid, setAside) = ledger.GetValueOrDefault(id, ([], 0));
            Assert.Equal((expected.Id, expected.Result), (expected.Id, ended[id].ToString()));
            Assert.Equal((expected.Id, WonOf(expected)), (expected.Id, WonOf(paid)));
            Assert.Equal((expected.Id, 0), (expected.Id, setAside));
        }

        foreach (var funder in Enum.GetValues<Funder>())
        {
            Assert.Equal(
                (funder, simulated.Where(firm => firm.IsSupported).Sum(firm => firm.Shares[(int)funder])),
                (funder, ledger.Values.Sum(each => each.Paid.GetValueOrDefault(funder))));
        }

        await season.VerifyAsync();
        Assert.Contains(accepted.Values, each => each.Expected is { IsSupported: true, Tier: "BASIC" });
        Assert.Contains(accepted.Values, each => each.Expected is { IsSupported: true, Tier: "ADV" });
        Assert.Contains(accepted.Values, each => each.Expected is { IsSupported: false, Result: "NotSelected" });
        Assert.Contains(accepted.Values, each => each.Expected is { IsSupported: false, Result: "Waitlisted" });
    }

    /// <summary>The simulation's word for what lacks, as the waiting list says it.</summary>
    private static string Said(string lacks) => lacks switch
    {
        "budget:National@ADV" => "CENTRAL",
        "budget:Province" => "PROVINCE",
        "budget:Municipality@46130" => "CITY:Yeosu",
        _ => "QUOTA",
    };

    /// <summary>What a firm was simulated to get: nothing, where it is not supported.</summary>
    private static string WonOf(FirmOutcome expected) => WonOf(Enum.GetValues<Funder>().ToDictionary(funder => funder, funder => expected.IsSupported ? expected.Shares[(int)funder] : 0));

    private static string WonOf(Dictionary<Funder, long> won) => string.Join(' ', won.Where(each => each.Value != 0).OrderBy(each => each.Key).Select(each => $"{each.Key} {each.Value}"));

    private async Task BudgetAsync(params (string Funder, string Body, string Won)[] lines)
    {
        await using var admin = await platform.OpenAdminAsync();
        await PlatformFixture.ExecuteAsync(admin, $"update budget_lines set appropriated = 1000000000000 where tenant_id = '{Tenant}'");
        foreach (var (funder, body, won) in lines)
        {
            await PlatformFixture.ExecuteAsync(
                admin,
                $"update budget_lines set appropriated = {won} where tenant_id = '{Tenant}' and funder = '{funder}' and funder_organisation_id in (select id from organisations where en = '{body}')");
        }
    }

    private static List<FirmOutcome> Simulate(string[] budgets)
    {
        var definition = WorkflowDefinition.Parse(File.ReadAllText(Path.Combine(Season.Tenants, Tenant, "programmes", "food-2025.json"))).Required;
        var plan = new SimulationPlan(CompiledWorkflow.Compile(definition), SimulationPolicy.Parse(["evaluation=rank:score>=60"], [], budgets), PlatformFixture.Start);
        Assert.Null(plan.WhyNotByTables);
        var outcomes = new List<FirmOutcome>();
        using var file = File.OpenRead(Applicants);
        FirmSimulation.Run(plan, file, FirmFormat.Csv, outcomes.Add, Cancelled);
        return outcomes;
    }

    private async Task<(Guid Firm, Guid Facility)> FoundAsync(string[] row, Dictionary<string, int> columns)
    {
        var (firm, facility) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var connection = await platform.OpenAdminAsync();
        await using var batch = new NpgsqlBatch(connection);
        Add("insert into organisations (id, kind, ko, en) values ($1, 'Firm', $2, $2)", firm, row[columns["id"]]);
        Add(
            "insert into firms (organisation_id, employees, revenue, ksic, level, tax_arrears, banned) values ($1, $2, $3, $4, $5, $6, $7)",
            firm, Number("employees") is { } people ? (int)people : DBNull.Value, Number("revenue") is { } won ? won : DBNull.Value,
            row[columns["ksic"]], (int)Number("level")!, row[columns["taxArrears"]] == "true", row[columns["banned"]] == "true");
        Add(
            "insert into facilities (id, firm_id, name, region_code, municipality_code, address) values ($1, $2, '공장', $3, $4, '')",
            facility, firm, row[columns["region"]], row[columns["municipality"]]);
        await batch.ExecuteNonQueryAsync(Cancelled);
        return (firm, facility);

        long? Number(string column) => row[columns[column]] is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

        void Add(string sql, params object[] values)
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
            batch.BatchCommands.Add(command);
        }
    }

    private async Task<Outcome<ApplicationReceipt>> SubmitAsync(Guid firm, Guid user, Guid call, ApplicationRequest request)
    {
        await using var scope = platform.Services.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<CurrentActor>();
        actor.Context = new PlaneContext(Plane.Company, null, firm, user);
        actor.Roles = new HashSet<MemberRole> { MemberRole.Representative };
        return await scope.ServiceProvider.GetRequiredService<SubmitApplication>().RunAsync(call, request, Guid.NewGuid().ToString(), Cancelled);
    }

    private static async Task JudgeAsync(Season season, Dictionary<Guid, int> scores)
    {
        var judged = 0;
        foreach (var evaluator in new[] { "evaluator1", "evaluator2" })
        {
            foreach (var review in await season.AsAsync(evaluator, "/assess", (ListEvaluations list) => list.RunAsync(Cancelled)))
            {
                var view = await season.AsAsync(evaluator, "/assess", (ViewEvaluation operation) => operation.RunAsync(review.Id, Cancelled));
                Assert.True(view.IsDone(out var open));
                var left = scores[review.ApplicationId];
                var points = new Dictionary<string, int?>();
                foreach (var criterion in open!.Criteria)
                {
                    points[criterion.Code] = Math.Min(criterion.Weight, left);
                    left -= Math.Min(criterion.Weight, left);
                }

                var outcome = await season.AsAsync(evaluator, "/assess", (ScoreEvaluation score) => score.RunAsync(review.Id, new(false, points, "의견"), Cancelled));
                Assert.Empty(outcome.WhyNot);
                judged++;
            }
        }

        Assert.Equal(scores.Count, judged);
    }
}
