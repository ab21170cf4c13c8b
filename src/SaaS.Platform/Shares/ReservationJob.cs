using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SaaS.Domain.Money;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Shares;

/// <summary>Reserves the national share of a case from what KOSMO granted. With too little left the case waits for a further grant.</summary>
public sealed class ReservationJob(TenantJob job, ReserveNationalShare reserve) : IOutboxJob
{
    public const string Kind = "stage.reservation";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var bookmarkId = message.Read<StageMessage>().BookmarkId ?? throw new JsonException($"Outbox message {message.Id} names no bookmark.");
        var application = await db.Set<GrantApplication>().SingleAsync(application => application.Id == message.ApplicationId, cancellationToken);
        await reserve.RunAsync(db, application, bookmarkId, cancellationToken);
    }
}

/// <summary>After a grant: tries the cases that wait for it, first come first served.</summary>
public sealed class ReservationGrantedJob(TenantJob job, ReserveNationalShare reserve) : IOutboxJob
{
    public const string Kind = "reservation.granted";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var grant = message.Read<GrantMessage>();
        var waiting = await (
            from bookmark in db.Set<WorkflowBookmark>()
            where bookmark.Stage == "reservation"
            join instance in db.Set<WorkflowInstance>() on bookmark.InstanceId equals instance.Id
            join application in db.Set<GrantApplication>() on instance.ApplicationId equals application.Id
            where application.CallId == grant.CallId && application.Tier == grant.Tier
            orderby application.SubmittedAt, application.Id
            select new { Application = application, BookmarkId = bookmark.Id })
            .ToListAsync(cancellationToken);
        foreach (var row in waiting)
        {
            await reserve.RunAsync(db, row.Application, row.BookmarkId, cancellationToken);
        }
    }
}

/// <summary>The payload of <see cref="ReservationGrantedJob"/>.</summary>
internal sealed record GrantMessage(Guid CallId, string Tier);

/// <summary>Reserves one case's national share and lets its workflow go on, if there is enough.</summary>
public sealed class ReserveNationalShare(MoveMoney money, WorkflowInstances instances)
{
    internal async Task RunAsync(GrantsDb db, GrantApplication application, Guid bookmarkId, CancellationToken cancellationToken)
    {
        const string Actor = "job:" + ReservationJob.Kind;
        var share = await db.Set<ApplicationShare>()
            .SingleOrDefaultAsync(share => share.ApplicationId == application.Id && share.Funder == Funder.National, cancellationToken);
        if (share is { Status: ShareStatus.Planned } && !await money.ReserveAsync(db, share, application.CallId, application.Tier, Actor, cancellationToken))
        {
            return;
        }

        await instances.ResumeAsync(db, application.WorkflowInstanceId, bookmarkId, "Reserved", new { amount = share?.Amount.Amount ?? 0 }, Actor, cancellationToken);
    }
}
