using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Selections;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Shares;

/// <summary>The last day to decide on a share is over: its money is free again and the workflow goes on. Nothing happens when it was decided.</summary>
public sealed class CommitmentLapsedJob(TenantJob job, MoveMoney money, WorkflowInstances instances, IClock clock) : IOutboxJob
{
    public const string Kind = "commitment.lapsed";

    private const string Actor = "job:" + Kind;

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var deadline = message.Read<CommitmentDeadline>();
        var share = await db.Set<ApplicationShare>()
            .FromSql($"select * from application_shares where tenant_id = {db.Tenant} and id = {deadline.ShareId} for update")
            .SingleAsync(cancellationToken);
        if (!share.AwaitsDecision || share.BookmarkId != deadline.BookmarkId)
        {
            return;
        }

        await money.ReleaseAsync(db, share, Actor, cancellationToken);
        share.Lapse(clock.GetCurrentInstant());
        var application = await db.Set<GrantApplication>().AsNoTracking().SingleAsync(application => application.Id == share.ApplicationId, cancellationToken);
        await RankCallJob.AskIfAnyWaitsAsync(db, application.CallId, clock.GetCurrentInstant(), cancellationToken);
        await instances.ResumeAsync(db, application.WorkflowInstanceId, deadline.BookmarkId, "TimedOut", new { funder = share.Funder.ToString(), dueOn = share.DueOn?.ToString("uuuu-MM-dd", null) }, Actor, cancellationToken);
    }
}

/// <summary>The payload of <see cref="CommitmentLapsedJob"/>. A share that is asked for again has another bookmark.</summary>
internal sealed record CommitmentDeadline(Guid ShareId, Guid BookmarkId);
