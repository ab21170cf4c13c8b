using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Programmes;
using SaaS.Platform.Workflows;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.IntegrationTests.Workflows;

/// <summary>Workflows of a tenant that are no grant programmes: written short, published and started without the forms around them.</summary>
internal static class Plain
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A definition whose activities run one after the other.</summary>
    public static JsonObject Sequence(string definitionId, params JsonObject[] activities) => new()
    {
        ["id"] = $"{definitionId}:1",
        ["definitionId"] = definitionId,
        ["name"] = definitionId,
        ["version"] = 1,
        ["isLatest"] = true,
        ["isPublished"] = true,
        ["root"] = new JsonObject
        {
            ["id"] = "root",
            ["nodeId"] = $"{definitionId}:root",
            ["type"] = "Elsa.Sequence",
            ["version"] = 1,
            ["activities"] = new JsonArray([.. activities]),
        },
    };

    public static JsonObject Activity(string type, string id, params (string Name, string Type, string Value)[] inputs)
    {
        var activity = new JsonObject { ["type"] = type, ["version"] = 1, ["id"] = id, ["nodeId"] = id };
        foreach (var (name, inputType, value) in inputs)
        {
            activity[name] = new JsonObject { ["typeName"] = inputType, ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } };
        }

        return activity;
    }

    /// <summary>Makes an activity start the workflow by its stimulus.</summary>
    public static JsonObject Starting(this JsonObject activity)
    {
        activity["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
        return activity;
    }

    public static JsonObject Event(string id, string name) => Activity("Elsa.Event", id, ("eventName", "String", name));

    public static JsonObject Publish(string id, string name, string? correlationId = null, bool local = false) => Activity(
        "Elsa.PublishEvent", id,
        [("eventName", "String", name), ("isLocalEvent", "Boolean", local ? "true" : "false"), .. correlationId is null ? [] : new[] { ("correlationId", "String", correlationId) }]);

    /// <summary>Gives a definition an option, for example its activation strategy.</summary>
    public static JsonObject With(this JsonObject definition, string option, string value)
    {
        definition["options"] = new JsonObject { [option] = value };
        return definition;
    }

    public static JsonObject Delay(string id, string time) => Activity("Elsa.Delay", id, ("timeSpan", "TimeSpan", time));

    public static JsonObject Line(string id, string text) => Activity("Elsa.WriteLine", id, ("text", "String", text));

    /// <summary>Publishes a definition of a tenant as its next version.</summary>
    public static async Task<Guid> PublishAsync(this PlatformFixture platform, string tenant, JsonObject definition)
    {
        var parsed = WorkflowDefinition.Parse(definition.ToJsonString()).Required;
        await using var db = platform.Planes.OpenTenant(tenant);
        var programme = await db.Set<Programme>().SingleOrDefaultAsync(programme => programme.Slug == parsed.DefinitionId, Cancelled);
        if (programme is null)
        {
            programme = new Programme(parsed.DefinitionId, ProgrammeModel.Standard, parsed.DefinitionId, parsed.DefinitionId);
            db.Add(programme);
        }

        var versions = await db.Set<DefinitionVersion>().CountAsync(version => version.ProgrammeId == programme.Id, Cancelled);
        var version = new DefinitionVersion(programme.Id, parsed.DefinitionId, versions + 1, parsed.ToCanonicalJson(), platform.Clock.GetCurrentInstant(), null);
        db.Add(version);
        await platform.Services.GetRequiredService<WorkflowPublication>().PublishedAsync(db, version, Cancelled);
        await db.SaveChangesAsync(Cancelled);
        return version.Id;
    }

    public static async Task<Guid> StartAsync(this PlatformFixture platform, string tenant, Guid version, string? correlationId = null, IServiceProvider? services = null)
    {
        services ??= platform.Services;
        await using var db = platform.Planes.OpenTenant(tenant);
        var workflow = await services.GetRequiredService<CompiledDefinitions>().GetAsync(db, version, Cancelled);
        var burst = WorkflowRuntime.Start(workflow, new StartWorkflow
        {
            InstanceId = Guid.CreateVersion7(),
            CorrelationId = correlationId,
            Input = Value.Object(),
            Now = platform.Clock.GetCurrentInstant(),
            NewId = Guid.CreateVersion7,
        });
        services.GetRequiredService<WorkflowInstances>().AddStarted(db, version, burst, "user:test");
        await db.SaveChangesAsync(Cancelled);
        return burst.State.Id;
    }

    public static async Task<WorkflowInstance> InstanceAsync(this PlatformFixture platform, string tenant, Guid id)
    {
        await using var db = platform.Planes.OpenTenant(tenant);
        return await db.Set<WorkflowInstance>().AsNoTracking().SingleAsync(instance => instance.Id == id, Cancelled);
    }

    public static async Task<IReadOnlyList<WorkflowInstance>> InstancesAsync(this PlatformFixture platform, string tenant, string definitionId)
    {
        await using var db = platform.Planes.OpenTenant(tenant);
        return await db.Set<WorkflowInstance>().AsNoTracking()
            .Where(instance => instance.DefinitionId == definitionId)
            .OrderBy(instance => instance.StartedAt).ThenBy(instance => instance.Id)
            .ToListAsync(Cancelled);
    }

    /// <summary>What ended in an instance, in order; of one type of activity or of all.</summary>
    public static async Task<IReadOnlyList<string>> CompletedAsync(this PlatformFixture platform, string tenant, Guid id, string? type = null)
    {
        await using var db = platform.Planes.OpenTenant(tenant);
        return await db.Set<WorkflowJournalLine>().AsNoTracking()
            .Where(line => line.InstanceId == id && line.Event == "Completed" && (type == null || line.ActivityType == type))
            .OrderBy(line => line.Sequence)
            .Select(line => line.ActivityId)
            .ToListAsync(Cancelled);
    }
}
