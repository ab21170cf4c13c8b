using Microsoft.EntityFrameworkCore;
using Npgsql;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;

namespace SaaS.IntegrationTests.Data;

public sealed class TenantRowsTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_gets_the_tenant_of_the_context_that_adds_it()
    {
        await platform.ResetAsync();
        await using var db = platform.Planes.OpenTenant("jeonnam");

        db.Outbox.Add(Message("a"));
        await db.SaveChangesAsync(Cancelled);

        Assert.Equal("jeonnam", (await db.Outbox.AsNoTracking().SingleAsync(Cancelled)).TenantId);
    }

    [Fact]
    public async Task A_tenant_reads_its_own_rows_only()
    {
        await platform.ResetAsync();
        await AddAsync("jeonnam", "a");
        await AddAsync("gyeongnam", "b");
        await using var db = platform.Planes.OpenTenant("gyeongnam");

        Assert.Equal(["b"], await db.Outbox.Select(message => message.Kind).ToListAsync(Cancelled));
        Assert.Equal(["b"], await db.Outbox.IgnoreQueryFilters().Select(message => message.Kind).ToListAsync(Cancelled));
        Assert.Equal(["b"], await db.Database.SqlQuery<string>($"select kind as \"Value\" from outbox").ToListAsync(Cancelled));
    }

    [Fact]
    public async Task A_plane_that_spans_tenants_reads_what_its_policies_show()
    {
        await platform.ResetAsync();
        await AddAsync("jeonnam", "a");
        await AddAsync("gyeongnam", "b");
        await using var db = platform.Planes.OpenOversight();

        Assert.Equal(["a", "b"], await db.Outbox.Select(message => message.Kind).Order().ToListAsync(Cancelled));
    }

    [Fact]
    public async Task A_foreign_tenants_row_is_not_saved()
    {
        await platform.ResetAsync();
        await using var theirs = platform.Planes.OpenTenant("gyeongnam");
        var message = Message("a");
        theirs.Outbox.Add(message);
        theirs.ChangeTracker.Clear();
        await using var db = platform.Planes.OpenTenant("jeonnam");
        db.Outbox.Add(message);

        await Assert.ThrowsAsync<TenantMismatchException>(() => db.SaveChangesAsync(Cancelled));
    }

    [Fact]
    public async Task The_database_refuses_a_foreign_tenants_row_by_itself()
    {
        await platform.ResetAsync();
        await using var db = platform.Planes.OpenTenant("jeonnam");

        var refused = await Assert.ThrowsAsync<PostgresException>(() => db.Database.ExecuteSqlAsync(
            $"insert into outbox (tenant_id, id, kind, payload, created_at, available_at, attempts) values ('gyeongnam', gen_random_uuid(), 'x', '{{}}', now(), now(), 0)",
            Cancelled));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Only_the_tenants_plane_writes_a_tenants_row()
    {
        await platform.ResetAsync();
        await using var db = platform.Planes.OpenOversight();

        var refused = Assert.Throws<InvalidOperationException>(() => db.Outbox.Add(Message("a")));

        Assert.Contains("Oversight", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Updating_a_row_that_is_gone_is_noticed()
    {
        await platform.ResetAsync();
        await AddAsync("jeonnam", "a");
        await using var db = platform.Planes.OpenTenant("jeonnam");
        var message = await db.Outbox.SingleAsync(Cancelled);
        await using (var admin = await platform.OpenAdminAsync())
        {
            await PlatformFixture.ExecuteAsync(admin, "delete from outbox");
        }

        message.MarkDone(PlatformFixture.Start);

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync(Cancelled));
    }

    [Fact]
    public async Task Rows_of_several_tables_are_saved_with_the_end_of_their_transaction()
    {
        await platform.ResetAsync();
        await using var db = platform.Planes.OpenTenant("jeonnam");
        await using (var transaction = await db.Database.BeginTransactionAsync(Cancelled))
        {
            db.Outbox.AddRange(Message("a"), Message("b"), Message("c"));
            await db.SaveAndCommitAsync(transaction, Cancelled);
        }

        await using var other = platform.Planes.OpenTenant("jeonnam");
        Assert.Equal(["a", "b", "c"], await other.Outbox.Select(message => message.Kind).Order().ToListAsync(Cancelled));
        Assert.Equal(3, await db.Outbox.CountAsync(Cancelled));
    }

    [Fact]
    public async Task A_row_that_is_gone_takes_all_that_was_to_be_committed_with_it_down()
    {
        await platform.ResetAsync();
        await AddAsync("jeonnam", "a");
        await using var db = platform.Planes.OpenTenant("jeonnam");
        await using (var transaction = await db.Database.BeginTransactionAsync(Cancelled))
        {
            var message = await db.Outbox.SingleAsync(Cancelled);
            await using (var admin = await platform.OpenAdminAsync())
            {
                await PlatformFixture.ExecuteAsync(admin, "delete from outbox");
            }

            message.MarkDone(PlatformFixture.Start);
            db.Outbox.Add(Message("b"));

            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveAndCommitAsync(transaction, Cancelled));
        }

        await using var other = platform.Planes.OpenTenant("jeonnam");
        Assert.Equal(0, await other.Outbox.CountAsync(Cancelled));
    }

    [Fact]
    public async Task A_value_too_long_is_refused_with_the_row_that_has_it()
    {
        await platform.ResetAsync();
        await using var db = platform.Planes.OpenTenant("jeonnam");
        var wrong = Message(new string('x', 61));
        db.Outbox.AddRange(Message("a"), wrong);

        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancelled));

        Assert.Equal(PostgresErrorCodes.StringDataRightTruncation, ((PostgresException)refused.InnerException!).SqlState);
        Assert.Contains(refused.Entries, entry => entry.Entity == wrong);
    }

    [Fact]
    public async Task The_context_outlives_a_rolled_back_savepoint()
    {
        await platform.ResetAsync();
        await AddAsync("jeonnam", "a");
        await using var db = platform.Planes.OpenTenant("jeonnam");
        await using var transaction = await db.Database.BeginTransactionAsync(Cancelled);
        await transaction.CreateSavepointAsync("before", Cancelled);
        Assert.Equal(1, await db.Outbox.CountAsync(Cancelled));
        await transaction.RollbackToSavepointAsync("before", Cancelled);

        Assert.Equal(1, await db.Outbox.CountAsync(Cancelled));
        Assert.Equal(1, await db.Outbox.ExecuteUpdateAsync(set => set.SetProperty(message => message.Kind, "b"), Cancelled));
    }

    [Fact]
    public async Task A_command_without_a_context_is_refused()
    {
        await using var db = new GrantsDb(PlaneDb.Options(platform.Settings.ConnectionOf(Plane.Tenant)));

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.Tenants.ToListAsync(Cancelled));
    }

    [Fact]
    public async Task A_connection_without_a_context_sees_nothing()
    {
        await platform.ResetAsync();
        await AddAsync("jeonnam", "a");
        await using var connection = new NpgsqlConnection(platform.Settings.ConnectionOf(Plane.Tenant));
        await connection.OpenAsync(Cancelled);
        await using var count = new NpgsqlCommand("select count(*) from outbox", connection);

        Assert.Equal(0L, await count.ExecuteScalarAsync(Cancelled));
    }

    [Fact]
    public async Task Two_thousand_turns_of_two_tenants_on_one_connection_show_no_foreign_row()
    {
        await platform.ResetAsync();
        await AddAsync("jeonnam", "jeonnam");
        await AddAsync("gyeongnam", "gyeongnam");
        var planes = new PlaneDb(platform.Settings with { Admin = platform.Settings.Admin + ";Maximum Pool Size=1" });
        var foreign = 0;
        var failed = 0;

        for (var turn = 0; turn < 2_000; turn++)
        {
            var tenant = turn % 2 == 0 ? "jeonnam" : "gyeongnam";
            await using var db = planes.OpenTenant(tenant);
            using var impatient = new CancellationTokenSource();
            try
            {
                switch (turn % 7)
                {
                    case 1:
                        await using (await db.Database.BeginTransactionAsync(Cancelled))
                        {
                            foreign += await ForeignAsync(db, tenant);
                        }

                        break;
                    case 3:
                        await db.Database.SqlQuery<int>($"select 1 / (count(*) - 1)::int as \"Value\" from outbox").ToListAsync(Cancelled);
                        break;
                    case 5:
                        impatient.CancelAfter(TimeSpan.FromMilliseconds(1));
                        await db.Database.SqlQuery<string>($"select pg_sleep(0.02)::text as \"Value\" from outbox").ToListAsync(impatient.Token);
                        break;
                    case 6:
                        await using (var transaction = await db.Database.BeginTransactionAsync(Cancelled))
                        {
                            await db.Outbox.ExecuteUpdateAsync(set => set.SetProperty(message => message.Attempts, turn), Cancelled);
                            await transaction.CommitAsync(Cancelled);
                        }

                        break;
                }
            }
            catch (Exception problem) when (problem is PostgresException or OperationCanceledException or InvalidOperationException { InnerException: NpgsqlException })
            {
                failed++;
            }

            foreign += await ForeignAsync(db, tenant);
        }

        Assert.Equal(0, foreign);
        Assert.InRange(failed, 400, 700);
    }

    private static Task<int> ForeignAsync(GrantsDb db, string tenant)
        => db.Outbox.IgnoreQueryFilters().AsNoTracking().CountAsync(message => message.Kind != tenant || message.TenantId != tenant, Cancelled);

    private static OutboxMessage Message(string kind) => OutboxMessage.For(kind, null, new { }, PlatformFixture.Start);

    private async Task AddAsync(string tenant, string kind)
    {
        await using var db = platform.Planes.OpenTenant(tenant);
        db.Outbox.Add(Message(kind));
        await db.SaveChangesAsync(Cancelled);
    }
}
