using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;
using Npgsql;

namespace SaaS.Platform.Data;

/// <summary>
/// Writes what SaveChanges found, and what was appended, in one round trip, with the context of <see cref="ContextCommands"/> in front:
/// what is removed, then what is changed and added, tables that others refer to first. A table's rows come in the order of their ids, so
/// that two transactions never wait for each other.
/// </summary>
/// <remarks>
/// No row is read back: keys and defaults are made here, never by the database. A row may not be removed together with the change that
/// takes the last reference to it away: the database refuses it, and two saves do it.
/// </remarks>
internal sealed class RowDatabase(DatabaseDependencies dependencies, RelationalDatabaseDependencies relational)
    : RelationalDatabase(dependencies, relational)
{
    private static readonly ConcurrentDictionary<IModel, Dictionary<IEntityType, int>> Orders = [];

    public override int SaveChanges(IList<IUpdateEntry> entries)
    {
        var connection = RelationalDependencies.Connection;
        connection.Open();
        try
        {
            using var batch = ToBatch(connection, entries, out var statements);
            try
            {
                batch.ExecuteNonQuery();
            }
            catch (PostgresException problem)
            {
                throw Refused(problem, statements);
            }

            return Count(statements);
        }
        finally
        {
            connection.Close();
        }
    }

    public override async Task<int> SaveChangesAsync(IList<IUpdateEntry> entries, CancellationToken cancellationToken = default)
    {
        var connection = RelationalDependencies.Connection;
        await connection.OpenAsync(cancellationToken);
        try
        {
            await using var batch = ToBatch(connection, entries, out var statements);
            try
            {
                await batch.ExecuteNonQueryAsync(cancellationToken);
            }
            catch (PostgresException problem)
            {
                throw Refused(problem, statements);
            }

            return Count(statements);
        }
        finally
        {
            await connection.CloseAsync();
        }
    }

    private static NpgsqlBatch ToBatch(IRelationalConnection connection, IList<IUpdateEntry> entries, out List<RowStatement> statements)
    {
        var db = (GrantsDb)connection.Context;
        var transaction = (NpgsqlTransaction?)connection.CurrentTransaction?.GetDbTransaction();
        var batch = new NpgsqlBatch((NpgsqlConnection)connection.DbConnection, transaction);
        if (connection.CommandTimeout is { } seconds)
        {
            batch.Timeout = seconds;
        }

        if (ContextCommands.StatementFor(db, transaction) is { } context)
        {
            batch.BatchCommands.Add(context);
        }

        // Without a transaction of its own the batch is one.
        var commits = transaction is not null && db.CommitsWithSave;
        statements = Statements(db, entries, areGuarded: commits || transaction is null);
        if (db.Context.Tenant is { } tenant)
        {
            statements.AddRange(db.Appended.Take(tenant));
        }

        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(statement.Command);
        }

        if (commits)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
            db.CommitsWithSave = false;
        }

        return batch;
    }

    /// <param name="db">Says which tables refer to which, and whose rows it writes.</param>
    /// <param name="entries">What SaveChanges found.</param>
    /// <param name="areGuarded">When nothing must happen unless every row was there, and it is too late to look afterwards.</param>
    /// <exception cref="TenantMismatchException">A row names another tenant.</exception>
    private static List<RowStatement> Statements(GrantsDb db, IList<IUpdateEntry> entries, bool areGuarded)
    {
        var statements = new List<RowStatement>();
        var tables = new SortedList<int, List<IUpdateEntry>>();
        var order = Orders.GetOrAdd(db.Model, static model => OrderOf(model));
        foreach (var entry in entries)
        {
            if (RowShape.Of(entry.EntityType).Tenant is { } tenant && entry.GetCurrentValue<string>(tenant) is var whose && whose != db.Tenant)
            {
                // Refused here before the database refuses it again.
                throw new TenantMismatchException($"{entry.EntityType.DisplayName()} belongs to the tenant '{whose}', this context to '{db.Tenant}'.");
            }

            var place = order[entry.EntityType];
            if (!tables.TryGetValue(place, out var rows))
            {
                tables.Add(place, rows = []);
            }

            rows.Add(entry);
        }

        for (var last = tables.Count - 1; last >= 0; last--)
        {
            foreach (var row in ById(tables.Values[last], EntityState.Deleted))
            {
                statements.Add(RowStatement.Removing(RowShape.Of(row.EntityType), row, IsGuarded(row)));
            }
        }

        foreach (var rows in tables.Values)
        {
            var shape = RowShape.Of(rows[0].EntityType);
            foreach (var row in ById(rows, EntityState.Modified))
            {
                if (RowStatement.Changing(shape, row, IsGuarded(row)) is { } statement)
                {
                    statements.Add(statement);
                }
            }

            if (ById(rows, EntityState.Added) is { Count: > 0 } added)
            {
                statements.AddRange(RowStatement.Inserting(shape, added));
            }
        }

        return statements;

        bool IsGuarded(IUpdateEntry row) => areGuarded && !db.Holds(row.ToEntityEntry().Entity);
    }

    private static List<IUpdateEntry> ById(List<IUpdateEntry> rows, EntityState state)
    {
        var found = rows.FindAll(row => row.EntityState == state);
        if (found.Count > 1 && found[0].EntityType.FindPrimaryKey()!.Properties is [.., { } id] && id.ClrType == typeof(Guid))
        {
            found.Sort((one, other) => one.GetCurrentValue<Guid>(id).CompareTo(other.GetCurrentValue<Guid>(id)));
        }

        return found;
    }

    // Tables after those that they refer to; of two that are free to come, the name decides.
    private static Dictionary<IEntityType, int> OrderOf(IModel model)
    {
        var order = new Dictionary<IEntityType, int>();
        var left = model.GetEntityTypes().Where(type => type.GetTableName() is not null).OrderBy(type => type.GetTableName(), StringComparer.Ordinal).ToList();
        while (left.Count > 0)
        {
            var next = left.Find(type => type.GetForeignKeys().All(key => key.PrincipalEntityType == type || order.ContainsKey(key.PrincipalEntityType)))
                ?? throw new NotSupportedException($"These tables refer to each other in a circle: {string.Join(", ", left.Select(type => type.GetTableName()))}.");
            order.Add(next, order.Count);
            left.Remove(next);
        }

        return order;
    }

    private static DbUpdateException Refused(PostgresException problem, List<RowStatement> statements)
    {
        var refused = statements.Find(statement => statement.Command == problem.BatchCommand);
        return refused is { IsGuarded: true } && problem.SqlState == PostgresErrorCodes.DivisionByZero
            ? new DbUpdateConcurrencyException($"No row was changed by: {refused.Command.CommandText}", problem, refused.Entries)
            : new DbUpdateException($"The database refused what was to be saved: {problem.MessageText}", problem, refused?.Entries ?? []);
    }

    /// <summary>The tracked rows that were written.</summary>
    private static int Count(List<RowStatement> statements)
    {
        var rows = 0;
        foreach (var statement in statements)
        {
            if (statement is { IsGuarded: false, Rows: { } expected } && statement.Command.RecordsAffected != expected)
            {
                throw new DbUpdateConcurrencyException(
                    $"{statement.Command.RecordsAffected} rows were changed instead of {statement.Rows} by: {statement.Command.CommandText}", statement.Entries);
            }

            rows += statement.Entries.Count;
        }

        return rows;
    }
}
