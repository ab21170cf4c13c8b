using System.Text.Json;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Cases;

/// <summary>A worked case: a definition, what it is started and resumed with, and what came out where it was recorded.</summary>
/// <param name="Name">How the case is called.</param>
/// <param name="Definition">The definition as JSON.</param>
/// <param name="Input">The inputs of the start.</param>
/// <param name="Imports">Definitions that it may run.</param>
/// <param name="Resume">Resumes in order, each <c>{ "activity", "bookmark"?, "input"? }</c>.</param>
/// <param name="Expected">The recorded result; undefined when there is none.</param>
public sealed record WorkflowCase(string Name, string Definition, Value Input, IReadOnlyList<string> Imports, Value Resume, Value Expected)
{
    /// <summary>Reads one line of a case file.</summary>
    /// <exception cref="JsonException">The line is no JSON.</exception>
    /// <exception cref="FormatException">The line is JSON but no case.</exception>
    public static WorkflowCase Read(string line)
    {
        using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = DefinitionLimits.Depth });
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("definition", out var definition))
        {
            throw new FormatException("A case needs a member 'definition'.");
        }

        return new WorkflowCase(
            root.TryGetProperty("case", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "",
            definition.GetRawText(),
            root.TryGetProperty("input", out var input) ? Value.From(input) : Value.Undefined,
            root.TryGetProperty("imports", out var imports) && imports.ValueKind == JsonValueKind.Array ? [.. imports.EnumerateArray().Select(import => import.GetRawText())] : [],
            root.TryGetProperty("resume", out var resume) ? Value.From(resume) : Value.Undefined,
            root.TryGetProperty("expected", out var expected) ? Value.From(expected) : Value.Undefined);
    }
}
