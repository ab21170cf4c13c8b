using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;
using SaaS.Platform.Data;

namespace SaaS.Platform.Jobs;

/// <summary>How every job does its step exactly once although Hangfire may run it twice.</summary>
public sealed class TenantJob(PlaneDb planes, IClock clock)
{
    /// <summary>A job that has its tenant at hand goes on with like messages for so long: handing over each would cost more than the step itself.</summary>
    private static readonly TimeSpan TakingAlong = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Runs a step in one transaction of the tenant: locks the outbox row, returns if it is done, runs the step, saves, marks the row done,
    /// commits. A step that throws leaves nothing behind, and Hangfire tries again. Messages of the same kind that are due and not handed
    /// over yet follow, each in a transaction of its own, for a fifth of a second: many are written together.
    /// </summary>
    /// <returns>False when it had been done before.</returns>
    /// <exception cref="InvalidOperationException">The tenant has no such row.</exception>
    public async Task<bool> RunOnceAsync(
        string tenant, Guid outboxId, Func<GrantsDb, OutboxMessage, CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        string kind;
        await using (var db = planes.OpenTenant(tenant))
        {
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
            kind = message.Kind;
        }

        while (watch.Elapsed < TakingAlong && await RunNextAsync(tenant, kind, step, cancellationToken))
        {
            // The next one.
        }

        return true;
    }

    // Oldest first; what others work at is passed over. One that fails is handed over by itself soon, as the oldest that waits.
    private async Task<bool> RunNextAsync(
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
        await db.SaveAndCommitAsync(transaction, cancellationToken);
    }
}
