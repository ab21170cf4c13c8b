using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Selections;

/// <summary>Place and money are set aside: the case goes on as selected, and its journal says at which rank, and past whom.</summary>
public sealed class SelectedJob(TenantJob job, WorkflowInstances instances) : IOutboxJob
{
    public const string Kind = "selection.selected";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var (candidateId, passedOver) = message.Read<SelectedMessage>();
        var candidate = await db.Set<Candidate>().AsNoTracking().SingleAsync(candidate => candidate.Id == candidateId, cancellationToken);
        var instance = await db.Set<GrantApplication>()
            .Where(application => application.Id == candidate.ApplicationId).Select(application => application.WorkflowInstanceId).SingleAsync(cancellationToken);
        await instances.ResumeAsync(
            db, instance, candidate.BookmarkId, "Selected",
            new { total = candidate.Score, rank = candidate.Rank, promoted = candidate.IsPromoted, passedOver = passedOver.Select(over => new { over.Rank, over.Reasons }) },
            "job:" + Kind, cancellationToken);
    }
}

/// <summary>The payload of <see cref="SelectedJob"/>.</summary>
internal sealed record SelectedMessage(Guid CandidateId, IReadOnlyList<PassedOver> PassedOver);

/// <summary>The last day on the waiting list is over. Nothing happens when the firm was selected.</summary>
public sealed class WaitingLapsedJob(TenantJob job, WorkflowInstances instances) : IOutboxJob
{
    public const string Kind = "selection.lapsed";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var candidateId = message.Read<CandidateMessage>().CandidateId;
        var callId = await db.Set<Candidate>().Where(candidate => candidate.Id == candidateId).Select(candidate => candidate.CallId).SingleAsync(cancellationToken);
        await RankCallJob.LockAsync(db, callId, cancellationToken);
        var candidate = await db.Set<Candidate>().SingleAsync(candidate => candidate.Id == candidateId, cancellationToken);
        if (candidate.Standing != CandidateStanding.Waiting)
        {
            return;
        }

        candidate.End();
        var instance = await db.Set<GrantApplication>()
            .Where(application => application.Id == candidate.ApplicationId).Select(application => application.WorkflowInstanceId).SingleAsync(cancellationToken);
        await instances.ResumeAsync(
            db, instance, candidate.BookmarkId, "NotSelected",
            new { total = candidate.Score, rank = candidate.Rank, waitedDays = candidate.WaitingDays, reasons = candidate.WhyWaiting().Select(reason => reason.Code) },
            "job:" + Kind, cancellationToken);
    }
}

/// <summary>The payload of <see cref="WaitingLapsedJob"/>.</summary>
internal sealed record CandidateMessage(Guid CandidateId);
