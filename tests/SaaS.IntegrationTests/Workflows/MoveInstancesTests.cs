using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SaaS.IntegrationTests.Programmes;
using SaaS.Platform.Applications;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Platform.Tasks;
using SaaS.Platform.Workflows;

namespace SaaS.IntegrationTests.Workflows;

/// <summary>Cases under way follow a newer version of their programme when an approver wants it. Jeollanam-do adds its centre's opinion after the evaluation.</summary>
public sealed class MoveInstancesTests(PlatformFixture platform) : IDisposable
{
    private readonly string copies = Directory.CreateTempSubdirectory("saas-tenants-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(copies, recursive: true);

    [Fact]
    public async Task The_dry_run_says_what_would_happen_and_changes_nothing()
    {
        var (season, application, from, to, programme) = await OpenAsync(TenantFolderTests.AskForAnOpinion);
        var before = await StandAsync(season);

        var plan = await PlanAsync(season, programme);

        Assert.True(plan.IsDone(out var found));
        Assert.Equal((1, 2, 1, 1), (found!.From!.Value, found.To!.Value, found.Running, found.Movable));
        var row = Assert.Single(found.Rows);
        Assert.Equal((application.Id, application.ReceiptNumber, true), (row.ApplicationId!.Value, row.ReceiptNumber, row.IsPossible));
        Assert.Equal(["evaluation"], row.WaitsAt);
        Assert.Contains(row.Outlook, outlook => outlook is { ActivityId: "evaluation", Outcome: "Selected", Next: ["opinion"] });
        Assert.Contains(row.Applies, difference => difference.ActivityId == "opinion");
        Assert.Equal(before, await StandAsync(season));
    }

    [Fact]
    public async Task A_moved_case_meets_the_new_step_and_does_nothing_again_that_it_has_done()
    {
        var (season, application, from, to, programme) = await OpenAsync(TenantFolderTests.AskForAnOpinion);
        var shares = await season.SharesAsync("jeonnam", application.Id);
        var evaluations = await season.CountAsync("evaluations");

        var moved = await MoveAsync(season, programme, "센터 의견을 듣기로 함");
        await season.RunJobsAsync();

        Assert.True(moved.IsDone(out var asked));
        Assert.Equal(new MoveInstances.Response(1, 0), asked);
        Assert.Equal(to, (await platform.InstanceAsync("jeonnam", application.WorkflowInstanceId)).DefinitionVersionId);
        Assert.Equal(to, (await season.ApplicationAsync("jeonnam", application.Id)).DefinitionVersionId);
        Assert.Equal(evaluations, await season.CountAsync("evaluations"));

        await TenantFolderTests.ScoreAllAsync(season);
        await season.RunJobsAsync();
        var task = Assert.Single(await season.AsAsync("centre.jnm", "/centre", (ListTasks list) => list.RunAsync(null, Cancelled)));
        Assert.Equal("센터 의견", task.TitleKo);
        Assert.Empty((await season.AsAsync("centre.jnm", "/centre", (CompleteTask complete) => complete.RunAsync(task.Id, new("Agree", null), Cancelled))).WhyNot);
        await season.RunJobsAsync();

        Assert.Equal(ApplicationStatus.AwaitingCommitment, (await season.ApplicationAsync("jeonnam", application.Id)).Status);
        Assert.Equal(shares, await season.SharesAsync("jeonnam", application.Id));
        var journal = await JournalAsync(season, application.WorkflowInstanceId);
        Assert.Equal("1 → 2", Assert.Single(journal, line => line.Event == "Moved").Outcome);
        Assert.All(journal.Where(line => line.Event == "Completed").GroupBy(line => line.ActivityId), steps => Assert.Single(steps));
        Assert.Equal(Enumerable.Range(1, journal.Count), journal.Select(line => line.Sequence));
    }

    [Fact]
    public async Task A_move_asked_for_twice_happens_once()
    {
        var (season, application, from, to, programme) = await OpenAsync(TenantFolderTests.AskForAnOpinion);

        var moves = await Task.WhenAll(MoveAsync(season, programme, "한 번"), MoveAsync(season, programme, "두 번"));
        await season.RunJobsAsync();

        Assert.All(moves, move => Assert.True(move.IsDone(out _)));
        Assert.Single(await JournalAsync(season, application.WorkflowInstanceId), line => line.Event == "Moved");
        Assert.Equal("nothing-to-move", (await MoveAsync(season, programme, "세 번")).WhyNot[0].Code);
    }

    [Fact]
    public async Task A_case_that_ended_since_the_dry_run_is_looked_at_anew_and_stays()
    {
        var (season, application, from, to, programme) = await OpenAsync(TenantFolderTests.AskForAnOpinion);
        Assert.True((await MoveAsync(season, programme, "센터 의견을 듣기로 함")).IsDone(out _));
        Assert.Empty((await season.AsAsync("jeonnam.officer", "/t/jeonnam", (CancelInstance cancel) => cancel.RunAsync(application.WorkflowInstanceId, new("신청을 거둠"), Cancelled))).WhyNot);

        await season.RunJobsAsync();

        Assert.Equal(from, (await platform.InstanceAsync("jeonnam", application.WorkflowInstanceId)).DefinitionVersionId);
        Assert.Equal(1, await season.CountAsync("audit_entries where action = 'workflow.not-moved' and details::text like '%이미 끝난 건%'"));
    }

    [Fact]
    public async Task Terms_that_a_firm_was_promised_are_not_taken_back_by_a_move()
    {
        var (season, _, _, _, programme) = await OpenAsync(definition =>
        {
            var disbursement = definition["root"]!["activities"]!.AsArray().First(activity => (string?)activity!["id"] == "agreement")!;
            disbursement["withinDays"] = 1;
        });

        var plan = await PlanAsync(season, programme);

        Assert.True(plan.IsDone(out var found));
        var row = Assert.Single(found!.Rows);
        Assert.Equal((false, "worse-for-the-firm"), (row.IsPossible, row.Findings[^1].Code));
        Assert.Equal("nothing-to-move", (await MoveAsync(season, programme, "기한을 줄임")).WhyNot[0].Code);
    }

    [Fact]
    public async Task Only_an_approver_moves_cases_says_why_and_sees_no_other_tenants_versions()
    {
        var (season, _, _, _, programme) = await OpenAsync(TenantFolderTests.AskForAnOpinion);
        MoveInstances.Request request = new(null, null, "사유");

        var officer = await season.AsAsync("jeonnam.officer", "/t/jeonnam", (MoveInstances move) => move.RunAsync(programme, request, Cancelled));
        var silent = await season.AsAsync("jeonnam.approver", "/t/jeonnam", (MoveInstances move) => move.RunAsync(programme, request with { Reason = " " }, Cancelled));
        var foreign = await season.AsAsync("gyeongnam.approver", "/t/gyeongnam", (MoveInstances move) => move.RunAsync(programme, request, Cancelled));
        var same = await PlanAsync(season, programme, 2, 2);

        Assert.Equal("role-missing", officer.WhyNot[0].Code);
        Assert.Equal(("reason-missing", "reason"), (silent.WhyNot[0].Code, silent.WhyNot[0].Where));
        Assert.IsType<Outcome<MoveInstances.Response>.NotFound>(foreign);
        Assert.Equal("not-another-version", same.WhyNot[0].Code);
    }

    /// <summary>A firm's case waits at its evaluation, and a second version of the programme is published.</summary>
    private async Task<(Season Season, GrantApplication Application, Guid From, Guid To, Guid Programme)> OpenAsync(Action<JsonNode> change)
    {
        var season = await Season.OpenAsync(platform);
        var application = await TenantFolderTests.SubmitAsync(season, "namdo");
        await season.RunJobsAsync();
        var folder = Path.Combine(copies, "jeonnam");
        Directory.CreateDirectory(Path.Combine(folder, "programmes"));
        foreach (var file in Directory.GetFiles(Path.Combine(Season.Tenants, "jeonnam"), "*.json", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(folder, Path.GetRelativePath(Path.Combine(Season.Tenants, "jeonnam"), file)));
        }

        TenantFolderTests.Edit(Path.Combine(folder, "programmes", "food-2025.json"), change);
        Assert.Empty((await season.ApplyAsync(folder)).Problems);
        await using var db = platform.Planes.OpenTenant("jeonnam");
        var to = await db.Set<DefinitionVersion>().Where(version => version.DefinitionId == "jeonnam-food-2025" && version.Version == 2).SingleAsync(Cancelled);
        return (season, application, application.DefinitionVersionId, to.Id, to.ProgrammeId);
    }

    private static Task<Outcome<PlanMoves.Response>> PlanAsync(Season season, Guid programme, int? from = null, int? to = null)
        => season.AsAsync("jeonnam.officer", "/t/jeonnam", (PlanMoves plan) => plan.RunAsync(programme, from, to, Cancelled));

    private static Task<Outcome<MoveInstances.Response>> MoveAsync(Season season, Guid programme, string reason)
        => season.AsAsync("jeonnam.approver", "/t/jeonnam", (MoveInstances move) => move.RunAsync(programme, new(1, 2, reason), Cancelled));

    private static async Task<(long Journal, long Outbox, long Audit)> StandAsync(Season season)
        => (await season.CountAsync("workflow_journal"), await season.CountAsync("outbox"), await season.CountAsync("audit_entries"));

    private static async Task<List<WorkflowJournalLine>> JournalAsync(Season season, Guid instance)
    {
        await using var db = season.Platform.Planes.OpenTenant("jeonnam");
        return await db.Set<WorkflowJournalLine>().AsNoTracking().Where(line => line.InstanceId == instance).OrderBy(line => line.Sequence).ToListAsync(Cancelled);
    }
}
