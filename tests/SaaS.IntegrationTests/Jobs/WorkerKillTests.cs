using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SaaS.Platform.Ledger;

namespace SaaS.IntegrationTests.Jobs;

/// <summary>The whole way of a case through real HTTP and a real worker process that is killed again and again.</summary>
public sealed class WorkerKillTests(PlatformFixture platform) : IDisposable
{
    private static readonly int[] LivesMilliseconds = [1_500, 2_100, 1_800, 2_600, 1_600, 3_000, 1_900, 2_300];

    private readonly string folder = Directory.CreateTempSubdirectory("saas-kill-").FullName;
    private readonly int port = FreePort();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_killed_again_and_again_ends_with_the_same_figures_and_every_payment_once()
    {
        await platform.ResetAsync();
        var source = SourceFolder();
        await RunAsync("saas", "tenant", "apply", Path.Combine(source, "tenants"));
        var caseFile = Path.Combine(folder, "case.json");
        await File.WriteAllTextAsync(caseFile, """{"tenant": "jeonnam", "tier": "BASIC", "total": 100000000}""", Cancelled);
        using var web = Start("SaaS.Web", "--urls", $"http://127.0.0.1:{port}");
        try
        {
            await HealthyAsync();
            using var demo = Start("saas", "demo", "--timeout", "150", "--case", caseFile);
            var kills = await KillWhileAsync(demo);

            Assert.True(demo.ExitCode == 0, await File.ReadAllTextAsync(Path.Combine(folder, "saas.log"), Cancelled));
            Assert.InRange(kills, 3, LivesMilliseconds.Length);
        }
        finally
        {
            web.Kill();
            await web.WaitForExitAsync(CancellationToken.None);
        }

        var report = await platform.Services.GetRequiredService<VerifyLedger>().RunAsync(Cancelled);
        Assert.Empty(report.Faults);
        Assert.Equal(0, report.Sum);
        Assert.Equal(
            [("Firm", 40_000_000), ("Municipality", 30_000_000), ("Province", 30_000_000)],
            await PaidAsync("select a.funder, sum(p.amount)::bigint from ledger_postings p join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id where a.kind = 'Paid' group by a.funder order by a.funder"));
        Assert.Equal([("", 0)], await PaidAsync("select '', count(*) from outbox where done_at is null and available_at <= created_at"));
        await platform.ResetAsync();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<int> KillWhileAsync(Process demo)
    {
        var kills = 0;
        while (true)
        {
            using var worker = Start("SaaS.Worker");
            if (kills < LivesMilliseconds.Length && await Task.WhenAny(demo.WaitForExitAsync(Cancelled), Task.Delay(LivesMilliseconds[kills], Cancelled)) is { } first && !demo.HasExited)
            {
                await first;
                worker.Kill();
                await worker.WaitForExitAsync(Cancelled);
                kills++;
                continue;
            }

            await demo.WaitForExitAsync(Cancelled);
            worker.Kill();
            await worker.WaitForExitAsync(Cancelled);
            return kills;
        }
    }

    private async Task HealthyAsync()
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        for (var tries = 0; tries < 300; tries++)
        {
            try
            {
                if ((await client.GetAsync("/health", Cancelled)).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It is still starting.
            }

            await Task.Delay(200, Cancelled);
        }

        Assert.Fail("The web server did not start: " + await File.ReadAllTextAsync(Path.Combine(folder, "SaaS.Web.log"), Cancelled));
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        await process.WaitForExitAsync(Cancelled);
        Assert.True(process.ExitCode == 0, await File.ReadAllTextAsync(Path.Combine(folder, $"{program}.log"), Cancelled));
    }

    /// <summary>One of the product's programs as built beside the tests; what it says goes to a file.</summary>
    private Process Start(string program, params string[] arguments)
    {
        var project = program == "saas" ? "SaaS.Cli" : program;
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        var binaries = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", project, configuration));
        var start = new ProcessStartInfo("/bin/sh", ["-c", "log=$1; shift; exec dotnet \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", Path.Combine(folder, $"{program}.log"), Path.Combine(binaries, $"{program}.dll"), .. arguments])
        {
            WorkingDirectory = binaries,
        };
        foreach (var (name, value) in platform.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["SAAS_DATA"] = folder;
        start.Environment["SAAS_DEMO"] = "1";
        start.Environment["SAAS_HOME"] = SourceFolder();
        start.Environment["SAAS_URL"] = $"http://127.0.0.1:{port}";
        start.Environment["SAAS_NOW"] = $"2025-03-04T00:00:00Z@{Started.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}";
        return Process.Start(start)!;
    }

    private static readonly DateTimeOffset Started = TimeProvider.System.GetUtcNow();

    private async Task<List<(string, long)>> PaidAsync(string sql)
    {
        await using var admin = await platform.OpenAdminAsync();
        await using var select = new NpgsqlCommand(sql, admin);
        await using var reader = await select.ExecuteReaderAsync(Cancelled);
        var rows = new List<(string, long)>();
        while (await reader.ReadAsync(Cancelled))
        {
            rows.Add((reader.GetString(0), reader.GetInt64(1)));
        }

        return rows;
    }

    private static string SourceFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "tenants")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the project.");
        }

        return folder.FullName;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
