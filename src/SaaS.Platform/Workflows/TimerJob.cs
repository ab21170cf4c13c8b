using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Workflows.Values;

namespace SaaS.Platform.Workflows;

/// <summary>
/// Lets an instance go on whose time has come (Delay, Timer, Cron, StartAt). The message was written with the bookmark and lies in the
/// outbox until then, so that no restart forgets it; an instance that went on or was cancelled meanwhile stays as it is.
/// </summary>
public sealed class TimerJob(TenantJob job, WorkflowInstances instances) : IOutboxJob
{
    public const string Kind = "timer.due";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var due = message.Read<BookmarkMessage>();
        await instances.ResumeAsync(db, due.InstanceId, due.BookmarkId, Value.Undefined, "job:" + Kind, cancellationToken);
    }
}
