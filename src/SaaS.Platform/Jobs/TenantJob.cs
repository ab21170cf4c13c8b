using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;
using SaaS.Platform.Data;

namespace SaaS.Platform.Jobs;

/// <summary>How every job does its step exactly once although Hangfire may run it twice.</summary>
public sealed class TenantJob(PlaneDb planes, IClock clock)
{
    /// <summary>
    /// Runs a step in one transaction of the tenant: locks the outbox row, returns if it is done, runs the step, saves, marks the row done,
    /// commits. A step that throws leaves nothing behind, and Hangfire tries again.
    /// </summary>
    /// <returns>False when it had been done before.</returns>
    /// <exception cref="InvalidOperationException">The tenant has no such row.</exception>
    public async Task<bool> RunOnceAsync(
        string tenant, Guid outboxId, Func<GrantsDb, OutboxMessage, CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        await using var db = planes.OpenTenant(tenant);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var message = await db.Outbox
            .FromSql($"select * from outbox where tenant_id = {tenant} and id = {outboxId} for update")
            .SingleOrDefaultAsync(cancellationToken)
            ?? throw new InvalidOperationException($"The tenant '{tenant}' has no outbox message {outboxId}.");
        if (message.DoneAt is not null)
        {
            return false;
        }

        await EndAsync(db, transaction, message, step, cancellationToken);
        return true;
    }

    /// <summary>
    /// The same for the tenant's oldest message of a kind that is due and not handed over yet: a job that has its tenant at hand takes like
    /// ones along. Messages that others work at are passed over.
    /// </summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> RunNextAsync(
        string tenant, string kind, Func<GrantsDb, OutboxMessage, CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        await using var db = planes.OpenTenant(tenant);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetCurrentInstant();
        var message = await db.Outbox
            .FromSql($"""
                select * from outbox
                where tenant_id = {tenant} and kind = {kind} and done_at is null and dispatched_at is null and available_at <= {now}
                order by available_at, id limit 1 for update skip locked
                """)
            .SingleOrDefaultAsync(cancellationToken);
        if (message is null)
        {
            return false;
        }

        await EndAsync(db, transaction, message, step, cancellationToken);
        return true;
    }

    private async Task EndAsync(
        GrantsDb db, IDbContextTransaction transaction, OutboxMessage message, Func<GrantsDb, OutboxMessage, CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        await step(db, message, cancellationToken);
        message.MarkDone(clock.GetCurrentInstant());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
