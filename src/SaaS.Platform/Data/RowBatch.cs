using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;
using Npgsql;

namespace SaaS.Platform.Data;

/// <summary>
/// Writes what SaveChanges found in one round trip, with the context of <see cref="ContextCommands"/> in front: the rows that are added to
/// a table are one statement, whose text does not depend on their number, so that PostgreSQL keeps its plan.
/// </summary>
/// <remarks>No row is read back: keys and defaults are made here, never by the database.</remarks>
internal sealed class RowBatch(ModificationCommandBatchFactoryDependencies dependencies) : ModificationCommandBatch
{
    private const int Most = 1_000;

    private readonly List<IReadOnlyModificationCommand> commands = [];
    private bool moreExpected;

    public override IReadOnlyList<IReadOnlyModificationCommand> ModificationCommands => commands;

    public override bool AreMoreBatchesExpected => moreExpected;

    /// <summary>What is sent at once stands or falls at once; only a row that was not there to be changed is noticed afterwards.</summary>
    public override bool RequiresTransaction => moreExpected || (commands.Count > 1 && commands.Exists(command => command.EntityState is not EntityState.Added));

    private GrantsDb Db => (GrantsDb)dependencies.CurrentContext.Context;

    public override bool TryAddCommand(IReadOnlyModificationCommand modificationCommand)
    {
        if (commands.Count == Most)
        {
            return false;
        }

        commands.Add(modificationCommand);
        return true;
    }

    public override void Complete(bool moreBatchesExpected) => moreExpected = moreBatchesExpected;

    public override void Execute(IRelationalConnection connection)
    {
        using var batch = ToBatch(connection, out var statements);
        try
        {
            batch.ExecuteNonQuery();
        }
        catch (PostgresException problem)
        {
            throw Refused(problem, statements);
        }

        Check(statements);
    }

    public override async Task ExecuteAsync(IRelationalConnection connection, CancellationToken cancellationToken = default)
    {
        await using var batch = ToBatch(connection, out var statements);
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException problem)
        {
            throw Refused(problem, statements);
        }

        Check(statements);
    }

    private NpgsqlBatch ToBatch(IRelationalConnection connection, out List<RowStatement> statements)
    {
        var transaction = (NpgsqlTransaction?)connection.CurrentTransaction?.GetDbTransaction();
        var batch = new NpgsqlBatch((NpgsqlConnection)connection.DbConnection, transaction);
        if (connection.CommandTimeout is { } seconds)
        {
            batch.Timeout = seconds;
        }

        if (ContextCommands.StatementFor(Db, transaction) is { } context)
        {
            batch.BatchCommands.Add(context);
        }

        var commits = transaction is not null && Db.CommitsWithSave && !moreExpected;
        statements = [.. RowStatement.For(commands, commits)];
        if (!moreExpected && Db.Context.Tenant is { } tenant)
        {
            statements.AddRange(Db.Appended.Take(tenant));
        }

        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(statement.Command);
        }

        if (commits)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
            Db.CommitsWithSave = false;
        }

        return batch;
    }

    private static DbUpdateException Refused(PostgresException problem, List<RowStatement> statements)
    {
        var refused = statements.Find(statement => statement.Command == problem.BatchCommand);
        return refused is { IsGuarded: true } && problem.SqlState == PostgresErrorCodes.DivisionByZero
            ? new DbUpdateConcurrencyException($"No row was changed by: {refused.Command.CommandText}", problem, refused.Entries)
            : new DbUpdateException($"The database refused what was to be saved: {problem.MessageText}", problem, refused?.Entries ?? []);
    }

    private static void Check(List<RowStatement> statements)
    {
        foreach (var statement in statements.Where(statement => statement is { IsGuarded: false, Rows: not null }))
        {
            if (statement.Command.RecordsAffected != statement.Rows)
            {
                throw new DbUpdateConcurrencyException(
                    $"{statement.Command.RecordsAffected} rows were changed instead of {statement.Rows} by: {statement.Command.CommandText}", statement.Entries);
            }
        }
    }
}

internal sealed class RowBatchFactory(ModificationCommandBatchFactoryDependencies dependencies) : IModificationCommandBatchFactory
{
    public ModificationCommandBatch Create() => new RowBatch(dependencies);
}
