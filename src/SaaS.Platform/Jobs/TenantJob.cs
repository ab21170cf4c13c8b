using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
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
        var first = await RunAsync(
            tenant, db => db.Outbox.FromSql($"select * from outbox where tenant_id = {tenant} and id = {outboxId} for update"), step, cancellationToken)
            ?? throw new InvalidOperationException($"The tenant '{tenant}' has no outbox message {outboxId}.");
        if (!first.WasRun)
        {
            return false;
        }

        // Oldest first; what others work at is passed over. One that fails is handed over by itself soon, as the oldest that waits.
        while (watch.Elapsed < TakingAlong && await RunAsync(tenant, Next, step, cancellationToken) is not null)
        {
            // The next one.
        }

        return true;

        IQueryable<OutboxMessage> Next(GrantsDb db)
        {
            var now = clock.GetCurrentInstant();
            return db.Outbox.FromSql($"""
                select * from outbox
                where tenant_id = {tenant} and kind = {first.Kind} and done_at is null and dispatched_at is null and available_at <= {now}
                order by available_at, id limit 1 for update skip locked
                """);
        }
    }

    /// <summary>Runs the step of one message; null when there is none.</summary>
    private async Task<Handled?> RunAsync(
        string tenant, Func<GrantsDb, IQueryable<OutboxMessage>> which, Func<GrantsDb, OutboxMessage, CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        var recollection = new Recollection();
        try
        {
            return await TryAsync(tenant, which, step, recollection, cancellationToken);
        }
        catch (Exception) when (recollection.WasUsed && !cancellationToken.IsCancellationRequested)
        {
            // Nothing of it stands, and what it failed with may only mean that others went on meanwhile: once more, with all read and locked.
            return await TryAsync(tenant, which, step, null, cancellationToken);
        }
    }

    private async Task<Handled?> TryAsync(
        string tenant, Func<GrantsDb, IQueryable<OutboxMessage>> which, Func<GrantsDb, OutboxMessage, CancellationToken, Task> step, Recollection? recollection,
        CancellationToken cancellationToken)
    {
        await using var db = planes.OpenTenant(tenant);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var message = await which(db).SingleOrDefaultAsync(cancellationToken);
        if (message is null or { DoneAt: not null })
        {
            return message is null ? null : new Handled(message.Kind, false);
        }

        db.Recollection = recollection;
        await step(db, message, cancellationToken);
        message.MarkDone(clock.GetCurrentInstant());
        await db.SaveAndCommitAsync(transaction, cancellationToken);
        return new Handled(message.Kind, true);
    }

    private sealed record Handled(string Kind, bool WasRun);
}
