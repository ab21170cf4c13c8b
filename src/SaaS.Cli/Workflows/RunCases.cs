using System.CommandLine;
using System.Text.Json;
using SaaS.Workflows.Cases;

namespace SaaS.Cli.Workflows;

/// <summary><c>saas workflow cases</c>: runs worked cases and names what differs.</summary>
internal static class RunCases
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("path") { Arity = ArgumentArity.OneOrMore, Description = "*.ndjson, *.cases.json 파일이나 폴더 / Files, or folders that hold them" };
        var command = new Command("cases", "사례를 실행해 견줍니다 / Runs worked cases and names what differs") { paths };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(paths)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] paths, CancellationToken cancellationToken)
    {
        var (passed, failed) = (0, 0);
        foreach (var path in paths.SelectMany(Expand))
        {
            if (!File.Exists(path))
            {
                await Console.Error.WriteLineAsync($"{path}: 파일이 없습니다 / no such file");
                failed++;
                continue;
            }

            var outcomes = path.EndsWith(".cases.json", StringComparison.Ordinal)
                ? ProgrammeCaseFile.Run(path, await File.ReadAllTextAsync(path, cancellationToken))
                : ElsaCases(await File.ReadAllLinesAsync(path, cancellationToken));
            foreach (var (name, differences) in outcomes)
            {
                if (differences.Count == 0)
                {
                    passed++;
                    continue;
                }

                failed++;
                foreach (var difference in differences)
                {
                    await Console.Out.WriteLineAsync($"{path}: {name}: {difference}");
                }
            }
        }

        await Console.Out.WriteLineAsync($"{passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    private static IEnumerable<string> Expand(string path) =>
        Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(file => file.EndsWith(".cases.json", StringComparison.Ordinal) || file.EndsWith(".ndjson", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
            : [path];

    private static IEnumerable<(string Name, IReadOnlyList<string> Differences)> ElsaCases(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (!string.IsNullOrWhiteSpace(lines[i]))
            {
                yield return ElsaCase(lines[i], i + 1);
            }
        }
    }

    private static (string Name, IReadOnlyList<string> Differences) ElsaCase(string line, int number)
    {
        try
        {
            var @case = WorkflowCase.Read(line);
            var result = CaseRun.Run(@case, WorkflowCommands.Now(), Guid.CreateVersion7);
            return (@case.Name, CaseComparison.Differences(@case.Expected, result));
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return ($"line {number}", [exception.Message]);
        }
    }
}
