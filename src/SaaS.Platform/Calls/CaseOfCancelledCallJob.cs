using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Calls;

/// <summary>Ends one application of a call that was cancelled: it waits for nothing any more and its money goes back. One that has ended meanwhile stays as it is.</summary>
public sealed class CaseOfCancelledCallJob(TenantJob job, WorkflowInstances instances) : IOutboxJob
{
    public const string Kind = "call.cancelled";

    private const string Actor = "job:" + Kind;

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var application = await db.Set<GrantApplication>().AsNoTracking().SingleAsync(application => application.Id == message.ApplicationId, cancellationToken);
        var outcome = await instances.CancelAsync(db, application.WorkflowInstanceId, Actor, cancellationToken);
        if (outcome.IsDone)
        {
            db.Change<GrantApplication>(application.Id, nameof(GrantApplication.Status), ApplicationStatus.Cancelled);
        }
    }
}

/// <summary>The payload of <see cref="CaseOfCancelledCallJob"/>.</summary>
internal sealed record CancelledCall(Guid CallId);
