using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace SaaS.Platform.Data;

/// <summary>
/// Tells PostgreSQL on whose behalf each command runs (setting <c>app.ctx</c>, for the transaction only, so that nothing stays in a
/// pooled connection). A query carries it along in the same round trip. SaveChanges never does: a statement before it would hide how
/// many rows were changed, and with that a lost update; it gets one statement of its own when its transaction has none yet.
/// </summary>
internal sealed class ContextCommands : DbCommandInterceptor, IDbTransactionInterceptor
{
    private const string Set = "select set_config('app.ctx', @ctx, true)";

    public static async Task CarryAsync(GrantsDb db, CancellationToken cancellationToken)
    {
        var transaction = db.Database.CurrentTransaction?.GetDbTransaction()
            ?? throw new InvalidOperationException("Only a transaction can carry the context.");
        if (StatementFor(db, (NpgsqlTransaction)transaction) is { } statement)
        {
            await using (statement)
            {
                await statement.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        if (Prepare(command, eventData) is { } statement)
        {
            using (statement)
            {
                statement.ExecuteNonQuery();
            }
        }

        return result;
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (Prepare(command, eventData) is { } statement)
        {
            await using (statement)
            {
                await statement.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        return result;
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

    private static NpgsqlCommand? Prepare(DbCommand command, CommandEventData eventData)
    {
        var db = Db(eventData);
        if (eventData.CommandSource is CommandSource.LinqQuery or CommandSource.FromSqlQuery)
        {
            GoAlong(command, db);
            return null;
        }

        if (command.Transaction is not { } transaction)
        {
            throw new InvalidOperationException($"A command from {eventData.CommandSource} outside a transaction has no context.");
        }

        return StatementFor(db, (NpgsqlTransaction)transaction);
    }

    private static NpgsqlCommand? StatementFor(GrantsDb db, NpgsqlTransaction transaction)
    {
        if (db.ContextSetIn == transaction)
        {
            return null;
        }

        var statement = new NpgsqlCommand(Set, transaction.Connection, transaction);
        statement.Parameters.AddWithValue("ctx", db.Context.ToJson());
        db.ContextSetIn = transaction;
        return statement;
    }

    private static void GoAlong(DbCommand command, GrantsDb db)
    {
        if (command.Transaction is { } transaction)
        {
            if (db.ContextSetIn == transaction)
            {
                return;
            }

            db.ContextSetIn = transaction;
        }

        command.CommandText = $"{Set};\n{command.CommandText}";
        command.Parameters.Add(new NpgsqlParameter("ctx", db.Context.ToJson()));
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
