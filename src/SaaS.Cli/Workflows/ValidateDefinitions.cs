using System.CommandLine;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Definitions;

namespace SaaS.Cli.Workflows;

/// <summary><c>saas workflow validate</c>: one line a problem.</summary>
internal static class ValidateDefinitions
{
    public static Command Create()
    {
        var files = new Argument<string[]>("file") { Arity = ArgumentArity.OneOrMore, Description = "정의 파일 / Definitions" };
        var command = new Command("validate", "정의를 검사합니다 / Checks definitions: one line a problem, exit 1 if any") { files };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(files)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] files, CancellationToken cancellationToken)
    {
        var any = false;
        foreach (var file in files)
        {
            if (await WorkflowCommands.ReadAsync(file, cancellationToken) is not { } text)
            {
                any = true;
                continue;
            }

            foreach (var problem in Check(text))
            {
                any = true;
                await Console.Out.WriteLineAsync($"{file}: {(problem.Pointer.Length == 0 ? "/" : problem.Pointer)}: {problem.Code}: {problem.Ko} / {problem.En}");
            }
        }

        return any ? 1 : 0;
    }

    // Without a database the national guard rails are those of the file that comes with the product; that file can be checked too.
    private static IReadOnlyList<Problem> Check(string text)
    {
        if (GuardRailFile.Looks(text))
        {
            GuardRailFile.Read(text, out var wrong);
            return wrong;
        }

        var parsed = WorkflowDefinition.Parse(text);
        return parsed.Definition is { } definition ? DefinitionChecker.Check(definition) : parsed.Problems;
    }
}
