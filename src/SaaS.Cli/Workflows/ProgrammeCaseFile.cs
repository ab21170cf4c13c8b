using SaaS.Workflows.Cases;

namespace SaaS.Cli.Workflows;

/// <summary>A tenant's <c>*.cases.json</c>: the programmes that it names stand in <c>programmes/</c> beside it, or in its own folder.</summary>
internal static class ProgrammeCaseFile
{
    public static IEnumerable<(string Name, IReadOnlyList<string> Differences)> Run(string path, string text)
    {
        if (WorkflowCommands.ParseValue(text) is not { Kind: SaaS.Workflows.Values.ValueKind.Array } cases)
        {
            yield return ("file", ["JSON 배열이 아닙니다 / must be a JSON array of cases"]);
            yield break;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var definitions = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var @case in cases.Items.ToArray())
        {
            var name = @case["case"].Text ?? "?";
            var programme = @case["programme"].Text ?? "";
            if (!definitions.TryGetValue(programme, out var definition))
            {
                definition = definitions[programme] = Find(folder, programme);
            }

            if (definition is null)
            {
                yield return (name, [$"프로그램 '{programme}'의 정의가 없습니다 / there is no definition of programme '{programme}' beside the file"]);
                continue;
            }

            yield return (name, ProgrammeCase.Differences(definition, @case, WorkflowCommands.Now()));
        }
    }

    private static string? Find(string folder, string programme)
    {
        if (programme.Length == 0 || programme.AsSpan().ContainsAny('/', '\\', '.'))
        {
            return null;
        }

        string[] places = [Path.Combine(folder, "programmes", programme + ".json"), Path.Combine(folder, programme + ".json"), Path.Combine(folder, "..", "programmes", programme + ".json")];
        return places.FirstOrDefault(File.Exists) is { } found ? File.ReadAllText(found) : null;
    }
}
