using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.IntegrationTests.Disbursements;
using SaaS.Platform.Applications;
using SaaS.Platform.Audit;
using SaaS.Platform.Refusals;
using SaaS.Platform.Workflows;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.IntegrationTests.Workflows;

/// <summary>What the tenant's staff see of running workflows, and what they may do to them.</summary>
public sealed class InstanceTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_says_where_each_workflow_waits_and_puts_those_in_trouble_first()
    {
        var season = await Season.OpenAsync(platform);
        var stranded = await StartAsync(Plain.Sequence("stage-without-case", Stage()));
        platform.Clock.Advance(Duration.FromMinutes(1));
        var faulted = await StartAsync(Plain.Sequence("failing", Plain.Activity("Elsa.Fault", "break", ("message", "String", "no paper"))));
        platform.Clock.Advance(Duration.FromMinutes(1));
        var waiting = await StartAsync(Plain.Sequence("waiting", Plain.Delay("wait", "00:10:00")));

        var result = await ListAsync(season, new());
        var trouble = await ListAsync(season, new() { State = "trouble" });

        Assert.Equal([faulted, stranded, waiting], result.Rows.Select(row => row.Id));
        Assert.Equal([InstanceTrouble.Faulted, InstanceTrouble.Stranded, null], result.Rows.Select(row => row.Trouble));
        Assert.Equal(("wait", "Elsa.Delay", platform.Clock.GetCurrentInstant() + Duration.FromMinutes(10)), result.Rows[2].Waits.Select(wait => (wait.ActivityId, wait.Name, wait.DueAt!.Value)).Single());
        Assert.Equal(2, result.InTrouble);
        Assert.Equal([faulted, stranded], trouble.Rows.Select(row => row.Id));
        Assert.Equal([waiting, stranded], (await ListAsync(season, new() { State = "running" })).Rows.OrderByDescending(row => row.StartedAt).Select(row => row.Id));
        Assert.Contains("no paper", (await ViewAsync(season, faulted)).Incidents.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_tenants_workflow_is_not_there_and_the_national_operator_sees_all()
    {
        var season = await Season.OpenAsync(platform);
        var id = await StartAsync(Plain.Sequence("waiting", Plain.Delay("wait", "00:10:00")));

        var foreign = await season.AsAsync("gyeongnam.officer", "/t/gyeongnam", (ViewInstance view) => view.RunAsync(id, Cancelled));
        var cancelled = await season.AsAsync("gyeongnam.officer", "/t/gyeongnam", (CancelInstance cancel) => cancel.RunAsync(id, new("because"), Cancelled));
        var kosmo = await season.AsAsync("kosmo.officer", "/oversight", (ViewInstance view) => view.RunAsync(id, Cancelled));

        Assert.IsType<Outcome<ViewInstance.Detail>.NotFound>(foreign);
        Assert.IsType<Outcome<CancelInstance.Response>.NotFound>(cancelled);
        Assert.True(kosmo.IsDone(out var detail));
        Assert.Equal("jeonnam", detail!.Row.Tenant);
        Assert.Equal("Suspended", (await platform.InstanceAsync("jeonnam", id)).SubStatus);
    }

    [Fact]
    public async Task A_cancelled_workflow_waits_for_nothing_and_nobody_lets_it_go_on()
    {
        var season = await Season.OpenAsync(platform);
        var id = await StartAsync(Plain.Sequence("waiting", Plain.Delay("wait", "00:10:00"), Plain.Line("say", "never")));
        var bookmark = (await BookmarksAsync(id)).Single();

        var unreasoned = await CancelAsync(season, "jeonnam.officer", id, " ");
        var wrongRole = await CancelAsync(season, "jeonnam.finance", id, "중복 신청");
        var done = await CancelAsync(season, "jeonnam.officer", id, "중복 신청");
        var again = await CancelAsync(season, "jeonnam.officer", id, "중복 신청");
        platform.Clock.Advance(Duration.FromMinutes(10));
        await season.RunJobsAsync();

        Assert.Equal(["reason-missing"], unreasoned.WhyNot.Select(reason => reason.Code));
        Assert.Equal(["role-missing"], wrongRole.WhyNot.Select(reason => reason.Code));
        Assert.Empty(done.WhyNot);
        Assert.Equal(["instance-finished"], again.WhyNot.Select(reason => reason.Code));
        Assert.Equal(ResumeRefusal.Finished, await ResumeAsync(id, bookmark.Id));
        Assert.Equal("Cancelled", (await platform.InstanceAsync("jeonnam", id)).SubStatus);
        Assert.Empty(await BookmarksAsync(id));
        var journal = (await ViewAsync(season, id)).Journal;
        var officer = $"user:{await season.UserAsync("jeonnam.officer")}";
        Assert.Contains(journal, line => line.Event == "Canceled" && line.ActivityId == "wait" && line.Actor == officer);
        Assert.DoesNotContain(journal, line => line.ActivityId == "say");
        await using var db = platform.Planes.OpenTenant("jeonnam");
        Assert.Equal(1, await db.Set<AuditEntry>().CountAsync(entry => entry.Action == "workflow.cancelled" && entry.SubjectId == id, Cancelled));
    }

    [Fact]
    public async Task The_money_of_a_cancelled_case_goes_back()
    {
        var season = await Season.OpenAsync(platform);
        var application = await season.UpToAgreementAsync("baewon", "jeonnam", 100_000_000, "BASIC");
        Assert.Equal((0, 30_000_000, 0), await season.BudgetAsync("jeonnam", Funder.Province, "전라남도"));
        var instance = (await season.ApplicationAsync("jeonnam", application)).WorkflowInstanceId;

        Assert.Empty((await CancelAsync(season, "jeonnam.officer", instance, "신청 철회")).WhyNot);
        await season.RunJobsAsync();

        Assert.Equal(ApplicationStatus.Failed, (await season.ApplicationAsync("jeonnam", application)).Status);
        Assert.Equal((0, 0, 0), await season.BudgetAsync("jeonnam", Funder.Province, "전라남도"));
        await season.VerifyAsync();
    }

    [Fact]
    public async Task Of_ten_who_let_the_same_workflow_go_on_at_once_one_does_and_nine_hear_why_not()
    {
        await Season.OpenAsync(platform);
        var id = await StartAsync(Plain.Sequence("waiting", Plain.Event("first", "Paid"), Plain.Event("second", "Paid")));
        var bookmark = (await BookmarksAsync(id)).Single();

        var refusals = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ResumeAsync(id, bookmark.Id)));

        Assert.Single(refusals, refusal => refusal is null);
        Assert.Equal(9, refusals.Count(refusal => refusal == ResumeRefusal.NoSuchBookmark));
        Assert.Equal(["first"], await platform.CompletedAsync("jeonnam", id));
        Assert.Equal(2, (await platform.InstanceAsync("jeonnam", id)).Revision);
    }

    [Fact]
    public async Task Cancelling_and_going_on_at_once_end_in_one_clear_state()
    {
        var season = await Season.OpenAsync(platform);
        for (var turn = 0; turn < 5; turn++)
        {
            var id = await StartAsync(Plain.Sequence("waiting", Plain.Event("wait", "Paid"), Plain.Line("say", "on")));
            var bookmark = (await BookmarksAsync(id)).Single();

            var cancelling = CancelAsync(season, "jeonnam.officer", id, "중복");
            var going = ResumeAsync(id, bookmark.Id);
            var cancelled = (await cancelling).IsDone(out _);
            var refusal = await going;

            Assert.Equal(cancelled, refusal == ResumeRefusal.Finished);
            Assert.Equal(cancelled ? "Cancelled" : "Finished", (await platform.InstanceAsync("jeonnam", id)).SubStatus);
            Assert.Empty(await BookmarksAsync(id));
        }
    }

    [Fact]
    public async Task A_job_that_failed_for_good_is_shown_with_its_workflow_and_can_be_tried_again()
    {
        var season = await Season.OpenAsync(platform);
        var submitted = await season.SubmitAsync("baewon", "jeonnam", await season.RequestAsync("baewon", "jeonnam", 100_000_000));
        Assert.True(submitted.IsDone(out var receipt));
        await using (var admin = await platform.OpenAdminAsync())
        {
            await PlatformFixture.ExecuteAsync(admin, "update outbox set attempts = 12, dispatched_at = now() where kind = 'stage.application'");
        }

        var row = Assert.Single((await ListAsync(season, new() { State = "trouble" })).Rows);
        Assert.Equal((receipt!.ApplicationId, InstanceTrouble.JobFailed), (row.ApplicationId!.Value, row.Trouble!.Value));
        Assert.Equal("stage.application", (await ViewAsync(season, row.Id)).FailedJobs.Single().Kind);
        var retried = await season.AsAsync("jeonnam.officer", "/t/jeonnam", (RetryInstance retry) => retry.RunAsync(row.Id, Cancelled));
        var again = await season.AsAsync("jeonnam.officer", "/t/jeonnam", (RetryInstance retry) => retry.RunAsync(row.Id, Cancelled));
        await season.RunJobsAsync();

        Assert.Empty(retried.WhyNot);
        Assert.Equal(["nothing-failed"], again.WhyNot.Select(reason => reason.Code));
        Assert.Equal(ApplicationStatus.UnderEvaluation, (await season.ApplicationAsync("jeonnam", receipt.ApplicationId)).Status);
        Assert.Empty((await ListAsync(season, new() { State = "trouble" })).Rows);
    }

    [Fact]
    public async Task A_finished_workflow_is_archived_when_the_tenants_time_has_passed_and_its_journal_stays()
    {
        var season = await Season.OpenAsync(platform);
        await using (var admin = await platform.OpenAdminAsync())
        {
            await PlatformFixture.ExecuteAsync(admin, """update tenants set settings = '{"archiveAfterDays": 30}' where id = 'jeonnam'""");
        }

        var finished = await StartAsync(Plain.Sequence("short", Plain.Line("say", "done")));
        var waiting = await StartAsync(Plain.Sequence("waiting", Plain.Event("wait", "Paid")));
        platform.Clock.Advance(Duration.FromDays(1));
        await season.RunJobsAsync();
        platform.Clock.Advance(Duration.FromDays(29) - Duration.FromMilliseconds(1));
        await season.RunJobsAsync();
        Assert.False((await platform.InstanceAsync("jeonnam", finished)).IsArchived);

        platform.Clock.Advance(Duration.FromMilliseconds(1));
        await season.RunJobsAsync();

        var archived = await platform.InstanceAsync("jeonnam", finished);
        Assert.Equal((true, "{}", "Finished"), (archived.IsArchived, archived.State, archived.SubStatus));
        Assert.False((await platform.InstanceAsync("jeonnam", waiting)).IsArchived);
        var detail = await ViewAsync(season, finished);
        Assert.True(detail.IsArchived);
        Assert.Contains(detail.Journal, line => line.ActivityId == "say" && line.Event == "Completed");
        Assert.Equal(ResumeRefusal.Finished, await ResumeAsync(finished, Guid.NewGuid()));
    }

    [Fact]
    public async Task The_result_of_a_task_given_out_is_brought_in_once()
    {
        var season = await Season.OpenAsync(platform);
        var id = await StartAsync(Plain.Sequence("outside", Plain.Activity("Elsa.RunTask", "ask", ("taskName", "String", "weigh")), Plain.Line("say", "thanks")));
        var task = Json((await BookmarksAsync(id)).Single().Payload).GetProperty("taskId").GetString()!;

        var foreign = await season.AsAsync("gyeongnam.officer", "/t/gyeongnam", (CompleteWorkflowTask complete) => complete.RunAsync(task, new(Json("42")), Cancelled));
        var done = await season.AsAsync("jeonnam.officer", "/t/jeonnam", (CompleteWorkflowTask complete) => complete.RunAsync(task, new(Json("42")), Cancelled));
        await season.RunJobsAsync();
        var again = await season.AsAsync("jeonnam.officer", "/t/jeonnam", (CompleteWorkflowTask complete) => complete.RunAsync(task, new(Json("43")), Cancelled));

        Assert.IsType<Outcome<CompleteWorkflowTask.Response>.NotFound>(foreign);
        Assert.Empty(done.WhyNot);
        Assert.IsType<Outcome<CompleteWorkflowTask.Response>.NotFound>(again);
        Assert.Equal("Finished", (await platform.InstanceAsync("jeonnam", id)).SubStatus);
    }

    [Fact]
    public async Task An_event_from_outside_sent_twice_under_one_id_is_told_once()
    {
        var season = await Season.OpenAsync(platform);
        var id = await StartAsync(Plain.Sequence("waiting", Plain.Event("first", "Paid"), Plain.Event("second", "Paid")));
        var key = Guid.NewGuid();
        Task<Outcome<PublishWorkflowEvent.Response>> SendAsync(string user) => season.AsAsync(
            user, "/t/jeonnam", (PublishWorkflowEvent publish) => publish.RunAsync(new(key, "Paid", null, null), Cancelled));

        var first = await SendAsync("jeonnam.officer");
        await season.RunJobsAsync();
        var second = await SendAsync("jeonnam.officer");
        await season.RunJobsAsync();
        var wrongRole = await SendAsync("jeonnam.finance");

        Assert.True(first.IsDone(out var told) && told.IsNew);
        Assert.True(second.IsDone(out var repeated) && !repeated.IsNew);
        Assert.Equal(["role-missing"], wrongRole.WhyNot.Select(reason => reason.Code));
        Assert.Equal(["first"], await platform.CompletedAsync("jeonnam", id));
    }

    private static System.Text.Json.Nodes.JsonObject Stage()
    {
        var stage = Plain.Activity("Grant.ApplicationStage", "stage");
        stage["documents"] = new System.Text.Json.Nodes.JsonArray();
        return stage;
    }

    private static System.Text.Json.JsonElement Json(string text) => System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(text);

    private async Task<Guid> StartAsync(System.Text.Json.Nodes.JsonObject definition)
        => await platform.StartAsync("jeonnam", await platform.PublishAsync("jeonnam", definition));

    private static Task<ListInstances.Result> ListAsync(Season season, ListInstances.Query query)
        => season.AsAsync("jeonnam.officer", "/t/jeonnam", (ListInstances list) => list.RunAsync(query, Cancelled));

    private static async Task<ViewInstance.Detail> ViewAsync(Season season, Guid id)
    {
        var seen = await season.AsAsync("jeonnam.officer", "/t/jeonnam", (ViewInstance view) => view.RunAsync(id, Cancelled));
        Assert.True(seen.IsDone(out var detail));
        return detail!;
    }

    private static Task<Outcome<CancelInstance.Response>> CancelAsync(Season season, string user, Guid id, string reason)
        => season.AsAsync(user, "/t/jeonnam", (CancelInstance cancel) => cancel.RunAsync(id, new(reason), Cancelled));

    private async Task<ResumeRefusal?> ResumeAsync(Guid id, Guid bookmark)
    {
        await using var db = platform.Planes.OpenTenant("jeonnam");
        await using var transaction = await db.Database.BeginTransactionAsync(Cancelled);
        var outcome = await platform.Services.GetRequiredService<WorkflowInstances>().ResumeAsync(db, id, bookmark, Value.Undefined, "user:test", Cancelled);
        await db.SaveChangesAsync(Cancelled);
        await transaction.CommitAsync(Cancelled);
        return outcome.Refusal;
    }

    private async Task<IReadOnlyList<WorkflowBookmark>> BookmarksAsync(Guid instance)
    {
        await using var db = platform.Planes.OpenTenant("jeonnam");
        return await db.Set<WorkflowBookmark>().AsNoTracking().Where(bookmark => bookmark.InstanceId == instance).ToListAsync(Cancelled);
    }
}
