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

/// <summary>
/// Lets a case go on whose national share was set aside when it was selected. A programme that asks for the share before it evaluates takes
/// it here from what KOSMO granted; with too little left the case waits for a further grant.
/// </summary>
public sealed class ReservationJob(TenantJob job, ReserveNationalShare reserve, IClock clock) : IOutboxJob
{
    public const string Kind = "stage.reservation";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var stage = message.Read<StageMessage>();
        var bookmarkId = stage.BookmarkId ?? throw new JsonException($"Outbox message {message.Id} names no bookmark.");
        var application = await db.Set<GrantApplication>().SingleAsync(application => application.Id == message.ApplicationId, cancellationToken);
        var shares = await ReserveNationalShare.LockAsync(db, [application.Id], cancellationToken);
        if (await reserve.RunAsync(db, application, shares.GetValueOrDefault(application.Id), bookmarkId, cancellationToken))
        {
            return;
        }

        if (stage.Parameters.TryGetProperty("withinDays", out var days))
        {
            var now = clock.GetCurrentInstant();
            var dueOn = now.InZone(Seoul.Zone).Date.PlusDays(days.GetInt32());
            db.Outbox.Add(OutboxMessage.For(ReservationLapsedJob.Kind, application.Id, new ReservationDeadline(bookmarkId), now, Seoul.EndOf(dueOn)));
        }
    }
}

/// <summary>The last day to wait for a grant is over. Nothing happens when the share was reserved.</summary>
public sealed class ReservationLapsedJob(TenantJob job, WorkflowInstances instances) : IOutboxJob
{
    public const string Kind = "reservation.lapsed";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var application = await db.Set<GrantApplication>().SingleAsync(application => application.Id == message.ApplicationId, cancellationToken);

        // The share first, as those do who reserve it: so that nobody waits for each other. A used bookmark refuses, and that is all right.
        await ReserveNationalShare.LockAsync(db, [application.Id], cancellationToken);
        await instances.ResumeAsync(
            db, application.WorkflowInstanceId, message.Read<ReservationDeadline>().BookmarkId, "TimedOut", null, "job:" + Kind, cancellationToken);
    }
}

/// <summary>The payload of <see cref="ReservationLapsedJob"/>.</summary>
internal sealed record ReservationDeadline(Guid BookmarkId);

/// <summary>After a grant: tries the cases that wait for it without having been ranked, first come first served. Those on the waiting list are ranked again, see <see cref="Selections.RankCallJob"/>.</summary>
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
        var shares = await ReserveNationalShare.LockAsync(db, [.. waiting.Select(row => row.Application.Id)], cancellationToken);
        foreach (var row in waiting)
        {
            await reserve.RunAsync(db, row.Application, shares.GetValueOrDefault(row.Application.Id), row.BookmarkId, cancellationToken);
        }
    }
}

/// <summary>The payload of <see cref="ReservationGrantedJob"/>.</summary>
internal sealed record GrantMessage(Guid CallId, string Tier);

/// <summary>Reserves one case's national share and lets its workflow go on, if there is enough.</summary>
public sealed class ReserveNationalShare(MoveMoney money, WorkflowInstances instances)
{
    /// <summary>
    /// The national shares of these applications, locked until the transaction ends: of several jobs that find the same case waiting, one
    /// reserves it. All are locked before any budget line is, so that two jobs never wait for each other.
    /// </summary>
    internal static async Task<Dictionary<Guid, ApplicationShare>> LockAsync(GrantsDb db, Guid[] applications, CancellationToken cancellationToken)
        => await db.Set<ApplicationShare>()
            .FromSql($"""
                select * from application_shares
                where tenant_id = {db.Tenant} and application_id = any({applications}) and funder = {nameof(Funder.National)}
                order by id for update
                """)
            .ToDictionaryAsync(share => share.ApplicationId, cancellationToken);

    /// <param name="db">The tenant's context in a transaction.</param>
    /// <param name="application">The case.</param>
    /// <param name="share">Its national share from <see cref="LockAsync"/>; null when its tier has none.</param>
    /// <param name="bookmarkId">Where the workflow waits.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>False when too little is left: the case waits.</returns>
    internal async Task<bool> RunAsync(GrantsDb db, GrantApplication application, ApplicationShare? share, Guid bookmarkId, CancellationToken cancellationToken)
    {
        const string Actor = "job:" + ReservationJob.Kind;
        if (share is { Status: ShareStatus.Planned } && !await money.ReserveAsync(db, share, application.CallId, application.Tier, Actor, cancellationToken))
        {
            return false;
        }

        await instances.ResumeAsync(db, application.WorkflowInstanceId, bookmarkId, "Reserved", new { amount = share?.Amount.Amount ?? 0 }, Actor, cancellationToken);
        return true;
    }
}
