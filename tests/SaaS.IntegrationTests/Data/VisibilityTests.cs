using Npgsql;
using SaaS.Platform.Data;
using static SaaS.IntegrationTests.Data.VisibilityTests.Sees;

namespace SaaS.IntegrationTests.Data;

/// <summary>
/// Raw SQL on every table as every role, in two worlds that share nothing. What each should see is written here a second time, in words
/// of rows and not of conditions, so that a mistake in the conditions shows.
/// </summary>
public sealed class VisibilityTests(PlatformFixture platform)
{
    internal enum Sees
    {
        /// <summary>PostgreSQL refuses the query.</summary>
        Refused,

        /// <summary>No row: these belong to somebody else of the own world.</summary>
        None,

        /// <summary>The rows of the own world and no other.</summary>
        Own,

        /// <summary>The rows of both worlds.</summary>
        All,

        /// <summary>All public bodies and the firm of the own world.</summary>
        OwnFirm,

        /// <summary>All public bodies and no firm.</summary>
        Bodies,
    }

    /// <summary>One line a table, one column a plane; - is <see cref="Refused"/>.</summary>
    private const string Expectations = """
        table                 Public    Identity  Tenant    Company   Supplier  Funder    Region    Assessor  Oversight Jobs      Inbox
        tenants               All       All       All       All       All       All       All       All       All       -         All
        organisations         Bodies    All       OwnFirm   OwnFirm   OwnFirm   Bodies    OwnFirm   Bodies    All       -         OwnFirm
        firms                 -         -         Own       Own       -         -         Own       -         All       -         -
        facilities            -         -         Own       Own       Own       -         Own       Own       All       -         -
        suppliers             All       -         All       All       All       -         All       -         All       -         -
        supplier_cases        -         -         All       Own       Own       -         Own       -         All       -         None
        guard_rails           All       -         All       All       All       All       All       All       All       -         None
        guard_rail_decisions  All       -         All       All       All       All       All       All       All       -         None
        guard_rail_findings   -         -         Own       -         -         -         -         -         All       -         None
        supplier_waits        -         -         Own       Own       Own       -         Own       -         All       -         None
        documents             -         -         Own       Own       -         -         Own       Own       All       -         -
        users                 -         All       -         -         -         -         -         -         -         -         Own
        memberships           -         All       All       -         -         -         Own       -         -         -         Own
        invitations           -         All       Own       -         -         -         -         -         All       -         None
        draft_guests          -         -         Own       -         -         -         Own       -         All       -         None
        outbox                -         -         Own       -         -         -         -         -         All       All       -
        inbox_notices         -         -         Own       -         -         -         -         -         -         -         -
        audit_entries         -         -         Own       -         -         -         -         -         All       -         -
        programmes            All       -         Own       All       All       All       All       All       All       -         All
        definition_versions   All       -         Own       All       All       All       All       All       All       -         -
        definition_drafts     -         -         Own       -         -         -         Own       -         -         -         None
        draft_returns         -         -         Own       -         -         -         -         -         -         -         None
        shared_templates      -         -         All       -         -         -         -         -         All       -         -
        definition_retractions -        -         Own       -         -         -         -         -         All       -         -
        calls                 All       -         Own       All       All       All       All       All       All       -         All
        publication_requests  -         -         Own       -         -         -         -         -         All       -         None
        call_notices          All       -         Own       All       All       All       All       All       All       -         All
        national_grants       -         -         Own       -         -         -         -         -         All       -         None
        budget_lines          -         -         Own       -         -         Own       -         -         All       -         -
        applications          -         -         Own       Own       Own       -         Own       Own       All       -         Own
        cost_lines            -         -         Own       Own       Own       -         Own       Own       All       -         -
        application_shares    -         -         Own       Own       Own       Own       Own       -         All       -         None
        submission_refusals   -         -         Own       Own       -         -         -         -         All       -         -
        application_drafts    -         -         Own       Own       -         -         -         -         -         -         Own
        receipt_counters      -         -         Own       -         -         -         -         -         -         -         -
        workflow_instances    -         -         Own       Own       Own       -         Own       -         All       -         -
        workflow_bookmarks    -         -         Own       -         -         -         -         -         All       -         -
        workflow_triggers     -         -         Own       -         -         -         -         -         All       -         -
        definition_uses       -         -         Own       -         -         -         -         -         All       -         -
        workflow_journal      -         -         Own       Own       Own       -         Own       -         All       -         -
        tasks                 -         -         Own       Own       None      None      None      -         All       -         Own
        agreements            -         -         Own       Own       Own       Own       Own       -         All       -         None
        agreement_signatures  -         -         Own       Own       Own       Own       Own       -         All       -         None
        evaluations           -         -         Own       -         -         -         -         Own       All       -         Own
        candidates            -         -         Own       Own       -         -         Own       -         All       -         None
        inspections           -         -         Own       Own       Own       -         Own       Own       All       -         Own
        tranches              -         -         Own       Own       Own       -         Own       -         All       -         None
        payment_orders        -         -         Own       Own       Own       Own       Own       -         All       -         None
        deposits              -         -         Own       Own       Own       -         Own       -         All       -         -
        ledger_accounts       -         -         Own       Own       Own       Own       Own       -         All       -         -
        ledger_journals       -         -         Own       Own       Own       Own       Own       -         All       -         -
        ledger_postings       -         -         Own       Own       Own       Own       Own       -         All       -         -
        """;

