using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SaaS.Platform.Jobs;
using SaaS.Platform.Workflows;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.IntegrationTests.Workflows;

/// <summary>
/// A job goes on with an instance from what its process remembers of it, without reading it. Here are two processes on one database: what
/// one remembers may be out of date because of the other, and then no step is done twice and none is lost.
/// </summary>
public sealed class GoingOnFromMemoryTests(PlatformFixture platform) : IAsyncLifetime
{
    private const string Tenant = "jeonnam";

    private ServiceProvider here = null!;
    private ServiceProvider there = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Season.OpenAsync(platform);
        (here, there) = (platform.Compose(), platform.Compose());
    }

    public async ValueTask DisposeAsync()
    {
        await here.DisposeAsync();
        await there.DisposeAsync();
    }

    [Fact]
    public async Task A_process_that_brought_an_instance_to_its_wait_goes_on_without_reading_it()
    {
        var id = await StartAsync(Plain.Sequence("walk", Plain.Event("first", "A"), Plain.Event("second", "B"), Plain.Event("third", "C")));

        var cold = await RunAsync(here, id, "first");
        var warm = await RunAsync(here, id, "second");
        var elsewhere = await RunAsync(there, id, "third");

        Assert.Equal([false], cold);
        Assert.Equal([true], warm);
        Assert.Equal([false], elsewhere);
        Assert.Equal(["first", "second", "third"], await platform.CompletedAsync(Tenant, id, "Elsa.Event"));
        Assert.Equal(("Finished", 4), await StandAsync(id));
    }

    [Fact]
    public async Task What_is_remembered_and_out_of_date_is_noticed_when_it_is_saved_and_the_job_runs_once_more_on_what_is_there()
    {
        var id = await StartAsync(Plain.Sequence("fork", Plain.Event("first", "A"), Both(Plain.Event("left", "L"), Plain.Event("right", "R"))));
        await RunAsync(here, id, "first");
        await RunAsync(there, id, "left");

        var attempts = await RunAsync(here, id, "right");

        Assert.Equal([true, false], attempts);
        Assert.Equal(["first", "left", "right"], (await platform.CompletedAsync(Tenant, id, "Elsa.Event")).Order());
        Assert.Equal(("Finished", 4), await StandAsync(id));
    }

    [Fact]
    public async Task A_cancelled_instance_does_not_go_on_although_another_process_remembers_it_waiting()
    {
        var id = await StartAsync(Plain.Sequence("walk", Plain.Event("first", "A"), Plain.Event("second", "B")));
        await RunAsync(here, id, "first");
        var bookmark = await BookmarkAsync(id, "second");
        await using (var db = platform.Planes.OpenTenant(Tenant))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancelled);
            await there.GetRequiredService<WorkflowInstances>().CancelAsync(db, id, "user:test", Cancelled);
            await db.SaveAndCommitAsync(transaction, Cancelled);
        }

        var refusals = new List<ResumeRefusal?>();
        await RunAsync(here, id, bookmark, refusals.Add);

        Assert.Equal(ResumeRefusal.Finished, refusals[^1]);
        Assert.Equal("Cancelled", (await StandAsync(id)).SubStatus);
        Assert.Equal(["first"], await platform.CompletedAsync(Tenant, id, "Elsa.Event"));
    }

    [Fact]
    public async Task Two_processes_that_go_on_with_the_same_instances_at_once_do_every_step_once()
    {
        const int branches = 6;
        var version = await platform.PublishAsync(Tenant, Plain.Sequence(
            "wide", Plain.Event("first", "A"), Both([.. Enumerable.Range(1, branches).Select(n => Plain.Event($"branch{n}", $"B{n}"))]), Plain.Line("say", "all")));
        for (var turn = 0; turn < 5; turn++)
        {
            var id = await platform.StartAsync(Tenant, version);
            await RunAsync(turn % 2 == 0 ? here : there, id, "first");
            var bookmarks = new Dictionary<string, Guid>();
            for (var n = 1; n <= branches; n++)
            {
                bookmarks[$"branch{n}"] = await BookmarkAsync(id, $"branch{n}");
            }

            await Task.WhenAll(bookmarks.Values.SelectMany(bookmark => new[] { RunAsync(here, id, bookmark), RunAsync(there, id, bookmark) }));

            Assert.Equal([.. bookmarks.Keys, "first"], (await platform.CompletedAsync(Tenant, id, "Elsa.Event")).Order());
            Assert.Equal(["say"], await platform.CompletedAsync(Tenant, id, "Elsa.WriteLine"));
            Assert.Equal(("Finished", branches + 2), await StandAsync(id));
        }
    }

    [Fact]
    public async Task A_job_that_fails_after_it_went_on_leaves_nothing_behind_and_the_next_one_reads()
    {
        var id = await StartAsync(Plain.Sequence("walk", Plain.Event("first", "A"), Plain.Event("second", "B")));
        await RunAsync(here, id, "first");
        var second = await BookmarkAsync(id, "second");

        await Assert.ThrowsAsync<TimeoutException>(() => RunAsync(here, id, second, _ => throw new TimeoutException("The bank does not answer.")));
        Assert.Equal(("Suspended", 2), await StandAsync(id));
        var again = await RunAsync(here, id, second);

        Assert.Equal([false], again);
        Assert.Equal(("Finished", 3), await StandAsync(id));
    }

    [Fact]
    public async Task What_a_workflow_knows_is_kept_to_the_letter_also_the_order_of_an_objects_members()
    {
        var definition = Plain.Sequence(
            "order", Plain.Activity("Elsa.SetVariable", "set"), Plain.Event("wait", "A"), Plain.Activity("Elsa.SetVariable", "tell"));
        definition["variables"] = new JsonArray(Variable("facts"), Variable("text"));
        Set(definition, 0, "facts", "return { zebra: 1, ant: 2.5, bee: [3, { y: 1, x: 2 }] };");
        Set(definition, 2, "text", "JSON.stringify(getVariable('facts'))");
        definition["root"]!["activities"]!.AsArray().Add(Plain.Event("end", "B"));
        var id = await StartAsync(definition);

        await RunAsync(here, id, "wait");

        var state = InstanceState.FromJson((await platform.InstanceAsync(Tenant, id)).State);
        Assert.Equal("""{"zebra":1,"ant":2.5,"bee":[3,{"y":1,"x":2}]}""", state.Variable("text").Text);
        Assert.Equal(state.ToJson(), (await platform.InstanceAsync(Tenant, id)).State);
    }

    private static JsonObject Both(params JsonObject[] branches)
    {
        var parallel = Plain.Activity("Elsa.Parallel", "both");
        parallel["activities"] = new JsonArray([.. branches]);
        return parallel;
    }

    private static JsonObject Variable(string name) => new()
    {
        ["id"] = name,
        ["name"] = name,
        ["typeName"] = "Object",
        ["storageDriverTypeName"] = "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core",
    };

    private static void Set(JsonObject definition, int at, string variable, string expression)
    {
        var activity = definition["root"]!["activities"]![at]!.AsObject();
        activity["variable"] = new JsonObject { ["id"] = variable, ["name"] = variable };
        activity["value"] = new JsonObject { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = expression } };
    }

    private async Task<Guid> StartAsync(JsonObject definition) => await platform.StartAsync(Tenant, await platform.PublishAsync(Tenant, definition));

    private async Task<Guid> BookmarkAsync(Guid instance, string activity)
    {
        await using var db = platform.Planes.OpenTenant(Tenant);
        return await db.Set<WorkflowBookmark>().Where(bookmark => bookmark.InstanceId == instance && bookmark.ActivityId == activity).Select(bookmark => bookmark.Id).SingleAsync(Cancelled);
    }

    private async Task<(string SubStatus, int Revision)> StandAsync(Guid id)
    {
        var instance = await platform.InstanceAsync(Tenant, id);
        return (instance.SubStatus, instance.Revision);
    }

    private async Task<IReadOnlyList<bool>> RunAsync(ServiceProvider process, Guid instance, string activity)
        => await RunAsync(process, instance, await BookmarkAsync(instance, activity));

    /// <summary>A job of a process that lets an instance go on.</summary>
    /// <returns>For each time that it ran: whether it used what the process remembers.</returns>
    private async Task<IReadOnlyList<bool>> RunAsync(ServiceProvider process, Guid instance, Guid bookmark, Action<ResumeRefusal?>? then = null)
    {
        // Not due yet, so that no other job takes it along.
        var now = platform.Clock.GetCurrentInstant();
        var message = OutboxMessage.For("test.resume", null, new { instance }, now, now + Duration.FromDays(1));
        await using (var db = platform.Planes.OpenTenant(Tenant))
        {
            db.Outbox.Add(message);
            await db.SaveChangesAsync(Cancelled);
        }

        var remembered = new List<bool>();
        await process.GetRequiredService<TenantJob>().RunOnceAsync(
            Tenant,
            message.Id,
            async (db, _, cancellationToken) =>
            {
                var outcome = await process.GetRequiredService<WorkflowInstances>().ResumeAsync(db, instance, bookmark, Value.Undefined, "job:test", cancellationToken);
                remembered.Add(db.Recollection is { WasUsed: true });
                then?.Invoke(outcome.Refusal);
            },
            Cancelled);
        return remembered;
    }
}
