using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Programmes;
using SaaS.Workflows.Migration;
using SaaS.Workflows.Runtime;

namespace SaaS.Platform.Workflows;

/// <summary>
/// Moves one instance to another version of its definition, as it stands at that moment: what changed since the dry run is looked at again,
/// and an instance that cannot be moved any more stays, which the audit says. No step runs.
/// </summary>
public sealed class MoveInstanceJob(TenantJob job, CompiledDefinitions definitions, IClock clock) : IOutboxJob
{
    public const string Kind = "workflow.move";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var wanted = message.Read<MoveMessage>();
        var instance = await LockInstance.RunAsync(db, wanted.InstanceId, cancellationToken);
        if (instance.DefinitionVersionId == wanted.To || instance.IsArchived)
        {
            return;
        }

        var now = clock.GetCurrentInstant();
        var move = new MoveInstance(
            await definitions.GetAsync(db, instance.DefinitionVersionId, cancellationToken), await definitions.GetAsync(db, wanted.To, cancellationToken));
        var plan = move.Plan(InstanceState.FromJson(instance.State), now);
        if (plan.State is not { } moved)
        {
            db.AuditEntries.Add(AuditEntry.Of(
                "workflow.not-moved", "workflow-instance", instance.Id, wanted.By, now,
                new { wanted.To, reasons = plan.Findings.Where(finding => finding.Stops).Select(finding => finding.Sentence) }));
            return;
        }

        db.Append([new WorkflowJournalLine(
            instance.Id, instance.JournalLength + 1, now, $"user:{wanted.By}", WorkflowJournalLine.Moved, "Workflow1", "Elsa.Workflow", $"{wanted.FromNumber} → {wanted.ToNumber}", null)]);
        instance.MoveTo(wanted.To, moved, now);
        if (instance.ApplicationId is { } application)
        {
            db.Change<GrantApplication>(application, nameof(GrantApplication.DefinitionVersionId), wanted.To);
        }

        db.AuditEntries.Add(AuditEntry.Of("workflow.moved", "workflow-instance", instance.Id, wanted.By, now, new { wanted.To }));
    }
}

/// <summary>The payload of <see cref="MoveInstanceJob"/>.</summary>
/// <param name="FromNumber">The version's number that it followed when it was asked for.</param>
/// <param name="By">The person who asked.</param>
internal sealed record MoveMessage(Guid InstanceId, Guid To, int FromNumber, int ToNumber, Guid By);
