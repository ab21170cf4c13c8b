using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;
using SaaS.Platform.Workflows;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Programmes;

namespace SaaS.Web.Elsa;

/// <summary>A tenant's running and finished workflows in the shapes of Elsa's instance viewer. Reads only.</summary>
public sealed class StudioInstances(GrantsDb db)
{
    /// <summary>An instance with what the viewer shows of it.</summary>
    public sealed record Found(WorkflowInstance Instance, string DefinitionId, int Version, IReadOnlyDictionary<string, ActivityDefinition> Steps);

    /// <summary>One visit of a step: from its start to its end.</summary>
    public sealed record Visit(Guid Id, string ActivityId, string ActivityType, Instant StartedAt, Instant? EndedAt, string Status, string? Outcome, string? Payload);

    public async Task<Found?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var row = await (
            from instance in db.Set<WorkflowInstance>().AsNoTracking()
            where instance.Id == id
            join version in db.Set<DefinitionVersion>() on instance.DefinitionVersionId equals version.Id
            select new { Instance = instance, Version = version }).SingleOrDefaultAsync(cancellationToken);
        return row is null ? null : new Found(
            row.Instance,
            row.Version.DefinitionId,
            row.Version.Version,
            WorkflowDefinition.Parse(row.Version.Json).Required.Root.Flowchart.Activities.GroupBy(step => step.Id).ToDictionary(group => group.Key, group => group.First()));
    }

    public Task<List<WorkflowJournalLine>> JournalAsync(Guid id, CancellationToken cancellationToken)
        => db.Set<WorkflowJournalLine>().AsNoTracking().Where(line => line.InstanceId == id).OrderBy(line => line.Sequence).ToListAsync(cancellationToken);

    public Task<List<WorkflowBookmark>> BookmarksAsync(Guid id, CancellationToken cancellationToken)
        => db.Set<WorkflowBookmark>().AsNoTracking().Where(bookmark => bookmark.InstanceId == id).ToListAsync(cancellationToken);

    /// <summary>Newest first.</summary>
    public async Task<(List<(WorkflowInstance Instance, int Version)> Page, int Total)> ListAsync(
        IReadOnlyList<string> definitionIds, string? status, string? subStatus, string? search, int page, int size, CancellationToken cancellationToken)
    {
        var wanted =
            from instance in db.Set<WorkflowInstance>().AsNoTracking()
            join version in db.Set<DefinitionVersion>() on instance.DefinitionVersionId equals version.Id
            where definitionIds.Count == 0 || definitionIds.Contains(version.DefinitionId)
            where status == null || instance.Status == status
            where subStatus == null || instance.SubStatus == subStatus
            where search == null || instance.Name!.Contains(search) || instance.CorrelationId == search
            select new { Instance = instance, version.Version };
        var total = await wanted.CountAsync(cancellationToken);
        var rows = await wanted.OrderByDescending(row => row.Instance.Id).Skip(page * size).Take(size).ToListAsync(cancellationToken);
        return ([.. rows.Select(row => (row.Instance, row.Version))], total);
    }

    /// <summary>The visits of every step, in the order of their starts.</summary>
    public static IReadOnlyList<Visit> Visits(Guid instance, IEnumerable<WorkflowJournalLine> journal)
    {
        var open = new Dictionary<string, int>();
        var visits = new List<Visit>();
        foreach (var line in journal)
        {
            switch (line.Event)
            {
                case "Started":
                    open[line.ActivityId] = visits.Count;
                    visits.Add(new Visit(IdOf(instance, line.Sequence), line.ActivityId, line.ActivityType, line.At, null, "Running", null, line.Payload));
                    break;
                case "Completed" or "Canceled" or "Faulted" when open.Remove(line.ActivityId, out var index):
                    visits[index] = visits[index] with { EndedAt = line.At, Status = line.Event, Outcome = line.Outcome, Payload = line.Payload ?? visits[index].Payload };
                    break;
            }
        }

        return visits;
    }

    /// <summary>What a step is called here.</summary>
    public static string NameOf(Found found, string activityId) => found.Steps.TryGetValue(activityId, out var step) ? StepNames.Of(step).Ko : activityId;

    /// <summary>Where a step stands in its definition, as Elsa writes it.</summary>
    public static string NodeOf(Found found, string activityId) => found.Steps.TryGetValue(activityId, out var step) && step.NodeId is { } node ? node : $"Workflow1:root:{activityId}";

    public static JsonElement? Json(string? text) => text is null ? null : JsonSerializer.Deserialize<JsonElement>(text);

    // The journal counts within an instance; Elsa names every visit by an id of its own.
    private static Guid IdOf(Guid instance, int sequence)
    {
        Span<byte> bytes = stackalloc byte[16];
        instance.TryWriteBytes(bytes);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], sequence);
        return new Guid(bytes);
    }
}
