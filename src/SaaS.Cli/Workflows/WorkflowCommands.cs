using System.CommandLine;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using SaaS.Workflows.Values;

namespace SaaS.Cli.Workflows;

/// <summary><c>saas workflow …</c>: definitions validated, run and compared in memory, without a database.</summary>
internal static class WorkflowCommands
{
    public static Command Create()
    {
        var command = new Command("workflow", "워크플로 정의를 검사하고 실행합니다 / Validates and runs workflow definitions in memory");
        command.Subcommands.Add(ValidateDefinitions.Create());
        command.Subcommands.Add(RunDefinition.Create());
        command.Subcommands.Add(RunCases.Create());
        command.Subcommands.Add(SimulateFirms.Create());
        return command;
    }

    /// <summary>The time of a run: SAAS_NOW where it is set, so that a run can be repeated, else the machine's.</summary>
    internal static Instant Now() =>
        Environment.GetEnvironmentVariable("SAAS_NOW") is { Length: > 0 } fixedTime && InstantPattern.ExtendedIso.Parse(fixedTime.Split('@')[0]) is { Success: true } parsed
            ? parsed.Value
            : Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

    internal static async Task<string?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            await Console.Error.WriteLineAsync($"{path}: 파일이 없습니다 / no such file");
            return null;
        }

        return await File.ReadAllTextAsync(path, Encoding.UTF8, cancellationToken);
    }

    internal static Value? ParseValue(string json)
    {
        try
        {
            return Value.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
