using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Workflows;

namespace SaaS.IntegrationTests.Workflows;

/// <summary>Workflows that tell each other something: inside a tenant, and never across.</summary>
public sealed class EventTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_lets_everybody_go_on_who_waits_for_it_in_the_tenant_and_nobody_elsewhere()
    {
        var season = await Season.OpenAsync(platform);
        var listener = Plain.Sequence("listener", Plain.Event("wait", "Paid"), Plain.Line("say", "thanks"));
        var here = await platform.PublishAsync("jeonnam", listener);
        var there = await platform.PublishAsync("gyeongnam", listener);
        var ours = new[] { await platform.StartAsync("jeonnam", here, "a"), await platform.StartAsync("jeonnam", here, "b") };
        var theirs = await platform.StartAsync("gyeongnam", there, "a");

        await PublishAsync(season, Plain.Publish("p", "Paid"));

        foreach (var id in ours)
        {
            Assert.Equal("Finished", (await platform.InstanceAsync("jeonnam", id)).SubStatus);
        }

        Assert.Equal("Suspended", (await platform.InstanceAsync("gyeongnam", theirs)).SubStatus);
    }

    [Fact]
    public async Task An_event_with_a_correlation_id_is_heard_by_those_alone_who_carry_it()
    {
        var season = await Season.OpenAsync(platform);
        var version = await platform.PublishAsync("jeonnam", Plain.Sequence("listener", Plain.Event("wait", "Paid")));
        var a = await platform.StartAsync("jeonnam", version, "a");
        var b = await platform.StartAsync("jeonnam", version, "b");

        await PublishAsync(season, Plain.Publish("p", "Paid", "b"));

        Assert.Equal("Suspended", (await platform.InstanceAsync("jeonnam", a)).SubStatus);
        Assert.Equal("Finished", (await platform.InstanceAsync("jeonnam", b)).SubStatus);
    }

    [Fact]
    public async Task An_event_also_starts_what_listens_for_it_with_its_correlation_id()
    {
        var season = await Season.OpenAsync(platform);
        await platform.PublishAsync("jeonnam", Plain.Sequence("starter", Plain.Event("paid", "Paid").Starting(), Plain.Line("say", "hello")));
        await platform.PublishAsync("gyeongnam", Plain.Sequence("starter", Plain.Event("paid", "Paid").Starting(), Plain.Line("say", "hello")));

        await PublishAsync(season, Plain.Publish("p", "Paid", "2025-7"));

        var started = Assert.Single(await platform.InstancesAsync("jeonnam", "starter"));
        Assert.Equal(("Finished", "2025-7"), (started.SubStatus, started.CorrelationId));
        Assert.Empty(await platform.InstancesAsync("gyeongnam", "starter"));
    }

    [Fact]
    public async Task Who_waits_again_for_the_same_event_waits_for_the_next_one()
    {
        var season = await Season.OpenAsync(platform);
        var version = await platform.PublishAsync("jeonnam", Plain.Sequence("listener", Plain.Event("first", "Paid"), Plain.Event("second", "Paid")));
        var id = await platform.StartAsync("jeonnam", version);

        await PublishAsync(season, Plain.Publish("p", "Paid"));
        Assert.Equal(["first"], await platform.CompletedAsync("jeonnam", id));
        await PublishAsync(season, Plain.Publish("p", "Paid"));

        Assert.Equal("Finished", (await platform.InstanceAsync("jeonnam", id)).SubStatus);
    }

    [Fact]
    public async Task A_local_event_is_heard_by_its_own_instance_alone()
    {
        var season = await Season.OpenAsync(platform);
        var version = await platform.PublishAsync("jeonnam", Plain.Sequence("self", Plain.Publish("tell", "Ready", local: true), Plain.Event("wait", "Ready")));
        var listener = await platform.PublishAsync("jeonnam", Plain.Sequence("listener", Plain.Event("wait", "Ready")));
        var other = await platform.StartAsync("jeonnam", listener);
        var self = await platform.StartAsync("jeonnam", version);

        await season.RunJobsAsync();

        Assert.Equal("Finished", (await platform.InstanceAsync("jeonnam", self)).SubStatus);
        Assert.Equal("Suspended", (await platform.InstanceAsync("jeonnam", other)).SubStatus);
    }

    [Fact]
    public async Task An_event_that_nobody_listens_for_yet_is_kept_ten_minutes()
    {
        var season = await Season.OpenAsync(platform);
        var version = await platform.PublishAsync("jeonnam", Plain.Sequence("listener", Plain.Event("wait", "Paid")));
        await PublishAsync(season, Plain.Publish("p", "Paid"));
        var soon = await platform.StartAsync("jeonnam", version);
        platform.Clock.Advance(Duration.FromMinutes(1));
        await season.RunJobsAsync();
        Assert.Equal("Finished", (await platform.InstanceAsync("jeonnam", soon)).SubStatus);

        await PublishAsync(season, Plain.Publish("p", "Paid"));
        for (var minutes = 0; minutes < 11; minutes++)
        {
            platform.Clock.Advance(Duration.FromMinutes(1));
            await season.RunJobsAsync();
        }

        var late = await platform.StartAsync("jeonnam", version);
        platform.Clock.Advance(Duration.FromMinutes(20));
        await season.RunJobsAsync();
        Assert.Equal("Suspended", (await platform.InstanceAsync("jeonnam", late)).SubStatus);
        await using var db = platform.Planes.OpenTenant("jeonnam");
        Assert.Equal(0, await db.Outbox.CountAsync(message => message.DoneAt == null && message.Kind != ArchiveInstanceJob.Kind, Cancelled));
    }

    /// <summary>A workflow of Jeonnam's publishes it.</summary>
    private async Task PublishAsync(Season season, System.Text.Json.Nodes.JsonObject publish)
    {
        var version = await platform.PublishAsync("jeonnam", Plain.Sequence("publisher", publish));
        await platform.StartAsync("jeonnam", version);
        await season.RunJobsAsync();
    }
}
