using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Agreements;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Calls;

/// <summary>
/// Ends one application of a call that was cancelled: it waits for nothing any more and its money goes back. One that has ended meanwhile, or
/// whose agreement all have signed, stays as it is.
/// </summary>
public sealed class CaseOfCancelledCallJob(TenantJob job, WorkflowInstances instances, IClock clock) : IOutboxJob
{
    public const string Kind = "call.cancelled";

    private const string Actor = "job:" + Kind;

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var application = await db.Set<GrantApplication>().AsNoTracking().SingleAsync(application => application.Id == message.ApplicationId, cancellationToken);
        await LockInstance.RunAsync(db, application.WorkflowInstanceId, cancellationToken);
        if (!await EndAgreement.RunAsync(db, application.Id, clock.GetCurrentInstant(), cancellationToken))
        {
            return;
        }

        var outcome = await instances.CancelAsync(db, application.WorkflowInstanceId, Actor, cancellationToken);
        if (outcome.IsDone)
        {
            db.Change<GrantApplication>(application.Id, nameof(GrantApplication.Status), ApplicationStatus.Cancelled);
        }
    }
}

/// <summary>The payload of <see cref="CaseOfCancelledCallJob"/>.</summary>
internal sealed record CancelledCall(Guid CallId);
