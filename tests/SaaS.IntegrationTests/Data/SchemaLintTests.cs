using Npgsql;
using SaaS.Platform.Data;

namespace SaaS.IntegrationTests.Data;

/// <summary>What must hold of every table, read from PostgreSQL's catalogue, so that a new table cannot forget it.</summary>
public sealed class SchemaLintTests(PlatformFixture platform)
{
    /// <summary>Tables of the whole platform; all others belong to a tenant.</summary>
    private static readonly string[] PlatformTables = ["tenants", "organisations", "firms", "facilities", "suppliers", "supplier_cases", "guard_rails", "guard_rail_decisions", "users", "memberships"];

    [Fact]
    public async Task Every_table_forces_row_level_security_and_has_a_policy()
        => Assert.Empty(await ListAsync("""
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' and c.relkind in ('r', 'p')
              and (not c.relrowsecurity or not c.relforcerowsecurity or not exists (select from pg_policy p where p.polrelid = c.oid))
            """));

    [Fact]
    public async Task Every_table_is_in_the_list_of_who_sees_what()
    {
        var tables = await ListAsync("select tablename from pg_tables where schemaname = 'public'");

        Assert.Equal(tables.Order(StringComparer.Ordinal), Visibility.All.Select(cell => cell.Table).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_plane_has_one_policy_a_table()
        => Assert.Empty(Visibility.All.GroupBy(cell => (cell.Table, cell.Plane)).Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public async Task Every_tenants_table_starts_its_primary_key_with_the_tenant()
        => Assert.Empty(await ListAsync($"""
            select c.relname from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all ({Quoted(PlatformTables)})
              and not exists (
                select from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
                where i.indrelid = c.oid and i.indisprimary and a.attname = 'tenant_id')
            """));

    [Fact]
    public async Task Every_unique_index_of_a_tenants_table_starts_with_the_tenant()
        => Assert.Empty(await ListAsync($"""
            select i.indexrelid::regclass::text from pg_index i
            join pg_class c on c.oid = i.indrelid
            join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
            where c.relnamespace = 'public'::regnamespace and i.indisunique and c.relname <> all ({Quoted(PlatformTables)}) and a.attname <> 'tenant_id'
            """));

    [Fact]
    public async Task Every_foreign_key_between_tenants_tables_includes_the_tenant()
        => Assert.Empty(await ListAsync($"""
            select k.conname from pg_constraint k
            join pg_class here on here.oid = k.conrelid
            join pg_class there on there.oid = k.confrelid
            where k.contype = 'f' and here.relnamespace = 'public'::regnamespace
              and here.relname <> all ({Quoted(PlatformTables)}) and there.relname <> all ({Quoted(PlatformTables)})
              and not exists (
                select from unnest(k.conkey, k.confkey) as pair(own, other)
                join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.own and a.attname = 'tenant_id'
                join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.other and b.attname = 'tenant_id')
            """));

    [Fact]
    public async Task No_plane_owns_anything_or_can_get_round_the_policies()
    {
        Assert.Empty(await ListAsync($"""
            select rolname from pg_roles
            where rolname like '{platform.Settings.RolePrefix}\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
            """));
        Assert.Empty(await ListAsync($"""
            select c.relname from pg_class c join pg_roles r on r.oid = c.relowner
            where r.rolname like '{platform.Settings.RolePrefix}\_%' and r.rolname <> '{platform.Settings.Owner}' and c.relnamespace::regnamespace::text in ('public', 'hangfire', 'history')
            """));
        Assert.Equal([platform.Settings.Owner], await ListAsync($"select rolname from pg_roles where rolname like '{platform.Settings.RolePrefix}\\_%' and not rolcanlogin"));
    }

    [Fact]
    public async Task No_plane_is_a_member_of_another_role()
        => Assert.Empty(await ListAsync($"""
            select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname like '{platform.Settings.RolePrefix}\_%'
            """));

    [Fact]
    public async Task No_view_shows_more_than_its_reader_may_see()
        => Assert.Empty(await ListAsync("""
            select relname from pg_class
            where relnamespace = 'public'::regnamespace and relkind in ('v', 'm') and not coalesce(reloptions::text like '%security_invoker=true%', false)
            """));

    [Fact]
    public async Task No_function_runs_with_its_owners_rights()
        => Assert.Empty(await ListAsync("select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef"));

    [Fact]
    public async Task Only_the_jobs_plane_reaches_hangfire()
        => Assert.Equal([platform.Settings.RoleOf(Plane.Jobs)], await ListAsync($"""
            select distinct grantee from information_schema.role_table_grants
            where table_schema = 'hangfire' and grantee <> '{platform.Settings.Owner}'
            """));

    [Theory]
    [InlineData("update audit_entries set action = 'x'")]
    [InlineData("delete from audit_entries")]
    [InlineData("truncate audit_entries")]
    [InlineData("truncate workflow_journal")]
    public async Task What_is_append_only_refuses_even_a_superuser(string sql)
    {
        await platform.ResetAsync();
        await using var connection = await platform.OpenAdminAsync();
        await PlatformFixture.ExecuteAsync(connection, """
            insert into audit_entries (id, tenant_id, at, action, subject, details) values (gen_random_uuid(), 'jeonnam', now(), 'a', 's', '{}')
            """);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => PlatformFixture.ExecuteAsync(connection, sql));

        Assert.Equal(PostgresErrorCodes.RestrictViolation, refused.SqlState);
    }

    private static string Quoted(string[] names) => $"array[{string.Join(", ", names.Select(name => $"'{name}'"))}]";

    private async Task<List<string>> ListAsync(string sql)
    {
        await using var connection = await platform.OpenAdminAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var names = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}
