using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Npgsql;
using SaaS.Platform.Data;

namespace SaaS.Cli;

/// <summary><c>saas prepare</c>: brings the database of <c>SAAS_DB</c> to what this build needs. Safe at every start.</summary>
internal static class Prepare
{
    public static Command Create()
    {
        var command = new Command("prepare", "데이터베이스를 준비합니다 / Prepares the database: roles, tables, policies, Hangfire. Reads SAAS_DB and SAAS_SECRET.");
        command.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        try
        {
            await new PrepareDatabase(DatabaseSettings.From(configuration)).RunAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is InvalidOperationException or NpgsqlException)
        {
            await Console.Error.WriteLineAsync($"데이터베이스를 준비하지 못했습니다 / The database could not be prepared: {problem.Message}");
            return 1;
        }

        await Console.Out.WriteLineAsync("데이터베이스 준비 완료 / The database is ready.");
        return 0;
    }
}
