using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SaaS.Domain.Money;
using SaaS.Platform.Ledger;

namespace SaaS.Benchmarks;

/// <summary>Posting a journal, against the same rows as one raw statement on accounts that are known; both in a transaction, as always.</summary>
public static class LedgerBenchmark
{
    private const string Statement = """
        with journal as (
            insert into ledger_journals (tenant_id, id, idempotency_key, kind, application_id, at, actor, memo)
            values ($1, $2, $3, 'Reserve', $4, $5, 'job:bench', 'bench') returning id)
        insert into ledger_postings (tenant_id, journal_id, line, account_id, amount)
        select $1, journal.id, posting.line, posting.account_id, posting.amount
        from journal, (values (1, $6, -$8::bigint), (2, $7, $8::bigint)) as posting (line, account_id, amount)
        """;

    public static async Task<IReadOnlyList<Result>> RunAsync(Ground ground, CancellationToken cancellationToken)
    {
        var application = (await ground.SubmitAsync(cancellationToken)).ApplicationId;
        var province = await ProvinceAsync(ground, application, cancellationToken);
        var movement = new Movement(Funder.Province, province, null, AccountKind.Available, AccountKind.Reserved, new Won(1_000));
        await PostAsync(ground, application, movement, cancellationToken);
        var accounts = await AccountsAsync(ground, application, cancellationToken);
        return
        [
            await Comparison.RunAsync(
                "ledger posting",
                1.3,
                "one CTE statement in a transaction",
                600,
                () => PostAsync(ground, application, movement, cancellationToken),
                () => PostRawAsync(ground, application, accounts, cancellationToken),
                cancellationToken),
        ];
    }

    private static async Task PostAsync(Ground ground, Guid application, Movement movement, CancellationToken cancellationToken)
    {
        await using var db = ground.Planes.OpenTenant(Ground.Tenant);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await ground.Services.GetRequiredService<PostJournal>().RunAsync(
            db, JournalKind.Reserve, Guid.CreateVersion7().ToString(), application, [movement], "job:bench", "bench", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task PostRawAsync(Ground ground, Guid application, (Guid From, Guid To) accounts, CancellationToken cancellationToken)
    {
        await using var connection = await ground.AsTenant.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('app.ctx', $1, true)") { Parameters = { new() { Value = ground.TenantContext.ToJson() } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Statement)
        {
            Parameters =
            {
                new() { Value = Ground.Tenant },
                new() { Value = Guid.CreateVersion7() },
                new() { Value = Guid.CreateVersion7().ToString() },
                new() { Value = application },
                new() { Value = DateTime.UnixEpoch },
                new() { Value = accounts.From },
                new() { Value = accounts.To },
                new() { Value = 1_000L },
            },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<Guid> ProvinceAsync(Ground ground, Guid application, CancellationToken cancellationToken)
    {
        await using var command = ground.Admin.CreateCommand($"select funder_organisation_id from application_shares where application_id = '{application}' and funder = 'Province'");
        return (Guid)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<(Guid From, Guid To)> AccountsAsync(Ground ground, Guid application, CancellationToken cancellationToken)
    {
        await using var command = ground.Admin.CreateCommand($"select id from ledger_accounts where application_id = '{application}' order by kind");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var from = reader.GetGuid(0);
        await reader.ReadAsync(cancellationToken);
        return (from, reader.GetGuid(0));
    }
}
