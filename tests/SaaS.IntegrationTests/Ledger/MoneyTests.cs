using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SaaS.Domain.Money;
using SaaS.IntegrationTests.Data;
using SaaS.Platform.Ledger;
using SaaS.Platform.Shares;

namespace SaaS.IntegrationTests.Ledger;

/// <summary>Budget lines and ledger when many want the same money at once, and when somebody lays hands on the figures.</summary>
public sealed class MoneyTests(PlatformFixture platform)
{
    private const int Shares = 64;
    private const long Amount = 30_000_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sixty_four_at_once_never_overspend_a_budget_line()
    {
        var shares = await SixtyFourSharesAsync(budget: 10 * Amount + Amount / 2);

        var reserved = await Task.WhenAll(shares.Select(ReserveAsync));

        Assert.Equal(10, reserved.Count(done => done));
        Assert.Equal(10 * Amount, await NumberAsync("select reserved from budget_lines"));
        Assert.Equal(10 * Amount, await NumberAsync("select sum(p.amount) from ledger_postings p join ledger_accounts a on a.id = p.account_id where a.kind = 'Reserved'"));
        Assert.Equal(10, await NumberAsync("select count(*) from application_shares where status = 'Reserved'"));
        await VerifyAsync(journals: 10);
    }

    [Fact]
    public async Task A_reservation_asked_for_ten_times_at_once_happens_once()
    {
        var shares = await SixtyFourSharesAsync(budget: Shares * Amount);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            try
            {
                await ReserveAsync(shares[0]);
            }
            catch (InvalidOperationException)
            {
                // It was reserved before: the share says so, and the whole transaction is undone.
            }
        }));

        Assert.Equal(Amount, await NumberAsync("select reserved from budget_lines"));
        await VerifyAsync(journals: 1);
    }

    [Fact]
    public async Task A_payment_sent_ten_times_at_once_is_paid_once()
    {
        var share = (await SixtyFourSharesAsync(budget: Amount))[0];
        await ReserveAsync(share);
        await InTransactionAsync(share, async (money, db, row) =>
        {
            await money.CommitAsync(db, row, Won.Zero, "user:test", Cancelled);
            return true;
        });

        var paid = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => InTransactionAsync(
            share, (money, db, row) => money.PayAsync(db, row, new Won(12_000_000), "pay:1", "user:test", "tranche 1", Cancelled))));

        Assert.Single(paid, done => done);
        Assert.Equal(12_000_000, await NumberAsync("select paid from budget_lines"));
        Assert.Equal(18_000_000, await NumberAsync("select committed from budget_lines"));
    }

    [Fact]
    public async Task More_than_was_committed_is_not_paid()
    {
        var share = (await SixtyFourSharesAsync(budget: Amount))[0];
        await ReserveAsync(share);
        await InTransactionAsync(share, async (money, db, row) =>
        {
            await money.CommitAsync(db, row, Won.Zero, "user:test", Cancelled);
            return true;
        });

        var refused = await Assert.ThrowsAsync<PostgresException>(() => InTransactionAsync(
            share, (money, db, row) => money.PayAsync(db, row, new Won(Amount + 1), "pay:1", "user:test", "tranche 1", Cancelled)));

        Assert.Equal(PostgresErrorCodes.CheckViolation, refused.SqlState);
        Assert.Equal(0, await NumberAsync("select paid from budget_lines"));
        Assert.Equal(0, await NumberAsync("select count(*) from ledger_journals where kind = 'Pay'"));
    }

    [Fact]
    public async Task A_journal_that_does_not_add_up_is_refused_at_the_end_of_its_transaction()
    {
        var share = (await SixtyFourSharesAsync(budget: Amount))[0];
        await ReserveAsync(share);
        await using var db = platform.Planes.OpenTenant(World.Ours.Tenant);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancelled);
        await db.Database.ExecuteSqlAsync($"insert into ledger_postings (tenant_id, journal_id, line, account_id, amount) select tenant_id, journal_id, 3, account_id, 1 from ledger_postings limit 1", Cancelled);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => transaction.CommitAsync(Cancelled));

        Assert.Equal(PostgresErrorCodes.CheckViolation, refused.SqlState);
        await VerifyAsync(journals: 1);
    }

    [Theory]
    [InlineData("update ledger_postings set amount = amount * 2")]
    [InlineData("delete from ledger_postings")]
    [InlineData("truncate ledger_postings")]
    [InlineData("update ledger_journals set memo = ''")]
    [InlineData("truncate ledger_journals cascade")]
    public async Task What_was_posted_stays_even_against_a_superuser(string sql)
    {
        await ReserveAsync((await SixtyFourSharesAsync(budget: Amount))[0]);
        await using var admin = await platform.OpenAdminAsync();

        await Assert.ThrowsAsync<PostgresException>(() => PlatformFixture.ExecuteAsync(admin, sql));

        await VerifyAsync(journals: 1);
    }

    [Theory]
    [InlineData("update ledger_postings set amount = amount + 1 where line = 1")]
    [InlineData("delete from ledger_postings where line = 2")]
    [InlineData("update budget_lines set reserved = reserved - 1")]
    public async Task A_hand_in_the_figures_is_found(string sql)
    {
        await ReserveAsync((await SixtyFourSharesAsync(budget: Amount))[0]);
        await using (var admin = await platform.OpenAdminAsync())
        {
            await PlatformFixture.ExecuteAsync(admin, $"set session_replication_role = replica; {sql}; set session_replication_role = default");
        }

        var report = await platform.Services.GetRequiredService<VerifyLedger>().RunAsync(Cancelled);

        Assert.NotEmpty(report.Faults);
    }

    private async Task<bool> ReserveAsync(Guid share)
    {
        var call = await GuidAsync("select id from calls");
        return await InTransactionAsync(share, (money, db, row) => money.ReserveAsync(db, row, call, "BASIC", "job:test", Cancelled));
    }

    private async Task<bool> InTransactionAsync(Guid share, Func<MoveMoney, Platform.Data.GrantsDb, ApplicationShare, Task<bool>> move)
    {
        await using var db = platform.Planes.OpenTenant(World.Ours.Tenant);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancelled);
        var row = await db.Set<ApplicationShare>().FromSql($"select * from application_shares where id = {share} for update").SingleAsync(Cancelled);
        var done = await move(platform.Services.GetRequiredService<MoveMoney>(), db, row);
        await db.SaveChangesAsync(Cancelled);
        await transaction.CommitAsync(Cancelled);
        return done;
    }

    private async Task VerifyAsync(long journals)
    {
        var report = await platform.Services.GetRequiredService<VerifyLedger>().RunAsync(Cancelled);
        Assert.Empty(report.Faults);
        Assert.Equal((journals, 0L), (report.Journals, report.Sum));
    }

    /// <summary>One call with one budget line of the province, and sixty-four applications with a planned share of it.</summary>
    private async Task<List<Guid>> SixtyFourSharesAsync(long budget)
    {
        await platform.ResetAsync();
        await using var admin = await platform.OpenAdminAsync();
        await World.Ours.AddAsync(admin, await VisibilityTests.TablesAsync(admin));
        await PlatformFixture.ExecuteAsync(admin, $$"""
            set session_replication_role = replica;
            delete from ledger_postings; delete from ledger_journals; delete from ledger_accounts; delete from payment_orders;
            update budget_lines set appropriated = {{budget}}, reserved = 0, committed = 0, paid = 0, funder = 'Province', tier = null;
            insert into applications
            select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'receipt_number', 'R' || i, 'idempotency_key', gen_random_uuid()))).*
            from applications a, generate_series(1, {{Shares}}) as i;
            insert into application_shares
            select (jsonb_populate_record(s, jsonb_build_object(
                'id', gen_random_uuid(), 'application_id', a.id, 'funder', 'Province', 'status', 'Planned', 'amount', {{Amount}}, 'in_kind', 0, 'rounding_unit', 1000, 'budget_line_id', null))).*
            from application_shares s, applications a where a.receipt_number like 'R%' and a.id <> s.application_id;
            delete from application_shares where status <> 'Planned';
            set session_replication_role = default
            """);
        await using var select = new NpgsqlCommand("select id from application_shares", admin);
        await using var reader = await select.ExecuteReaderAsync(Cancelled);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(Cancelled))
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }

    private async Task<long> NumberAsync(string sql) => Convert.ToInt64(await ScalarAsync(sql), System.Globalization.CultureInfo.InvariantCulture);

    private async Task<Guid> GuidAsync(string sql) => (Guid)(await ScalarAsync(sql))!;

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var admin = await platform.OpenAdminAsync();
        await using var command = new NpgsqlCommand(sql, admin);
        return await command.ExecuteScalarAsync(Cancelled);
    }
}
