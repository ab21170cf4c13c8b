using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Npgsql;
using SaaS.Platform.Data;
using SaaS.Platform.Ledger;

namespace SaaS.Cli;

/// <summary><c>saas ledger verify</c>: adds everything up anew.</summary>
internal static class Ledger
{
    public static Command Create()
    {
        var command = new Command("ledger", "원장 / The ledger");
        var verify = new Command("verify", "모든 분개·예산·지급을 다시 계산합니다 / Reckons every journal, budget line and payment anew; exit 1 and the first bad entry of each kind");
        verify.SetAction((_, cancellationToken) => VerifyAsync(cancellationToken));
        command.Subcommands.Add(verify);
        return command;
    }

    private static async Task<int> VerifyAsync(CancellationToken cancellationToken)
    {
        VerifyLedger.Report report;
        try
        {
            var settings = DatabaseSettings.From(new ConfigurationBuilder().AddEnvironmentVariables().Build());
            report = await new VerifyLedger(new PlaneDb(settings)).RunAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is InvalidOperationException or NpgsqlException)
        {
            await Console.Error.WriteLineAsync($"원장을 읽지 못했습니다 / The ledger could not be read: {problem.Message}");
            return 1;
        }

        return await PrintAsync(report);
    }

    /// <returns>The exit code: 1 when something is wrong.</returns>
    internal static async Task<int> PrintAsync(VerifyLedger.Report report)
    {
        foreach (var fault in report.Faults)
        {
            await Console.Out.WriteLineAsync(fault);
        }

        await Console.Out.WriteLineAsync($"ledger verify: {report.Journals} journals, {report.Postings} postings, sum {report.Sum}, {report.Faults.Count} faults");
        return report.Sum == 0 && report.Faults.Count == 0 ? 0 : 1;
    }
}
