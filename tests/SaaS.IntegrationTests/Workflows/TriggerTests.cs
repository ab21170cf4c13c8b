using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SaaS.Platform.Workflows;

namespace SaaS.IntegrationTests.Workflows;

/// <summary>What starts the workflows of a tenant when nobody does.</summary>
public sealed class TriggerTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_timer_starts_an_instance_every_time_its_interval_has_passed()
    {
        var season = await Season.OpenAsync(platform);
        await platform.PublishAsync("jeonnam", Plain.Sequence("hourly", Plain.Activity("Elsa.Timer", "every", ("interval", "TimeSpan", "01:00:00")).Starting(), Plain.Line("say", "tick")));

        platform.Clock.Advance(Duration.FromHours(1) - Duration.FromMilliseconds(1));
        Assert.Empty(await season.RunJobsAsync());
        platform.Clock.Advance(Duration.FromMilliseconds(1));
        await season.RunJobsAsync();
        platform.Clock.Advance(Duration.FromHours(1));
        await season.RunJobsAsync();

        var instances = await platform.InstancesAsync("jeonnam", "hourly");
        Assert.Equal(2, instances.Count);
        Assert.All(instances, instance => Assert.Equal("Finished", instance.SubStatus));
        Assert.All(instances, instance => Assert.Null(instance.ApplicationId));
    }

    [Fact]
    public async Task Times_missed_while_nothing_ran_are_not_made_up_for()
    {
        var season = await Season.OpenAsync(platform);
        await platform.PublishAsync("jeonnam", Plain.Sequence("hourly", Plain.Activity("Elsa.Timer", "every", ("interval", "TimeSpan", "01:00:00")).Starting()));

        platform.Clock.Advance(Duration.FromHours(50));
        await season.RunJobsAsync();

        Assert.Single(await platform.InstancesAsync("jeonnam", "hourly"));
        Assert.Equal(PlatformFixture.Start + Duration.FromHours(51), Assert.Single(await TriggersAsync("jeonnam")).NextAt);
    }

    [Fact]
    public async Task A_cron_expression_and_a_moment_start_instances_at_their_time()
    {
        var season = await Season.OpenAsync(platform);
        await platform.PublishAsync("jeonnam", Plain.Sequence("mornings", Plain.Activity("Elsa.Cron", "nine", ("cronExpression", "String", "0 0 9 * * *")).Starting()));
        await platform.PublishAsync("jeonnam", Plain.Sequence("once", Plain.Activity("Elsa.StartAt", "at", ("dateTime", "DateTimeOffset", "2025-03-05T18:00:00+09:00")).Starting()));
        await platform.PublishAsync("jeonnam", Plain.Sequence("past", Plain.Activity("Elsa.StartAt", "at", ("dateTime", "DateTimeOffset", "2025-03-01T18:00:00+09:00")).Starting()));

        foreach (var day in new[] { 4, 5, 6 })
        {
            platform.Clock.Reset(Instant.FromUtc(2025, 3, day, 9, 0));
            await season.RunJobsAsync();
        }

        Assert.Equal(3, (await platform.InstancesAsync("jeonnam", "mornings")).Count);
        Assert.Single(await platform.InstancesAsync("jeonnam", "once"));
        Assert.Empty(await platform.InstancesAsync("jeonnam", "past"));
    }

    [Fact]
    public async Task A_new_version_replaces_the_triggers_of_the_old_one_and_retracting_gives_them_up()
    {
        var season = await Season.OpenAsync(platform);
        await platform.PublishAsync("jeonnam", Plain.Sequence("hourly", Plain.Activity("Elsa.Timer", "every", ("interval", "TimeSpan", "01:00:00")).Starting()));
        var second = await platform.PublishAsync("jeonnam", Plain.Sequence("hourly", Plain.Activity("Elsa.Timer", "every", ("interval", "TimeSpan", "03:00:00")).Starting()));

        platform.Clock.Advance(Duration.FromHours(2));
        await season.RunJobsAsync();
        Assert.Empty(await platform.InstancesAsync("jeonnam", "hourly"));
        platform.Clock.Advance(Duration.FromHours(1));
        await season.RunJobsAsync();
        Assert.Equal(second, Assert.Single(await platform.InstancesAsync("jeonnam", "hourly")).DefinitionVersionId);

        await using (var db = platform.Planes.OpenTenant("jeonnam"))
        {
            await WorkflowPublication.RetractedAsync(db, "hourly", Cancelled);
            await db.SaveChangesAsync(Cancelled);
        }

        platform.Clock.Advance(Duration.FromHours(10));
        await season.RunJobsAsync();
        Assert.Single(await platform.InstancesAsync("jeonnam", "hourly"));
    }

    [Theory]
    [InlineData("SingletonStrategy", new[] { "a", "b", "a" }, 1)]
    [InlineData("CorrelatedSingletonStrategy", new[] { "a", "b", "a" }, 2)]
    [InlineData("CorrelationStrategy", new[] { "a", "b", "a" }, 2)]
    [InlineData("AllowAlwaysStrategy", new[] { "a", "b", "a" }, 3)]
    public async Task An_activation_strategy_says_how_many_run_also_when_all_start_at_once(string strategy, string[] correlations, int expected)
    {
        var season = await Season.OpenAsync(platform);
        await platform.PublishAsync("jeonnam", Listening("listener").With("activationStrategyType", $"Elsa.Workflows.ActivationValidators.{strategy}, Elsa.Workflows.Core"));
        var publisher = await platform.PublishAsync("jeonnam", Plain.Sequence("publisher", [.. correlations.Select((correlation, i) => Plain.Publish($"p{i}", "Opened", correlation))]));
        await platform.StartAsync("jeonnam", publisher);
        await RunAllAsync(season, PublishEventJob.Kind);

        var starts = await OpenAsync("jeonnam", StartWorkflowJob.Kind);
        Assert.Equal(correlations.Length, starts.Count);
        await Task.WhenAll(starts.Select(start => RunOneAsync("jeonnam", start)));

        Assert.Equal(expected, (await platform.InstancesAsync("jeonnam", "listener")).Count);
    }

    [Fact]
    public async Task A_singleton_starts_again_when_the_one_before_has_ended()
    {
        var season = await Season.OpenAsync(platform);
        await platform.PublishAsync("jeonnam", Plain.Sequence("hourly", Plain.Activity("Elsa.Timer", "every", ("interval", "TimeSpan", "01:00:00")).Starting(), Plain.Delay("work", "01:30:00"))
            .With("activationStrategyType", "Elsa.Workflows.ActivationValidators.SingletonStrategy, Elsa.Workflows.Core"));

        for (var hours = 0; hours < 8; hours++)
        {
            platform.Clock.Advance(Duration.FromHours(1));
            await season.RunJobsAsync();
        }

        Assert.Equal(4, (await platform.InstancesAsync("jeonnam", "hourly")).Count);
    }

    private static JsonObject Listening(string definitionId) => Plain.Sequence(definitionId, Plain.Event("opened", "Opened").Starting(), Plain.Delay("work", "01:00:00"));

    private async Task<IReadOnlyList<PublishedTrigger>> TriggersAsync(string tenant)
    {
        await using var db = platform.Planes.OpenTenant(tenant);
        return await db.Set<PublishedTrigger>().AsNoTracking().ToListAsync(Cancelled);
    }

    private async Task<IReadOnlyList<Guid>> OpenAsync(string tenant, string kind)
    {
        await using var db = platform.Planes.OpenTenant(tenant);
        return await db.Outbox.Where(message => message.Kind == kind && message.DoneAt == null).Select(message => message.Id).ToListAsync(Cancelled);
    }

    private async Task RunAllAsync(Season season, string kind)
    {
        var registration = platform.Services.GetRequiredService<SaaS.Platform.Jobs.JobRegistry>().Find(kind)!;
        foreach (var message in await OpenAsync("jeonnam", kind))
        {
            await season.RunAsync(registration, "jeonnam", message);
        }
    }

    private async Task RunOneAsync(string tenant, Guid message)
    {
        await using var scope = platform.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<StartWorkflowJob>().RunAsync(tenant, message, Cancelled);
    }
}
