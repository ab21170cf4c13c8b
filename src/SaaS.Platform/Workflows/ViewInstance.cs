using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Runtime;

namespace SaaS.Platform.Workflows;

/// <summary>One workflow with all that a person needs who asks why it stands where it stands.</summary>
public sealed class ViewInstance(GrantsDb db, ListInstances list)
{
    /// <param name="Row">As in the list.</param>
    /// <param name="Incidents">Steps that failed, with what they said.</param>
    /// <param name="FailedJobs">Jobs that were tried until nobody tried any more.</param>
    /// <param name="ParentId">The instance that started it.</param>
    /// <param name="Children">The instances that it started.</param>
    /// <param name="CanRetry">It faulted as a whole, and the steps at which it did can be run again.</param>
    /// <param name="Journal">Everything that happened, in order.</param>
    public sealed record Detail(
        ListInstances.Row Row, IReadOnlyList<IncidentLine> Incidents, IReadOnlyList<FailedJob> FailedJobs, Guid? ParentId, IReadOnlyList<Child> Children,
        bool IsArchived, bool CanRetry, IReadOnlyList<JournalLine> Journal);

    public sealed record IncidentLine(string ActivityId, string ActivityType, string Message, Instant At);

    public sealed record FailedJob(string Kind, int Attempts, Instant Since);

    public sealed record Child(Guid Id, string DefinitionId, string SubStatus);

    public sealed record JournalLine(int Sequence, Instant At, string Actor, string Event, string ActivityId, string ActivityType, string? Outcome);

    public async Task<Outcome<Detail>> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await list.FindAsync(id, cancellationToken) is not { } row)
        {
            return Absent.Row;
        }

        var instance = await db.Set<WorkflowInstance>().AsNoTracking().SingleAsync(instance => instance.Id == id, cancellationToken);
        var failed = await FailedSteps.Of(db, id).AsNoTracking().Select(message => new FailedJob(message.Kind, message.Attempts, message.CreatedAt)).ToListAsync(cancellationToken);
        var children = await db.Set<WorkflowInstance>().AsNoTracking()
            .Where(child => child.TenantId == instance.TenantId && child.ParentInstanceId == id)
            .OrderBy(child => child.StartedAt)
            .Select(child => new Child(child.Id, child.DefinitionId, child.SubStatus))
            .Take(200)
            .ToListAsync(cancellationToken);
        var journal = await db.Set<WorkflowJournalLine>().AsNoTracking()
            .Where(line => line.InstanceId == id)
            .OrderBy(line => line.Sequence)
            .Select(line => new JournalLine(line.Sequence, line.At, line.Actor, line.Event, line.ActivityId, line.ActivityType, line.Outcome))
            .ToListAsync(cancellationToken);
        var isArchived = instance.IsArchived;
        var state = isArchived ? null : InstanceState.FromJson(instance.State);
        return new Detail(
            row, [.. (state?.Incidents ?? []).Select(incident => new IncidentLine(incident.ActivityId, incident.ActivityType, incident.Message, incident.At))],
            failed, instance.ParentInstanceId, children, isArchived, state is { CanRetry: true } && instance.ParentInstanceId is null, journal);
    }
}
