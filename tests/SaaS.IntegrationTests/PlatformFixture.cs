using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using Npgsql;
using Respawn;
using SaaS.IntegrationTests;
using SaaS.Platform;
using SaaS.Platform.Data;

[assembly: AssemblyFixture(typeof(PlatformFixture))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace SaaS.IntegrationTests;

/// <summary>The platform on a database of its own, prepared as in production; one for the whole run, emptied between tests that ask for it.</summary>
public sealed class PlatformFixture : IAsyncLifetime
{
    /// <summary>09:00 on 4 March 2025 in Seoul, when the calls of 2025 are open.</summary>
    public static readonly Instant Start = Instant.FromUtc(2025, 3, 4, 0, 0);

    private PostgresServer? server;
    private ServiceProvider? services;
    private Respawner? respawner;
    private string? restore;

    public DatabaseSettings Settings { get; private set; } = new("", "");

    public FakeClock Clock { get; } = new(Start);

    public ServiceProvider Services => services ?? throw new InvalidOperationException("The fixture has not started.");

    public PlaneDb Planes => Services.GetRequiredService<PlaneDb>();

    /// <summary>What <c>build/run</c> gives to web, worker and commands as environment variables.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["SAAS_DB"] = Settings.Admin,
        ["SAAS_SECRET"] = Settings.Secret,
        ["SAAS_ROLES"] = Settings.RolePrefix,
    };

    public async ValueTask InitializeAsync()
    {
        server = await PostgresServer.StartAsync();
        var admin = new NpgsqlConnectionStringBuilder(server.Admin) { Database = $"saas_test_{Guid.NewGuid():N}", IncludeErrorDetail = true };

        // Roles of their own: a run beside a platform on the same server must not change that one's passwords.
        Settings = new DatabaseSettings(admin.ConnectionString, "tests", "apptest");
        await new PrepareDatabase(Settings).RunAsync(CancellationToken.None);
        services = Compose();

        await using var connection = await OpenAdminAsync();
        respawner = await Respawner.CreateAsync(connection, new RespawnerOptions { DbAdapter = DbAdapter.Postgres, SchemasToInclude = ["public"] });
    }

    /// <summary>The platform's services with the fixture's clock, and what a test adds.</summary>
    public ServiceProvider Compose(Action<IServiceCollection>? add = null)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddPlatform(new ConfigurationBuilder().AddInMemoryCollection(Environment).Build());
        collection.AddSingleton<IClock>(Clock);
        add?.Invoke(collection);
        return collection.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    /// <summary>As a superuser, past every policy: to set up what a test needs, never to check what it did.</summary>
    public async Task<NpgsqlConnection> OpenAdminAsync()
    {
        var connection = new NpgsqlConnection(Settings.Admin);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Empties all tables. Triggers rest meanwhile: they refuse to empty what is append-only.</summary>
    public async Task ResetAsync()
    {
        await using var connection = await OpenAdminAsync();
        await ExecuteAsync(connection, "set session_replication_role = replica");
        await EmptyAsync(connection);
        await ExecuteAsync(connection, "set session_replication_role = default");
        Clock.Reset(Start);
    }

    /// <summary>Empties all tables, and fills them as <paramref name="fill"/> did when this was first asked for.</summary>
    public async Task ResetAsync(Func<Task> fill)
    {
        await ResetAsync();
        await using var connection = await OpenAdminAsync();
        if (restore is null)
        {
            await fill();
            restore = await KeepAsync(connection);
        }
        else
        {
            await ExecuteAsync(connection, restore);
        }
    }

    // A page that was answered may still read what stands around it, such as the count of an inbox; it holds what is to be emptied for a moment.
    private async Task EmptyAsync(NpgsqlConnection connection)
    {
        for (var patience = 5; ; patience--)
        {
            try
            {
                await respawner!.ResetAsync(connection);
                return;
            }
            catch (PostgresException problem) when (problem.SqlState == PostgresErrorCodes.DeadlockDetected && patience > 0)
            {
                // What it waited for has gone on meanwhile.
            }
        }
    }

    /// <returns>What brings the rows back that are there now.</returns>
    private static async Task<string> KeepAsync(NpgsqlConnection connection)
    {
        var tables = new List<string>();
        await using (var command = new NpgsqlCommand("select tablename from pg_tables where schemaname = 'public' order by tablename", connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        await ExecuteAsync(connection, "create schema kept;" + string.Concat(tables.Select(table => $"create table kept.{table} as table public.{table};")));
        return $"set session_replication_role = replica; {string.Concat(tables.Select(table => $"insert into public.{table} table kept.{table};"))} set session_replication_role = default";
    }

    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (services is not null)
        {
            await services.DisposeAsync();
        }

        if (server is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await using (var maintenance = new NpgsqlConnection(server.Admin))
            {
                await maintenance.OpenAsync();
                await ExecuteAsync(maintenance, $"drop database if exists {new NpgsqlConnectionStringBuilder(Settings.Admin).Database} with (force)");
            }

            await server.DisposeAsync();
        }
    }
}
