using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using SaaS.Platform.Data;

namespace SaaS.Platform.Workflows;

/// <summary>
/// Reads an instance as it is now, which is nobody else's until the transaction ends. Every burst begins so: it is read by hand, which takes
/// half as long as a query of EF Core, and is tracked from then on.
/// </summary>
internal static class LockInstance
{
    private const string Query = $"select {WorkflowInstance.Columns} from workflow_instances where tenant_id = $1 and id = $2 for no key update";

    /// <param name="db">A tenant's context inside a transaction.</param>
    /// <param name="instanceId">The instance.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InvalidOperationException">The tenant has no such instance.</exception>
    public static async Task<WorkflowInstance> RunAsync(GrantsDb db, Guid instanceId, CancellationToken cancellationToken)
    {
        var now = await ReadAsync(db, instanceId, cancellationToken);
        if (db.Known<WorkflowInstance>(instanceId) is not { } known)
        {
            db.Attach(now);
            db.Hold(now);
            return now;
        }

        known.DetectChanges();
        if (known.State is EntityState.Unchanged)
        {
            // What this context read before the lock may be out of date by now.
            known.OriginalValues.SetValues(now);
            known.CurrentValues.SetValues(now);
            db.Hold(known.Entity);
        }

        return known.Entity;
    }

    private static async Task<WorkflowInstance> ReadAsync(GrantsDb db, Guid instanceId, CancellationToken cancellationToken)
    {
        var transaction = (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        if (ContextCommands.StatementFor(db, transaction) is { } context)
        {
            batch.BatchCommands.Add(context);
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(Query)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = db.Tenant }, new NpgsqlParameter<Guid> { TypedValue = instanceId } },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (batch.BatchCommands.Count == 2)
        {
            await reader.NextResultAsync(cancellationToken);
        }

        return await reader.ReadAsync(cancellationToken)
            ? new WorkflowInstance(reader)
            : throw new InvalidOperationException($"The tenant '{db.Tenant}' has no workflow instance {instanceId}.");
    }
}
