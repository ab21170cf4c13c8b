using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Time;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Shares;

/// <summary>Asks a funder to commit its share, and sets the money aside on its budget line where there is enough.</summary>
public sealed class CommitmentJob(TenantJob job, MoveMoney money, WorkflowInstances instances, IClock clock) : IOutboxJob
{
    public const string Kind = "stage.commitment";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var stage = message.Read<StageMessage>();
        var bookmarkId = stage.BookmarkId ?? throw new JsonException($"Outbox message {message.Id} names no bookmark.");
        var funder = Enum.Parse<Funder>(stage.Parameters.GetProperty("funder").GetString()!);
        var application = await db.Set<GrantApplication>().SingleAsync(application => application.Id == message.ApplicationId, cancellationToken);
        var share = await db.Set<ApplicationShare>()
            .SingleOrDefaultAsync(share => share.ApplicationId == application.Id && share.Funder == funder, cancellationToken);
        if (share is null)
        {
            // The tier has no part for this funder: nothing to decide.
            await instances.ResumeAsync(db, application.WorkflowInstanceId, bookmarkId, "Committed", new { amount = 0 }, $"job:{Kind}", cancellationToken);
            return;
        }

        if (share.Status == ShareStatus.Planned)
        {
            await money.ReserveAsync(db, share, application.CallId, application.Tier, $"job:{Kind}", cancellationToken);
        }

        var now = clock.GetCurrentInstant();
        var dueOn = now.InZone(Seoul.Zone).Date.PlusDays(stage.Parameters.GetProperty("withinDays").GetInt32());
        share.AskFunder(bookmarkId, dueOn);
        db.Outbox.Add(OutboxMessage.For(CommitmentLapsedJob.Kind, application.Id, new CommitmentDeadline(share.Id, bookmarkId), now, Seoul.EndOf(dueOn)));
    }
}

/// <summary>A funder has decided: the workflow goes on.</summary>
public sealed class CommitmentDecidedJob(TenantJob job, WorkflowInstances instances) : IOutboxJob
{
    public const string Kind = "commitment.decided";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var shareId = message.Read<ShareMessage>().ShareId;
        var share = await db.Set<ApplicationShare>().SingleAsync(share => share.Id == shareId, cancellationToken);
        var application = await db.Set<GrantApplication>().SingleAsync(application => application.Id == share.ApplicationId, cancellationToken);
        await instances.ResumeAsync(
            db, application.WorkflowInstanceId, share.BookmarkId ?? throw new InvalidOperationException($"Share {shareId} was never asked for."),
            share.Status == ShareStatus.Committed ? "Committed" : "Refused",
            new { funder = share.Funder.ToString(), amount = share.Amount.Amount, inKind = share.InKind.Amount, comment = share.Comment },
            $"job:{Kind}", cancellationToken);
    }
}

/// <summary>The payload of <see cref="CommitmentDecidedJob"/>.</summary>
internal sealed record ShareMessage(Guid ShareId);
