using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SaaS.Platform.Workflows;

namespace SaaS.IntegrationTests.Workflows;

public sealed class TimerTests(PlatformFixture platform)
{
    private static readonly Instant Tomorrow = Instant.FromUtc(2025, 3, 5, 9, 0);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_workflow_that_waits_goes_on_at_the_very_moment_and_not_before()
    {
        var season = await Season.OpenAsync(platform);
        var version = await platform.PublishAsync("jeonnam", Plain.Sequence("reminder", Plain.Delay("wait", "00:10:00"), Plain.Line("say", "it is time")));
        var id = await platform.StartAsync("jeonnam", version);

        platform.Clock.Advance(Duration.FromMinutes(10) - Duration.FromMilliseconds(1));
        Assert.Empty(await season.RunJobsAsync());
        Assert.Equal("Suspended", (await platform.InstanceAsync("jeonnam", id)).SubStatus);
        platform.Clock.Advance(Duration.FromMilliseconds(1));
        Assert.Equal([TimerJob.Kind], await season.RunJobsAsync());

        Assert.Equal("Finished", (await platform.InstanceAsync("jeonnam", id)).SubStatus);
        Assert.Equal(["wait", "say", "root", "Workflow1"], await platform.CompletedAsync("jeonnam", id));
    }

    [Theory]
    [InlineData("Elsa.Timer", "interval", "TimeSpan", "1.09:00:00")]
    [InlineData("Elsa.Cron", "cronExpression", "String", "0 0 9 * * *")]
    [InlineData("Elsa.StartAt", "dateTime", "DateTimeOffset", "2025-03-05T18:00:00+09:00")]
    public async Task Each_kind_of_timer_waits_in_the_database(string type, string input, string inputType, string value)
    {
        var season = await Season.OpenAsync(platform);
        var version = await platform.PublishAsync("jeonnam", Plain.Sequence("timed", Plain.Line("first", "a"), Plain.Activity(type, "wait", (input, inputType, value)), Plain.Line("last", "b")));
        var id = await platform.StartAsync("jeonnam", version);

        Assert.Equal(type == "Elsa.Cron" ? Instant.FromUtc(2025, 3, 4, 9, 0) : Tomorrow, await DueAsync(id));
        platform.Clock.Reset(Tomorrow);
        await season.RunJobsAsync();

        Assert.Equal("Finished", (await platform.InstanceAsync("jeonnam", id)).SubStatus);
    }

    [Fact]
    public async Task Ten_runs_of_the_same_timer_at_once_go_on_once()
    {
        await Season.OpenAsync(platform);
        var version = await platform.PublishAsync("jeonnam", Plain.Sequence("reminder", Plain.Delay("wait", "00:10:00"), Plain.Delay("again", "00:10:00")));
        var id = await platform.StartAsync("jeonnam", version);
        platform.Clock.Advance(Duration.FromMinutes(10));
        var message = Assert.Single(await OpenAsync());

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RunAsync(message)));

        Assert.Equal(["wait"], await platform.CompletedAsync("jeonnam", id));
        Assert.Equal(2, (await platform.InstanceAsync("jeonnam", id)).Revision);
    }

    [Fact]
    public async Task Of_many_timers_that_are_due_together_one_job_takes_others_along()
    {
        await Season.OpenAsync(platform);
        var version = await platform.PublishAsync("jeonnam", Plain.Sequence("reminder", Plain.Delay("wait", "00:10:00")));
        for (var i = 0; i < 30; i++)
        {
            await platform.StartAsync("jeonnam", version);
        }

        platform.Clock.Advance(Duration.FromMinutes(10));
        await RunAsync((await OpenAsync())[0]);
        var left = await OpenAsync();
        foreach (var message in left)
        {
            await RunAsync(message);
        }

        Assert.InRange(left.Count, 0, 28);
        await using var db = platform.Planes.OpenTenant("jeonnam");
        Assert.Equal(30, await db.Set<WorkflowInstance>().CountAsync(instance => instance.SubStatus == "Finished" && instance.Revision == 2, Cancelled));
    }

    private async Task<Instant?> DueAsync(Guid instance)
    {
        await using var db = platform.Planes.OpenTenant("jeonnam");
        return await db.Set<WorkflowBookmark>().Where(bookmark => bookmark.InstanceId == instance).Select(bookmark => bookmark.DueAt).SingleAsync(Cancelled);
    }

    private async Task<IReadOnlyList<Guid>> OpenAsync()
    {
        await using var db = platform.Planes.OpenTenant("jeonnam");
        return await db.Outbox.Where(message => message.Kind == TimerJob.Kind && message.DoneAt == null).Select(message => message.Id).ToListAsync(Cancelled);
    }

    private async Task RunAsync(Guid message)
    {
        await using var scope = platform.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TimerJob>().RunAsync("jeonnam", message, Cancelled);
    }
}
