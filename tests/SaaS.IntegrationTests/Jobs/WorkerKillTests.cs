using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SaaS.Platform.Ledger;

namespace SaaS.IntegrationTests.Jobs;

/// <summary>The whole way of a case through real HTTP and a real worker process that is killed again and again.</summary>
public sealed class WorkerKillTests(PlatformFixture platform) : IDisposable
{
    private static readonly int[] LivesMilliseconds = [1_500, 2_100, 1_800, 2_600, 1_600, 3_000, 1_900, 2_300];

    private readonly ProductPrograms programs = new(platform);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_killed_again_and_again_ends_with_the_same_figures_and_every_payment_once()
    {
        await platform.ResetAsync();
        await programs.RunAsync("saas", "tenant", "apply", ProductPrograms.Tenants);
        var caseFile = Path.Combine(programs.Folder, "case.json");
        await File.WriteAllTextAsync(caseFile, """{"tenant": "jeonnam", "tier": "BASIC", "total": 100000000}""", Cancelled);
        using var web = programs.StartWeb();
        try
        {
            await programs.HealthyAsync();
            using var demo = programs.Start("saas", "demo", "--timeout", "150", "--case", caseFile);
            var kills = await KillWhileAsync(demo);

            Assert.True(demo.ExitCode == 0, await programs.LogAsync("saas"));
            Assert.InRange(kills, 3, LivesMilliseconds.Length);
        }
        finally
        {
            await ProductPrograms.KillAsync(web);
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

    public void Dispose() => programs.Dispose();

    private async Task<int> KillWhileAsync(Process demo)
    {
        var kills = 0;
        while (true)
        {
            using var worker = programs.Start("SaaS.Worker");
            if (kills < LivesMilliseconds.Length && await Task.WhenAny(demo.WaitForExitAsync(Cancelled), Task.Delay(LivesMilliseconds[kills], Cancelled)) is { } first && !demo.HasExited)
            {
                await first;
                await ProductPrograms.KillAsync(worker);
                kills++;
                continue;
            }

            await demo.WaitForExitAsync(Cancelled);
            await ProductPrograms.KillAsync(worker);
            return kills;
        }
    }

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
}
