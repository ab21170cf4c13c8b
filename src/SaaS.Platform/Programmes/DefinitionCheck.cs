using System.Text.Json;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Definitions;

namespace SaaS.Platform.Programmes;

/// <summary>What must hold before a definition is published: all that the checker says, and that it says which programme it is.</summary>
public static class DefinitionCheck
{
    private static readonly string[] Needed = ["slug", "ko", "en"];

    /// <param name="definition">What is to be published.</param>
    /// <param name="rails">The national operator's limits on that day.</param>
    public static IReadOnlyList<Problem> Errors(WorkflowDefinition definition, GuardRails rails)
        => [.. DefinitionChecker.Check(definition, new CheckContext { Rails = rails }).Where(problem => problem.Severity == Severity.Error), .. SelfDescription(definition)];

    /// <summary>What the definition says of itself, in <c>customProperties.programme</c>.</summary>
    /// <exception cref="FormatException">It says too little; <see cref="Errors"/> names it.</exception>
    internal static (string Slug, ProgrammeModel Model, string Ko, string En) Describe(WorkflowDefinition definition)
    {
        var programme = ProgrammeOf(definition);
        return Text(programme, "slug") is { } slug && Enum.TryParse<ProgrammeModel>(Text(programme, "model"), out var model)
            && Text(programme, "ko") is { } ko && Text(programme, "en") is { } en
            ? (slug, model, ko, en)
            : throw new FormatException("The definition does not say which programme it is.");
    }

    private static IEnumerable<Problem> SelfDescription(WorkflowDefinition definition)
    {
        var programme = ProgrammeOf(definition);
        if (definition.DefinitionId.Length == 0)
        {
            yield return new Problem("definition-id-missing", "/definitionId", null, Severity.Error, "정의의 definitionId가 없습니다.", "The definition has no definitionId.");
        }

        foreach (var name in Needed.Where(name => Text(programme, name) is null))
        {
            yield return new Problem(
                "programme-incomplete", $"/customProperties/programme/{name}", null, Severity.Error,
                $"사업 정보에 {name}이(가) 없습니다.", $"The programme does not give its {name}.");
        }

        if (!Enum.TryParse<ProgrammeModel>(Text(programme, "model"), out _))
        {
            yield return new Problem(
                "programme-model", "/customProperties/programme/model", null, Severity.Error,
                $"사업 모델은 {string.Join(", ", Enum.GetNames<ProgrammeModel>())} 중 하나여야 합니다.", $"The model is one of {string.Join(", ", Enum.GetNames<ProgrammeModel>())}.");
        }
    }

    private static JsonElement? ProgrammeOf(WorkflowDefinition definition)
        => definition.Json.TryGetProperty("customProperties", out var custom) && custom.ValueKind == JsonValueKind.Object
            && custom.TryGetProperty("programme", out var programme) && programme.ValueKind == JsonValueKind.Object
            ? programme
            : null;

    private static string? Text(JsonElement? json, string name)
        => json is { } parent && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
