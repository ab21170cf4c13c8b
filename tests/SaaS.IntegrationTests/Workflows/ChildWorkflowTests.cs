using System.Text.Json.Nodes;
using NodaTime;
using SaaS.Platform.Workflows;

namespace SaaS.IntegrationTests.Workflows;

/// <summary>Workflows that run other workflows of their tenant.</summary>
public sealed class ChildWorkflowTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Elsa.ExecuteWorkflow")]
    [InlineData("Elsa.DispatchWorkflow")]
    public async Task Who_waits_for_another_workflow_goes_on_when_that_one_ends(string type)
    {
        var season = await Season.OpenAsync(platform);
        await platform.PublishAsync("jeonnam", Plain.Sequence("child", Plain.Delay("wait", "00:10:00")));
        var version = await platform.PublishAsync("jeonnam", Plain.Sequence("parent", Running(type, "child", wait: true), Plain.Line("say", "done")));
        var parent = await platform.StartAsync("jeonnam", version);
        await season.RunJobsAsync();

        var child = Assert.Single(await platform.InstancesAsync("jeonnam", "child"));
        Assert.Equal((parent, "Suspended"), (child.ParentInstanceId!.Value, child.SubStatus));
        Assert.Equal("Suspended", (await platform.InstanceAsync("jeonnam", parent)).SubStatus);
        platform.Clock.Advance(Duration.FromMinutes(10));
        await season.RunJobsAsync();

        Assert.Equal("Finished", (await platform.InstanceAsync("jeonnam", child.Id)).SubStatus);
        Assert.Equal("Finished", (await platform.InstanceAsync("jeonnam", parent)).SubStatus);
    }

    [Theory]
    [InlineData("Elsa.ExecuteWorkflow")]
    [InlineData("Elsa.DispatchWorkflow")]
    public async Task Who_does_not_wait_ends_first(string type)
    {
        var season = await Season.OpenAsync(platform);
        await platform.PublishAsync("jeonnam", Plain.Sequence("child", Plain.Delay("wait", "00:10:00")));
        var version = await platform.PublishAsync("jeonnam", Plain.Sequence("parent", Running(type, "child", wait: false)));
        var parent = await platform.StartAsync("jeonnam", version);
        await season.RunJobsAsync();

        Assert.Equal("Finished", (await platform.InstanceAsync("jeonnam", parent)).SubStatus);
        Assert.Equal("Suspended", Assert.Single(await platform.InstancesAsync("jeonnam", "child")).SubStatus);
    }

    [Fact]
    public async Task Who_waits_for_many_goes_on_with_the_last_of_them()
    {
        var season = await Season.OpenAsync(platform);
        await platform.PublishAsync("jeonnam", Plain.Sequence("child", Plain.Event("wait", "Go"), Plain.Line("say", "gone")));
        var bulk = Running("Elsa.BulkDispatchWorkflows", "child", wait: true);
        bulk["items"] = new JsonObject { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = """["a", "b", "c"]""" } };
        var version = await platform.PublishAsync("jeonnam", Plain.Sequence("parent", bulk));
        var parent = await platform.StartAsync("jeonnam", version);
        await season.RunJobsAsync();
        Assert.Equal(3, (await platform.InstancesAsync("jeonnam", "child")).Count);
        Assert.Equal("Suspended", (await platform.InstanceAsync("jeonnam", parent)).SubStatus);

        await platform.StartAsync("jeonnam", await platform.PublishAsync("jeonnam", Plain.Sequence("publisher", Plain.Publish("p", "Go"))));
        await season.RunJobsAsync();

        Assert.All(await platform.InstancesAsync("jeonnam", "child"), child => Assert.Equal("Finished", child.SubStatus));
        Assert.Equal("Finished", (await platform.InstanceAsync("jeonnam", parent)).SubStatus);
    }

    [Fact]
    public async Task A_workflow_of_another_tenant_cannot_be_run()
    {
        var season = await Season.OpenAsync(platform);
        await platform.PublishAsync("gyeongnam", Plain.Sequence("child", Plain.Line("say", "secret")));
        var version = await platform.PublishAsync("jeonnam", Plain.Sequence("parent", Running("Elsa.ExecuteWorkflow", "child", wait: true)));
        var parent = await platform.StartAsync("jeonnam", version);
        await season.RunJobsAsync();

        var instance = await platform.InstanceAsync("jeonnam", parent);
        Assert.Equal(("Faulted", InstanceTrouble.Faulted), (instance.SubStatus, instance.Trouble));
        Assert.Empty(await platform.InstancesAsync("gyeongnam", "child"));
    }

    [Fact]
    public async Task A_workflow_used_as_an_activity_stays_as_it_was_when_its_user_was_published()
    {
        var season = await Season.OpenAsync(platform);
        await platform.PublishAsync("jeonnam", Usable(Plain.Delay("old", "00:10:00")));
        var version = await platform.PublishAsync("jeonnam", Plain.Sequence("parent", Using("used"), Plain.Line("say", "done")));
        var parent = await platform.StartAsync("jeonnam", version);
        await platform.PublishAsync("jeonnam", Usable(Plain.Line("new", "at once")));

        // Another process, which has compiled nothing yet, takes over.
        await using var fresh = platform.Compose();
        var later = await platform.StartAsync("jeonnam", version, services: fresh);
        platform.Clock.Advance(Duration.FromMinutes(10));
        await season.RunJobsAsync();

        foreach (var id in new[] { parent, later })
        {
            Assert.Contains("old", await platform.CompletedAsync("jeonnam", id));
            Assert.Equal("Finished", (await platform.InstanceAsync("jeonnam", id)).SubStatus);
        }

        var newer = await platform.PublishAsync("jeonnam", Plain.Sequence("parent", Using("used"), Plain.Line("say", "done")));
        Assert.Contains("new", await platform.CompletedAsync("jeonnam", await platform.StartAsync("jeonnam", newer)));
    }

    private static JsonObject Usable(JsonObject activity)
    {
        var definition = Plain.Sequence("used", activity);
        definition["options"] = new JsonObject { ["usableAsActivity"] = true };
        return definition;
    }

    private static JsonObject Using(string definitionId)
    {
        var activity = Plain.Activity("Used", "use");
        activity["workflowDefinitionId"] = definitionId;
        return activity;
    }

    private static JsonObject Running(string type, string definitionId, bool wait) => Plain.Activity(
        type, "run", ("workflowDefinitionId", "String", definitionId), ("waitForCompletion", "Boolean", wait ? "true" : "false"));
}
