using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Audit;
using SaaS.Platform.Refusals;
using SaaS.Platform.Workflows;
using SaaS.Workflows.Runtime;

namespace SaaS.IntegrationTests.Workflows;

/// <summary>A workflow that failed as a whole goes on from the step that failed, when somebody of the staff wants it.</summary>
public sealed class RetryTests(PlatformFixture platform)
{
    private const string Tenant = "jeonnam";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_goes_on_from_the_step_that_failed_and_nothing_before_it_is_done_again()
    {
        var season = await Season.OpenAsync(platform);
        var id = await platform.StartAsync(Tenant, await platform.PublishAsync(Tenant, Plain.Sequence(
            "calling", Plain.Publish("tell", "Begun"), Plain.Activity("Elsa.ExecuteWorkflow", "call", ("workflowDefinitionId", "String", "later")), Plain.Event("wait", "Go on"))));
        Assert.Equal(("Faulted", InstanceTrouble.Faulted), await StandAsync(id));

        var inVain = await RetryAsync(season, "jeonnam.officer", id);
        await platform.PublishAsync(Tenant, Plain.Sequence("later", Plain.Line("say", "here")));
        var wrongRole = await RetryAsync(season, "jeonnam.finance", id);
        var retried = await RetryAsync(season, "jeonnam.officer", id);
        var again = await RetryAsync(season, "jeonnam.officer", id);

        Assert.True(inVain.IsDone(out var still));
        Assert.Equal("Faulted", still!.SubStatus);
        Assert.Equal(["role-missing"], wrongRole.WhyNot.Select(reason => reason.Code));
        Assert.True(retried.IsDone(out var goneOn));
        Assert.Equal(("Suspended", 0), (goneOn!.SubStatus, goneOn.Jobs));
        Assert.Equal(["nothing-failed"], again.WhyNot.Select(reason => reason.Code));
        Assert.Equal(("Suspended", null), await StandAsync(id));
        Assert.Equal(["tell", "call"], await platform.CompletedAsync(Tenant, id));
        await using var db = platform.Planes.OpenTenant(Tenant);
        Assert.Equal(1, await db.Outbox.CountAsync(message => message.Kind == "publish-event", Cancelled));
        Assert.Equal(2, await db.Set<WorkflowJournalLine>().CountAsync(line => line.InstanceId == id && line.Event == nameof(JournalEvent.Faulted), Cancelled));
        Assert.Equal(2, await db.Set<AuditEntry>().CountAsync(entry => entry.Action == "workflow.retried" && entry.SubjectId == id, Cancelled));
    }

    [Fact]
    public async Task Of_ten_who_retry_it_at_once_one_does()
    {
        var season = await Season.OpenAsync(platform);
        var id = await FaultedAsync();
        await platform.PublishAsync(Tenant, Plain.Sequence("later", Plain.Line("say", "here")));

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RetryAsync(season, "jeonnam.officer", id)));

        Assert.Single(answers, answer => answer.WhyNot.Count == 0);
        Assert.Equal(9, answers.Count(answer => answer.WhyNot is [{ Code: "nothing-failed" }]));
        Assert.Single(await platform.InstancesAsync(Tenant, "later"));
        Assert.Equal("Finished", (await platform.InstanceAsync(Tenant, id)).SubStatus);
    }

    [Fact]
    public async Task The_viewer_offers_it_only_where_it_can_be_done_and_the_archive_waits_for_its_new_end()
    {
        var season = await Season.OpenAsync(platform);
        var id = await FaultedAsync();
        var finished = await platform.StartAsync(Tenant, await platform.PublishAsync(Tenant, Plain.Sequence("short", Plain.Line("say", "done"))));
        Assert.Equal((true, false), (await CanRetryAsync(season, id), await CanRetryAsync(season, finished)));

        platform.Clock.Advance(Duration.FromDays(300));
        await season.RunJobsAsync();
        await platform.PublishAsync(Tenant, Plain.Sequence("later", Plain.Line("say", "here")));
        Assert.Empty((await RetryAsync(season, "jeonnam.approver", id)).WhyNot);
        platform.Clock.Advance(Duration.FromDays(100));
        await season.RunJobsAsync();

        var instance = await platform.InstanceAsync(Tenant, id);
        Assert.Equal(("Finished", false, platform.Clock.GetCurrentInstant() - Duration.FromDays(100)), (instance.SubStatus, instance.IsArchived, instance.FinishedAt!.Value));
        Assert.True((await platform.InstanceAsync(Tenant, finished)).IsArchived);
    }

    private async Task<Guid> FaultedAsync() => await platform.StartAsync(Tenant, await platform.PublishAsync(Tenant, Plain.Sequence(
        "calling", Plain.Activity("Elsa.ExecuteWorkflow", "call", ("workflowDefinitionId", "String", "later")))));

    private static Task<Outcome<RetryInstance.Response>> RetryAsync(Season season, string user, Guid id)
        => season.AsAsync(user, "/t/jeonnam", (RetryInstance retry) => retry.RunAsync(id, Cancelled));

    private static async Task<bool> CanRetryAsync(Season season, Guid id)
    {
        Assert.True((await season.AsAsync("jeonnam.officer", "/t/jeonnam", (ViewInstance view) => view.RunAsync(id, Cancelled))).IsDone(out var detail));
        return detail!.CanRetry;
    }

    private async Task<(string SubStatus, InstanceTrouble? Trouble)> StandAsync(Guid id)
    {
        var instance = await platform.InstanceAsync(Tenant, id);
        return (instance.SubStatus, instance.Trouble);
    }
}
