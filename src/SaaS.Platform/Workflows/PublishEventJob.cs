using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Platform.Workflows;

/// <summary>
/// Finds everything of the tenant that listens for an event at this moment: published workflows that it starts, and instances that it lets
/// go on. Each becomes a message of its own in this transaction, so that whoever begins to listen later is not told twice. As in Elsa, an
/// event that nobody listens for is kept for a while.
/// </summary>
public sealed class PublishEventJob(TenantJob job, IClock clock) : IOutboxJob
{
    public const string Kind = "publish-event";

    private static readonly Duration Kept = Duration.FromMinutes(10);
    private static readonly Duration FirstWait = Duration.FromSeconds(1);

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var published = message.Read<EventMessage>();
        var now = clock.GetCurrentInstant();
        var hash = BookmarkHash.Of("Elsa.Event", Value.Object(("eventName", published.EventName)), null);
        var starts = published.OnlyInstanceId is null ? await StartsAsync(db, published, hash, cancellationToken) : [];
        var waiting = await (
            from bookmark in db.Set<WorkflowBookmark>().AsNoTracking()
            where bookmark.Hash == hash
            join instance in db.Set<WorkflowInstance>() on bookmark.InstanceId equals instance.Id
            where (published.OnlyInstanceId == null || instance.Id == published.OnlyInstanceId)
                && (published.CorrelationId == null || instance.CorrelationId == published.CorrelationId)
            orderby bookmark.CreatedAt, bookmark.Id
            select new { bookmark.Id, bookmark.InstanceId })
            .ToListAsync(cancellationToken);
        db.Outbox.AddRange(starts.Select(start => OutboxMessage.For(StartWorkflowJob.Kind, null, start, now)));
        db.Outbox.AddRange(waiting.Select(row => OutboxMessage.For(
            ResumeWorkflowJob.Kind, null, new ResumeMessage(row.InstanceId, row.Id, Input(published)), now)));
        if (starts.Count == 0 && waiting.Count == 0)
        {
            KeepForLater(db, published, now);
        }
    }

    private static void KeepForLater(GrantsDb db, EventMessage published, Instant now)
    {
        var until = published.Until ?? now + Kept;
        var wait = published.Wait ?? FirstWait;
        if (now + wait <= until)
        {
            db.Outbox.Add(OutboxMessage.For(Kind, null, published with { Until = until, Wait = wait * 2 }, now, now + wait));
        }
    }

    private static async Task<List<WorkflowStart>> StartsAsync(GrantsDb db, EventMessage published, string hash, CancellationToken cancellationToken)
    {
        var triggers = await db.Set<PublishedTrigger>().AsNoTracking().Where(trigger => trigger.Hash == hash).OrderBy(trigger => trigger.Id).ToListAsync(cancellationToken);
        return [.. triggers.Select(trigger => new WorkflowStart
        {
            VersionId = trigger.DefinitionVersionId,
            InstanceId = Guid.CreateVersion7(),
            TriggerActivityId = trigger.ActivityId,
            CorrelationId = published.CorrelationId,
            Input = Input(published),
        })];
    }

    private static JsonElement Input(EventMessage published) => JsonSerializer.SerializeToElement(
        new Dictionary<string, JsonElement?> { [WorkflowInstances.EventPayload] = published.Payload is { ValueKind: not JsonValueKind.Undefined } payload ? payload : null });
}

/// <summary>The payload of <see cref="PublishEventJob"/>.</summary>
/// <param name="EventName">What workflows listen for.</param>
/// <param name="CorrelationId">Only instances with this correlation id; null for all.</param>
/// <param name="OnlyInstanceId">Only this instance; then nothing is started.</param>
/// <param name="Payload">What the listeners get.</param>
/// <param name="Until">Nobody listened the first time: how long it is kept.</param>
/// <param name="Wait">How long to wait before the next look.</param>
internal sealed record EventMessage(string EventName, string? CorrelationId, Guid? OnlyInstanceId, JsonElement? Payload, Instant? Until = null, Duration? Wait = null)
{
    public static EventMessage Of(Guid instanceId, Value effect) => new(
        effect["eventName"].Text!,
        effect["correlationId"].Text,
        effect["local"].IsTrue ? instanceId : null,
        effect["payload"].IsNothing ? null : effect["payload"].ToJsonElement());
}

/// <summary>Lets an instance go on from a bookmark that an event, a task's completion or another workflow's end was meant for.</summary>
public sealed class ResumeWorkflowJob(TenantJob job, WorkflowInstances instances) : IOutboxJob
{
    public const string Kind = "workflow.resume";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var resume = message.Read<ResumeMessage>();
        await instances.ResumeAsync(db, resume.InstanceId, resume.BookmarkId, Value.From(resume.Input), "job:" + Kind, cancellationToken);
    }
}

/// <summary>The payload of <see cref="ResumeWorkflowJob"/>.</summary>
internal sealed record ResumeMessage(Guid InstanceId, Guid BookmarkId, JsonElement Input);
