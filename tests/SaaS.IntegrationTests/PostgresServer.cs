using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace SaaS.IntegrationTests;

/// <summary>A real PostgreSQL for one test run: the server of <c>SAAS_DB</c>, else one of Debian's binaries in a folder of its own.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string? folder;
    private readonly string? binaries;

    private PostgresServer(string admin, string? folder, string? binaries)
    {
        Admin = admin;
        this.folder = folder;
        this.binaries = binaries;
    }

    /// <summary>Connection string of an administrator, to the database "postgres".</summary>
    public string Admin { get; }

    public static async Task<PostgresServer> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("SAAS_DB") is { Length: > 0 } given)
        {
            return new PostgresServer(new NpgsqlConnectionStringBuilder(given) { Database = "postgres" }.ConnectionString, null, null);
        }

        var binaries = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max()
            : null;
        if (binaries is null)
        {
            throw new InvalidOperationException("No PostgreSQL: set SAAS_DB to a server's connection string, or run build/test, which brings one.");
        }

        var folder = Directory.CreateTempSubdirectory("saas-test-pg-").FullName;
        var port = FreePort();
        if (Environment.UserName == "root")
        {
            await RunAsync("chown", "nobody", folder);
        }

        await AsUserAsync(Path.Combine(binaries, "initdb"), "-D", $"{folder}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await AsUserAsync(
            Path.Combine(binaries, "pg_ctl"), "-D", $"{folder}/data", "-l", $"{folder}/log", "-w",
            "-o", $"-p {port} -k {folder} -h 127.0.0.1 -c fsync=off -c max_connections=200", "start");
        return new PostgresServer($"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres", folder, binaries);
    }

    public async ValueTask DisposeAsync()
    {
        if (folder is not null)
        {
            await AsUserAsync(Path.Combine(binaries!, "pg_ctl"), "-D", $"{folder}/data", "-m", "immediate", "-w", "stop");
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task AsUserAsync(string program, params string[] arguments) => Environment.UserName == "root"
        ? RunAsync("setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", program, .. arguments])
        : RunAsync(program, arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // Nothing is redirected into pipes: the server would keep them open and the wait for them would never end.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]) { WorkingDirectory = "/tmp" })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode.ToString(CultureInfo.InvariantCulture)}.");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