    private static readonly Plane[] Planes = [.. Cells(Expectations.Split('\n')[0]).Skip(1).Select(Enum.Parse<Plane>)];

    private static readonly Dictionary<string, Sees[]> Expected = Expectations.Split('\n').Skip(1).Select(Cells).ToDictionary(
        cells => cells[0],
        cells => cells.Skip(1).Select(cell => cell == "-" ? Refused : Enum.Parse<Sees>(cell)).ToArray());

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Raw_sql_sees_exactly_the_listed_rows_of_every_table_as_every_role()
    {
        await platform.ResetAsync();
        await using var admin = await platform.OpenAdminAsync();
        var tables = await TablesAsync(admin);
        await World.Ours.AddAsync(admin, tables);
        var ours = await RowsAsync(admin, tables);
        await World.Theirs.AddAsync(admin, tables);
        var both = await RowsAsync(admin, tables);
        var wrong = new List<string>();

        foreach (var (plane, column) in Planes.Select((plane, column) => (plane, column)))
        {
            foreach (var world in new[] { World.Ours, World.Theirs })
            {
                await using var connection = new NpgsqlConnection(platform.Settings.ConnectionOf(plane));
                await connection.OpenAsync(Cancelled);
                await using var transaction = await connection.BeginTransactionAsync(Cancelled);
                await SetContextAsync(connection, ContextOf(plane, world));
                foreach (var (table, _) in tables)
                {
                    var expected = Expected.TryGetValue(table, out var line) ? line[column] : throw new InvalidOperationException($"The table {table} is not listed here.");
                    var own = world == World.Ours ? ours[table] : both[table].Except(ours[table]).ToHashSet();
                    var should = expected switch
                    {
                        Refused => null,
                        None => [],
                        All => both[table],
                        Own => own,
                        Bodies => both[table].Where(row => !IsFirm(row)).ToHashSet(),
                        _ => both[table].Where(row => !IsFirm(row) || own.Contains(row)).ToHashSet(),
                    };
                    var seen = await SeenAsync(connection, transaction, table);
                    if (seen is null != should is null || (seen is not null && !seen.SetEquals(should!)))
                    {
                        wrong.Add($"{plane} in {world.Tenant} should see {expected} of {table}, and sees {seen?.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "nothing: refused"}");
                    }
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Without_a_context_only_what_is_public_to_the_role_is_seen()
    {
        await platform.ResetAsync();
        await using var admin = await platform.OpenAdminAsync();
        var tables = await TablesAsync(admin);
        await World.Ours.AddAsync(admin, tables);
        var wrong = new List<string>();

        foreach (var (plane, column) in Planes.Select((plane, column) => (plane, column)))
        {
            await using var connection = new NpgsqlConnection(platform.Settings.ConnectionOf(plane));
            await connection.OpenAsync(Cancelled);
            await using var transaction = await connection.BeginTransactionAsync(Cancelled);
            foreach (var table in tables.Select(table => table.Table).Where(table => Expected[table][column] is Own))
            {
                if (await SeenAsync(connection, transaction, table) is { Count: > 0 })
                {
                    wrong.Add($"{plane} sees {table}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_draft_call_and_its_definition_are_seen_by_its_tenant_and_the_overseer_alone()
    {
        await platform.ResetAsync();
        await using var admin = await platform.OpenAdminAsync();
        await World.Ours.AddAsync(admin, await TablesAsync(admin));
        await PlatformFixture.ExecuteAsync(admin, "update calls set status = 'Draft'");

        // Nobody has applied to a call that was never announced: the world's application is made to follow another version.
        await PlatformFixture.ExecuteAsync(admin, "set session_replication_role = replica");
        await PlatformFixture.ExecuteAsync(admin, "update applications set definition_version_id = gen_random_uuid()");
        await PlatformFixture.ExecuteAsync(admin, "set session_replication_role = default");
        var seeing = new List<Plane>();

        foreach (var plane in Planes)
        {
            await using var connection = new NpgsqlConnection(platform.Settings.ConnectionOf(plane));
            await connection.OpenAsync(Cancelled);
            await using var transaction = await connection.BeginTransactionAsync(Cancelled);
            await SetContextAsync(connection, ContextOf(plane, World.Ours));
            if (await SeenAsync(connection, transaction, "calls") is { Count: > 0 } || await SeenAsync(connection, transaction, "definition_versions") is { Count: > 0 })
            {
                seeing.Add(plane);
            }
        }

        Assert.Equal([Plane.Tenant, Plane.Oversight], seeing);
    }

    [Fact]
    public async Task Every_role_but_the_tenants_is_refused_to_write_a_tenants_table()
    {
        await platform.ResetAsync();
        await using var admin = await platform.OpenAdminAsync();
        var tables = (await TablesAsync(admin)).Where(table => table.Columns.Any(column => column is { Name: "tenant_id", Nullable: false })).ToList();
        var wrong = new List<string>();

        foreach (var plane in Planes.Where(plane => plane is not Plane.Tenant))
        {
            foreach (var (table, _) in tables.Where(table => (plane, table.Table) is not (Plane.Jobs, "outbox")))
            {
                await using var may = new NpgsqlCommand(
                    "select has_table_privilege($1, $2, 'insert, update, delete, truncate, references, trigger')", admin)
                {
                    Parameters = { new() { Value = platform.Settings.RoleOf(plane) }, new() { Value = table } },
                };
                if (await may.ExecuteScalarAsync(Cancelled) is true)
                {
                    wrong.Add($"{plane} may write {table}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    private static PlaneContext ContextOf(Plane plane, World world) => plane switch
    {
        Plane.Tenant => new PlaneContext(plane, world.Tenant, world.Province, world.Person),
        Plane.Company => new PlaneContext(plane, null, world.Firm, world.Person),
        Plane.Supplier => new PlaneContext(plane, null, world.Supplier, world.Person),
        Plane.Funder => new PlaneContext(plane, null, world.Funder, world.Person),
        Plane.Region => new PlaneContext(plane, null, world.Centre, world.Person),
        _ => new PlaneContext(plane, null, world.Province, world.Person),
    };

    private static string[] Cells(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsFirm(string row) => row.Contains(",Firm,", StringComparison.Ordinal);

    private static async Task SetContextAsync(NpgsqlConnection connection, PlaneContext context)
    {
        await using var set = new NpgsqlCommand("select set_config('app.ctx', $1, true)", connection) { Parameters = { new() { Value = context.ToJson() } } };
        await set.ExecuteNonQueryAsync(Cancelled);
    }

    /// <returns>Null when PostgreSQL refuses.</returns>
    private static async Task<HashSet<string>?> SeenAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string table)
    {
        await transaction.SaveAsync("before", Cancelled);
        try
        {
            return await RowsOfAsync(connection, table);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            await transaction.RollbackAsync("before", Cancelled);
            return null;
        }
    }

    private static async Task<Dictionary<string, HashSet<string>>> RowsAsync(NpgsqlConnection admin, IReadOnlyList<(string Table, World.Column[] Columns)> tables)
    {
        var rows = new Dictionary<string, HashSet<string>>();
        foreach (var (table, _) in tables)
        {
            rows[table] = await RowsOfAsync(admin, table);
        }

        return rows;
    }

    private static async Task<HashSet<string>> RowsOfAsync(NpgsqlConnection connection, string table)
    {
        await using var select = new NpgsqlCommand($"select row::text from {table} row", connection);
        await using var reader = await select.ExecuteReaderAsync(Cancelled);
        var rows = new HashSet<string>();
        while (await reader.ReadAsync(Cancelled))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    internal static async Task<IReadOnlyList<(string Table, World.Column[] Columns)>> TablesAsync(NpgsqlConnection admin)
    {
        await using var select = new NpgsqlCommand(
            """
            select c.table_name, c.column_name, c.data_type, c.is_nullable = 'YES', c.column_default is not null or c.is_identity = 'YES' or c.is_generated = 'ALWAYS',
                   coalesce(c.character_maximum_length, 1000)
            from information_schema.columns c
            join pg_tables t on t.schemaname = c.table_schema and t.tablename = c.table_name
            where c.table_schema = 'public'
            """,
            admin);
        await using var reader = await select.ExecuteReaderAsync(Cancelled);
        var columns = new List<(string Table, World.Column Column)>();
        while (await reader.ReadAsync(Cancelled))
        {
            columns.Add((reader.GetString(0), new World.Column(reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), reader.GetBoolean(4), reader.GetInt32(5))));
        }

        return [.. columns.GroupBy(column => column.Table).Select(group => (group.Key, group.Select(column => column.Column).ToArray()))];
    }
}
