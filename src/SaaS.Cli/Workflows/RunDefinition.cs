using System.CommandLine;
using System.Text.Json;
using SaaS.Workflows.Cases;
using SaaS.Workflows.Values;

namespace SaaS.Cli.Workflows;

/// <summary><c>saas workflow run</c>: one definition, or every line of a case file; prints what happened as JSON.</summary>
internal static class RunDefinition
{
    private const string InputHelp = """
        입력이 든 JSON 파일 / JSON file with the inputs, an object by their names. A grant programme takes one, Application:
        { "Application": { "totalCost": 100000000, "requestedTier": "BASIC", "solution": "MES", "equipment": ["Robot"], "documents": ["PLAN"],
          "firm": { "id": "F1", "employees": 20, "revenue": 4000000000, "ksic": "C10", "level": 1, "taxArrears": false, "banned": false, "completedTiers": [] },
          "facility": { "region": "46", "municipality": "46110" }, "supplier": { "id": "S1", "registered": true }, "leadFirm": { "id": "", "tenant": "" },
          "award": { "model": "Standard", "tier": "BASIC", "nationalGrant": 50000000, "firmShare": 50000000 } } }
        금액은 원 단위이고, 없는 항목은 빼면 됩니다 / Amounts are in won; what is not known is left out.
        """;

    public static Command Create()
    {
        var file = new Argument<FileInfo?>("file") { Arity = ArgumentArity.ZeroOrOne, Description = "정의 파일 / Definition to run; also what the checker refuses is run" };
        var input = new Option<FileInfo?>("--input") { Description = InputHelp };
        var resume = new Option<FileInfo?>("--resume") { Description = "재개 / JSON array of { activity, bookmark?, input? }, tried in order" };
        var imports = new Option<FileInfo[]>("--import") { Description = "부를 수 있는 정의 / Definition that it may run; can be repeated", AllowMultipleArgumentsPerToken = false };
        var cases = new Option<FileInfo?>("--ndjson") { Description = "사례 파일 / Run every line of a case file, one result a line" };
        var command = new Command("run", "메모리에서 실행합니다 / Runs in memory and prints the result as one JSON object") { file, input, resume, imports, cases };
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(cases) is { } caseFile
            ? RunCaseFileAsync(caseFile.FullName, cancellationToken)
            : RunOneAsync(parsed.GetValue(file)?.FullName, parsed.GetValue(input)?.FullName, parsed.GetValue(resume)?.FullName, [.. (parsed.GetValue(imports) ?? []).Select(import => import.FullName)], cancellationToken));
        return command;
    }

    private static async Task<int> RunOneAsync(string? file, string? input, string? resume, string[] imports, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            await Console.Error.WriteLineAsync("정의 파일이나 --ndjson을 주십시오 / Name a definition file or --ndjson FILE.");
            return 1;
        }

        if (await WorkflowCommands.ReadAsync(file, cancellationToken) is not { } definition)
        {
            return 1;
        }

        var importTexts = new List<string>();
        foreach (var import in imports)
        {
            if (await WorkflowCommands.ReadAsync(import, cancellationToken) is not { } text)
            {
                return 1;
            }

            importTexts.Add(text);
        }

        var (inputOk, inputValue) = await ReadValueAsync(input, cancellationToken);
        var (resumeOk, resumeValue) = await ReadValueAsync(resume, cancellationToken);
        if (!inputOk || !resumeOk)
        {
            return 1;
        }

        try
        {
            var result = CaseRun.Run(new WorkflowCase("", definition, inputValue, importTexts, resumeValue, Value.Undefined), WorkflowCommands.Now(), Guid.CreateVersion7);
            await Console.Out.WriteLineAsync(result.ToJson());
            return 0;
        }
        catch (FormatException exception)
        {
            await Console.Error.WriteLineAsync($"{file}: {exception.Message}");
            return 1;
        }
    }

    private static async Task<int> RunCaseFileAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            await Console.Error.WriteLineAsync($"{path}: 파일이 없습니다 / no such file");
            return 1;
        }

        var failed = false;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            Value answer;
            try
            {
                var @case = WorkflowCase.Read(line);
                answer = Value.Object(("case", @case.Name), ("result", CaseRun.Run(@case, WorkflowCommands.Now(), Guid.CreateVersion7)));
            }
            catch (Exception exception) when (exception is FormatException or JsonException)
            {
                failed = true;
                answer = Value.Object(("case", NameOf(line)), ("error", exception.Message));
            }

            await Console.Out.WriteLineAsync(answer.ToJson());
        }

        return failed ? 1 : 0;
    }

    private static Value NameOf(string line) => WorkflowCommands.ParseValue(line) is { } value ? value["case"] : Value.Null;

    private static async Task<(bool IsRead, Value Value)> ReadValueAsync(string? path, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            return (true, Value.Undefined);
        }

        if (await WorkflowCommands.ReadAsync(path, cancellationToken) is not { } text)
        {
            return (false, Value.Undefined);
        }

        if (WorkflowCommands.ParseValue(text) is not { } value)
        {
            await Console.Error.WriteLineAsync($"{path}: JSON이 아닙니다 / is not JSON");
            return (false, Value.Undefined);
        }

        return (true, value);
    }
}
