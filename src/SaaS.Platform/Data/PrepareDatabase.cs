using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Hangfire.PostgreSql;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace SaaS.Platform.Data;

/// <summary>
/// Brings a server to the state that this build needs: database, roles, tables, functions and triggers, policies, Hangfire's schema.
/// Can be run at every start and by several at once.
/// </summary>
public sealed class PrepareDatabase(DatabaseSettings settings)
{
    private const long RolesLock = 0x5AA5_0001;
    private const long SchemaLock = 0x5AA5_0002;

    /// <exception cref="InvalidOperationException">A role exists that could get round the policies, or another build made the database.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await CreateDatabaseAndRolesAsync(cancellationToken);

        await using var admin = NpgsqlDataSource.Create(settings.Admin);
        await using var gate = await admin.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(gate, $"select pg_advisory_lock({SchemaLock})", cancellationToken);
        await ExecuteAsync(gate, DatabaseGrants(gate.Database), cancellationToken);

        var ownerConnection = settings.ConnectionOf(Plane.Administration);
        await using (var db = new GrantsDb(MigrationOptions(ownerConnection)))
        {
            await RefuseAnotherBuildsSchemaAsync(db, cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
        }

        await using var owner = NpgsqlDataSource.Create(ownerConnection);
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        PostgreSqlObjectsInstaller.Install(connection, HangfireSchema);
        await ApplyAsync(connection, cancellationToken);
    }

    // Policies and triggers lock every table for a moment: left alone when nothing of them has changed, so that others may be at work.
    private async Task ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        string[] scripts = [.. Scripts(), VisibilitySql.For(settings, await TablesAsync(connection, cancellationToken)), HangfireGrants];
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(scripts))));
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, "create table if not exists history.applied (hash text primary key, at timestamptz not null default now())", cancellationToken);
        await using (var latest = new NpgsqlCommand("select hash from history.applied order by at desc limit 1", connection))
        {
            if (hash.Equals(await latest.ExecuteScalarAsync(cancellationToken)))
            {
                return;
            }
        }

        foreach (var script in scripts)
        {
            await ExecuteAsync(connection, script, cancellationToken);
        }

        await ExecuteAsync(connection, $"insert into history.applied (hash) values ('{hash}') on conflict (hash) do update set at = now()", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // A newer build's tables may not be what this one writes to, and those of a trial before the first release are made otherwise.
    private static async Task RefuseAnotherBuildsSchemaAsync(GrantsDb db, CancellationToken cancellationToken)
    {
        var unknown = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(db.Database.GetMigrations()).ToArray();
        if (unknown.Length > 0)
        {
            throw new InvalidOperationException(
                $"이 데이터베이스는 다른 판의 프로그램이 만들었습니다({string.Join(", ", unknown)}). 그 판으로 실행하거나 다른 데이터베이스를 지정하십시오. / "
                + $"Another build made this database ({string.Join(", ", unknown)}). Run that build, or name another database.");
        }
    }

    public const string HangfireSchema = "hangfire";

    internal static DbContextOptions<GrantsDb> MigrationOptions(string connection) => new DbContextOptionsBuilder<GrantsDb>()
        .UseNpgsql(connection, npgsql => npgsql.UseNodaTime().MigrationsHistoryTable("migrations", "history"))
        .UseSnakeCaseNamingConvention()
        .Options;

    // Roles belong to the server, not to the database: one at a time, whichever database is being prepared.
    private async Task CreateDatabaseAndRolesAsync(CancellationToken cancellationToken)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(settings.Admin) { Database = "postgres", Pooling = false };
        var database = new NpgsqlConnectionStringBuilder(settings.Admin).Database ?? "saas";
        await using var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await ExecuteAsync(connection, $"select pg_advisory_lock({RolesLock})", cancellationToken);

        await using (var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = database } } })
        {
            if (await exists.ExecuteScalarAsync(cancellationToken) is null)
            {
                await ExecuteAsync(connection, $"create database {Quote(database)} encoding 'UTF8' template template0", cancellationToken);
            }
        }

        await ExecuteAsync(connection, CreateRole(settings.Owner), cancellationToken);
        await ExecuteAsync(connection, $"alter role {settings.Owner} nologin; grant {settings.Owner} to current_user", cancellationToken);
        foreach (var plane in SignInPlanes)
        {
            var role = settings.RoleOf(plane);
            await ExecuteAsync(connection, CreateRole(role), cancellationToken);
            await ExecuteAsync(connection, $"alter role {role} login password '{settings.PasswordOf(role)}'", cancellationToken);
        }

        await using var strong = new NpgsqlCommand(
            "select string_agg(rolname, ', ') from pg_roles where rolname like $1 and (rolsuper or rolbypassrls)", connection)
        {
            Parameters = { new() { Value = settings.RolePrefix + "\\_%" } },
        };
        if (await strong.ExecuteScalarAsync(cancellationToken) is string names)
        {
            throw new InvalidOperationException($"These roles could get round row-level security: {names}. Take SUPERUSER and BYPASSRLS from them.");
        }
    }

    private static IEnumerable<Plane> SignInPlanes => Enum.GetValues<Plane>().Where(plane => plane is not Plane.Administration);

    private string DatabaseGrants(string database)
    {
        var planes = string.Join(", ", SignInPlanes.Select(settings.RoleOf));
        return $"""
            revoke all on database {Quote(database)} from public;
            grant connect, create on database {Quote(database)} to {settings.Owner};
            grant connect on database {Quote(database)} to {planes};
            revoke all on schema public from public;
            grant usage, create on schema public to {settings.Owner};
            grant usage on schema public to {planes};
            """;
    }

    private string HangfireGrants
    {
        get
        {
            var jobs = settings.RoleOf(Plane.Jobs);
            return $"""
                grant usage on schema {HangfireSchema} to {jobs};
                grant select, insert, update, delete on all tables in schema {HangfireSchema} to {jobs};
                grant usage, select, update on all sequences in schema {HangfireSchema} to {jobs};
                """;
        }
    }

    /// <summary>Every .sql file in a feature's folder; each is safe to run again.</summary>
    private static IEnumerable<string> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var names = assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal));
        foreach (var name in names.OrderBy(name => !name.Contains(".Data.", StringComparison.Ordinal)).ThenBy(name => name, StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }

    private static async Task<IReadOnlySet<string>> TablesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select tablename from pg_tables where schemaname = 'public'", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tables = new HashSet<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            tables.Add(reader.GetString(0));
        }

        return tables;
    }

    private static string CreateRole(string role) => $"""
        do $$ begin
            if not exists (select from pg_roles where rolname = '{role}') then
                create role {role} noinherit;
            end if;
        end $$
        """;

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
