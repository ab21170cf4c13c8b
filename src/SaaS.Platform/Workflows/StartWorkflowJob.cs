using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Platform.Workflows;

/// <summary>Starts an instance that an event or another workflow asked for.</summary>
public sealed class StartWorkflowJob(TenantJob job, WorkflowStarts starts) : IOutboxJob
{
    public const string Kind = "workflow.start";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
        => starts.RunAsync(db, message.Read<WorkflowStart>(), "job:" + Kind, cancellationToken);
}

/// <summary>A workflow asked for another by its id (DispatchWorkflow, BulkDispatchWorkflows): starts the version that is published now.</summary>
public sealed class DispatchWorkflowJob(TenantJob job, WorkflowStarts starts) : IOutboxJob
{
    public const string Kind = "dispatch-workflow";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var wanted = message.Read<StageMessage>();
        var definitionId = wanted.Parameters.GetProperty("definitionId").GetString()!;
        var version = await PublishedVersions.FindAsync(db, definitionId, cancellationToken)
            ?? throw new InvalidOperationException($"The tenant '{db.Tenant}' has no definition '{definitionId}'.");
        var start = new WorkflowStart
        {
            VersionId = version,
            InstanceId = wanted.Parameters.GetProperty("instanceId").GetGuid(),
            CorrelationId = wanted.Parameters.TryGetProperty("correlationId", out var correlation) && correlation.ValueKind == JsonValueKind.String ? correlation.GetString() : null,
            ParentInstanceId = wanted.InstanceId,
            Input = wanted.Parameters.GetProperty("input"),
        };
        await starts.RunAsync(db, start, "job:" + Kind, cancellationToken);
    }
}

/// <summary>A trigger's time has come: starts an instance and sets the next time. A trigger that was given up meanwhile does nothing.</summary>
public sealed class TriggerDueJob(TenantJob job, WorkflowStarts starts, IClock clock) : IOutboxJob
{
    public const string Kind = "trigger.due";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var id = message.Read<TriggerMessage>().TriggerId;
        var trigger = await db.Set<PublishedTrigger>()
            .FromSql($"select * from workflow_triggers where tenant_id = {db.Tenant} and id = {id} for update")
            .SingleOrDefaultAsync(cancellationToken);
        if (trigger is null)
        {
            return;
        }

        // What was missed while nothing ran is not made up for: it fires once, and then from now on.
        var now = clock.GetCurrentInstant();
        var next = TriggerSchedule.Next(trigger.Name, Value.Parse(trigger.Payload), now, isFirst: false);
        trigger.FireNext(next);
        if (next is { } at)
        {
            db.Outbox.Add(OutboxMessage.For(Kind, null, new TriggerMessage(trigger.Id), now, at));
        }

        var start = new WorkflowStart { VersionId = trigger.DefinitionVersionId, InstanceId = Guid.CreateVersion7(), TriggerActivityId = trigger.ActivityId };
        await starts.RunAsync(db, start, "job:" + Kind, cancellationToken);
    }
}

/// <summary>The payload of <see cref="TriggerDueJob"/>.</summary>
internal sealed record TriggerMessage(Guid TriggerId);
