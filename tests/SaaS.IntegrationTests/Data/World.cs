using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace SaaS.IntegrationTests.Data;

/// <summary>
/// Two like worlds that share nothing: tenant, firm, supplier, centre, funder, evaluator, and one row in every table that the catalogue
/// lists, filled by the names of its columns. A new table is thereby in the test before anybody thinks of it.
/// </summary>
internal sealed record World(string Tenant)
{
    public static readonly World Ours = new("jeonnam");
    public static readonly World Theirs = new("gyeongnam");

    public Guid Province => Id("organisations", "province");

    public Guid Firm => Id("organisations", "firm");

    public Guid Supplier => Id("organisations", "supplier");

    public Guid Centre => Id("organisations", "centre");

    public Guid Funder => Id("organisations", "funder");

    public Guid Person => Id("users", "");

    private Guid Id(string table, string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{Tenant} {table} {name}")).AsSpan(0, 16));

    /// <summary>The value of a column as SQL; null leaves it out.</summary>
    private string? Value(string table, Column column) => column.Name switch
    {
        "tenant_id" => Text(Tenant),
        "id" when table == "tenants" => Text(Tenant),
        "id" => Text(Id(table, "")),
        "organisation_id" => Text(table switch
        {
            "firms" or "memberships" => Firm,
            "suppliers" => Supplier,
            "draft_guests" => Centre,
            "agreement_signatures" or "ledger_accounts" => Funder,
            _ => Province,
        }),
        "firm_id" or "assignee_organisation_id" => Text(Firm),
        "supplier_id" or "payee_organisation_id" => Text(Supplier),
        "centre_id" => Text(Centre),
        "funder_organisation_id" or "payer_organisation_id" => Text(Funder),
        "user_id" or "evaluator_id" or "inspector_id" => Text(Person),
        "instance_id" or "workflow_instance_id" => Text(Id("workflow_instances", "")),
        "application_id" when table == "workflow_instances" => Text(Id("applications", "")),
        "bookmark_id" => Text(Id("workflow_bookmarks", "")),
        "journal_id" => Text(Id("ledger_journals", "")),
        "account_id" => Text(Id("ledger_accounts", "")),
        "facility_id" => Text(Id("facilities", "")),
        "status" when table == "calls" => "'Published'",
        "approved" => "true",
        "closes_at" => "now() + interval '1 day'",
        "reserved" or "committed" or "paid" => "0",
        { } name when name.EndsWith("_id", StringComparison.Ordinal) && column.Type == "uuid" && !column.Nullable => Text(Id(name[..^3] + "s", "")),
        _ when column.Nullable || column.Filled => null,
        _ => column.Type switch
        {
            "uuid" => Text(Id(table, column.Name)),
            "boolean" => "false",
            "json" or "jsonb" => "'{}'",
            "date" or "timestamp with time zone" => "now()",
            "ARRAY" => "'{}'",
            "bytea" => "'\\x00'",
            "character varying" or "text" => Text(Tenant + column.Name)[..Math.Min(Tenant.Length + column.Name.Length + 1, column.Length + 1)] + "'",
            _ => "1",
        },
    };

    /// <summary>Adds the world to every table, past policies and triggers.</summary>
    public async Task AddAsync(NpgsqlConnection admin, IReadOnlyList<(string Table, Column[] Columns)> tables)
    {
        await PlatformFixture.ExecuteAsync(admin, "set session_replication_role = replica");
        foreach (var (table, columns) in tables.Where(table => table.Table != "organisations"))
        {
            var filled = columns.Select(column => (column.Name, Value: Value(table, column))).Where(pair => pair.Value is not null).ToList();
            await PlatformFixture.ExecuteAsync(
                admin, $"insert into {table} ({string.Join(", ", filled.Select(pair => pair.Name))}) values ({string.Join(", ", filled.Select(pair => pair.Value))})");
        }

        foreach (var (id, kind) in new[] { (Province, "Province"), (Firm, "Firm"), (Supplier, "Supplier"), (Centre, "Centre"), (Funder, "Municipality") })
        {
            await PlatformFixture.ExecuteAsync(admin, $"insert into organisations (id, kind, ko, en) values ('{id}', '{kind}', '{Tenant}', '{Tenant}')");
        }

        await PlatformFixture.ExecuteAsync(admin, "set session_replication_role = default");
    }

    private static string Text(object value) => $"'{Convert.ToString(value, CultureInfo.InvariantCulture)}'";

    /// <summary>A column as the catalogue describes it. Filled: PostgreSQL gives it a value by itself.</summary>
    internal sealed record Column(string Name, string Type, bool Nullable, bool Filled, int Length);
}
