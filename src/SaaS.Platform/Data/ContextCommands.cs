using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace SaaS.Platform.Data;

/// <summary>
/// Tells PostgreSQL on whose behalf each command runs (setting <c>app.ctx</c>, for the transaction only, so that nothing stays in a
/// pooled connection). Every command carries it along in the same round trip, unless its transaction has it already; for what SaveChanges
/// writes, see <see cref="RowDatabase"/>.
/// </summary>
internal sealed class ContextCommands : DbCommandInterceptor, IDbTransactionInterceptor
{
    private const string Set = "select set_config('app.ctx', @ctx, true)";
    private const string SetInBatch = "select set_config('app.ctx', $1, true)";

    /// <summary>The statement to begin a batch with; null when its transaction carries the context already.</summary>
    public static NpgsqlBatchCommand? StatementFor(GrantsDb db, NpgsqlTransaction? transaction)
        => NeedsContext(db, transaction) ? new NpgsqlBatchCommand(SetInBatch) { Parameters = { new NpgsqlParameter<string> { TypedValue = db.Context.ToJson() } } } : null;

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        GoAlong(command, Db(eventData));
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        GoAlong(command, Db(eventData));
        return ValueTask.FromResult(result);
    }

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        if (command.Parameters.Contains("ctx"))
        {
            result.NextResult();
        }

        return result;
    }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (command.Parameters.Contains("ctx"))
        {
            await result.NextResultAsync(cancellationToken);
        }

        return result;
    }

    // ExecuteUpdate, ExecuteDelete and ExecuteSql: the count of a command leaves out what a SELECT returned, so it may go along.
    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        GoAlong(command, Db(eventData));
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        GoAlong(command, Db(eventData));
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
        => throw new NotSupportedException("Scalar commands carry no context; write the query as LINQ or SqlQuery.");

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
        => throw new NotSupportedException("Scalar commands carry no context; write the query as LINQ or SqlQuery.");

    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result) => Forget(eventData, result);

    public ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
        => ValueTask.FromResult(Forget(eventData, result));

    public DbTransaction TransactionUsed(DbConnection connection, TransactionEventData eventData, DbTransaction result) => Forget(eventData, result);

    public ValueTask<DbTransaction> TransactionUsedAsync(
        DbConnection connection, TransactionEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
        => ValueTask.FromResult(Forget(eventData, result));

    // Rolling back to a savepoint takes back what was set after it.
    public void RolledBackToSavepoint(DbTransaction transaction, TransactionEventData eventData) => Forget(eventData, transaction);

    public Task RolledBackToSavepointAsync(DbTransaction transaction, TransactionEventData eventData, CancellationToken cancellationToken = default)
    {
        Forget(eventData, transaction);
        return Task.CompletedTask;
    }

    private static void GoAlong(DbCommand command, GrantsDb db)
    {
        command.CommandText = RowLocks.Apply(command.CommandText);
        if (NeedsContext(db, command.Transaction))
        {
            command.CommandText = $"{Set};\n{command.CommandText}";
            command.Parameters.Add(new NpgsqlParameter("ctx", db.Context.ToJson()));
        }
    }

    // The first command of a transaction sets it for all.
    private static bool NeedsContext(GrantsDb db, DbTransaction? transaction)
    {
        if (transaction is not null && db.ContextSetIn == transaction)
        {
            return false;
        }

        db.ContextSetIn = transaction;
        return true;
    }

    private static DbTransaction Forget(DbContextEventData eventData, DbTransaction transaction)
    {
        if (eventData.Context is GrantsDb db)
        {
            db.ContextSetIn = null;
        }

        return transaction;
    }

    private static GrantsDb Db(CommandEventData eventData)
        => eventData.Context as GrantsDb ?? throw new InvalidOperationException("A command without a context is refused.");
}
