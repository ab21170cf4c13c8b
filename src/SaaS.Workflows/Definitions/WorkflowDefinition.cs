using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SaaS.Workflows.Checking;

namespace SaaS.Workflows.Definitions;

/// <summary>
/// A workflow definition as Elsa 3 writes it. The JSON is the truth: this type reads it, keeps every member that it does not know,
/// and never changes it. To edit a definition, edit its JSON and parse again.
/// </summary>
public sealed class WorkflowDefinition
{
    private static readonly JsonSerializerOptions AsEdited = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = DefinitionLimits.Depth };

    private WorkflowDefinition(JsonElement json, string pointer)
    {
        Json = json;
        Id = ActivityDefinition.Text(json, "id") ?? "";
        DefinitionId = ActivityDefinition.Text(json, "definitionId") ?? "";
        Name = ActivityDefinition.Text(json, "name");
        Description = ActivityDefinition.Text(json, "description");
        Version = json.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) ? number : 1;
        Variables = VariableDefinition.ReadAll(Member("variables"), pointer + "/variables");
        Inputs = InputDefinition.ReadAll(Member("inputs"), pointer + "/inputs");
        Outputs = Member("outputs") is { } outputs
            ? [.. FlowchartDefinition.Elements(outputs).Select(output => ActivityDefinition.Text(output, "name")).OfType<string>()]
            : [];
        Outcomes = Member("outcomes") is { ValueKind: JsonValueKind.Array } outcomes
            ? [.. outcomes.EnumerateArray().Where(o => o.ValueKind == JsonValueKind.String).Select(o => o.GetString()!)]
            : [];
        Root = new ActivityDefinition(json.GetProperty("root"), pointer + "/root");
    }

    /// <summary>The definition itself, without the envelope <c>{"model":…}</c> in which Studio sends it.</summary>
    public JsonElement Json { get; }

    /// <summary>The id of this version.</summary>
    public string Id { get; }

    /// <summary>The id that all versions share.</summary>
    public string DefinitionId { get; }

    public string? Name { get; }

    public string? Description { get; }

    public int Version { get; }

    public IReadOnlyList<VariableDefinition> Variables { get; }

    public IReadOnlyList<InputDefinition> Inputs { get; }

    /// <summary>Names of the outputs.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Outcomes of the workflow when it is used as an activity.</summary>
    public IReadOnlyList<string> Outcomes { get; }

    public ActivityDefinition Root { get; }

    /// <summary>Whether a fault leaves the other branches running instead of ending the instance.</summary>
    public bool ContinuesWithIncidents =>
        Member("options") is { ValueKind: JsonValueKind.Object } options
        && ActivityDefinition.Text(options, "incidentStrategyType") is { } strategy
        && strategy.Contains("ContinueWithIncidents", StringComparison.Ordinal);

    /// <summary>Whether other workflows may hold it as an activity.</summary>
    public bool UsableAsActivity =>
        Member("options") is { ValueKind: JsonValueKind.Object } options && options.TryGetProperty("usableAsActivity", out var usable) && usable.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? usable.ValueKind == JsonValueKind.True
            : Member("usableAsActivity") is { ValueKind: JsonValueKind.True };

    /// <summary>Whether those who hold it as an activity are to take up each new version.</summary>
    public bool AutoUpdatesConsumers =>
        UsableAsActivity && Member("options") is { ValueKind: JsonValueKind.Object } options && options.TryGetProperty("autoUpdateConsumingWorkflows", out var updates) && updates.ValueKind == JsonValueKind.True;

    /// <summary>Whether the file says that this version was the published one; true when it says nothing.</summary>
    public bool IsPublished => Member("isPublished") is not { ValueKind: JsonValueKind.False };

    /// <summary>Reads a definition, or says everything that is wrong with the text.</summary>
    /// <param name="json">A definition, or Studio's envelope around one.</param>
    public static ParsedDefinition Parse(string json)
    {
        if (json.Length > DefinitionLimits.TextLength)
        {
            return ParsedDefinition.Refused("definition-too-large", "", $"정의가 너무 큽니다. 최대 {DefinitionLimits.TextLength:N0}자입니다.", $"The definition is too large: at most {DefinitionLimits.TextLength:N0} characters.");
        }

        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = DefinitionLimits.Depth });
            root = document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            return ParsedDefinition.Refused("not-json", "", $"올바른 JSON이 아닙니다. {exception.LineNumber + 1}행 {exception.BytePositionInLine + 1}번째 바이트를 확인하세요.", $"This is not JSON that can be read: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}. Nesting deeper than {DefinitionLimits.Depth} is refused.");
        }

        var pointer = "";
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("model", out var model) && model.ValueKind == JsonValueKind.Object && !root.TryGetProperty("root", out _))
        {
            root = model;
            pointer = "/model";
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return ParsedDefinition.Refused("not-an-object", pointer, "정의는 JSON 객체여야 합니다.", "A definition must be a JSON object.");
        }

        if (!root.TryGetProperty("root", out var activity) || activity.ValueKind != JsonValueKind.Object)
        {
            return ParsedDefinition.Refused("no-root", pointer + "/root", "시작 활동(root)이 없습니다.", "The definition has no root activity.");
        }

        int activities;
        try
        {
            activities = CountActivities(root);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, written as an escape, is JSON but no text.
            return ParsedDefinition.Refused("not-json", pointer, "글자가 아닌 유니코드 조각이 들어 있습니다.", "A text holds half a Unicode character (an unpaired surrogate).");
        }

        if (activities > DefinitionLimits.Activities)
        {
            return ParsedDefinition.Refused("definition-too-large", pointer + "/root", $"활동이 너무 많습니다: {activities:N0}개(최대 {DefinitionLimits.Activities:N0}개).", $"There are too many activities: {activities:N0}; at most {DefinitionLimits.Activities:N0}.");
        }

        return new ParsedDefinition(new WorkflowDefinition(root, pointer), []);
    }

    /// <summary>A definition that was read before and is being edited; it is read with all checks again when it is saved.</summary>
    internal static WorkflowDefinition Of(JsonObject json) => new(JsonSerializer.SerializeToElement(json, AsEdited), "");

    /// <summary>The same definition with the members of every object sorted by name: equal definitions have equal text.</summary>
    public string ToCanonicalJson() => CanonicalJson.Write(Json);

    public override string ToString() => $"{DefinitionId} v{Version}";

    /// <summary>Objects that look like activities: an id and a dotted type. Reads every text on its way. Nesting is bounded, so this may call itself.</summary>
    private static int CountActivities(JsonElement element)
    {
        var count = 0;
        if (element.ValueKind == JsonValueKind.Object)
        {
            count += ActivityDefinition.Text(element, "type") is { } type && type.Contains('.', StringComparison.Ordinal) && element.TryGetProperty("id", out _) ? 1 : 0;
            foreach (var member in element.EnumerateObject())
            {
                _ = member.Name;
                count += CountActivities(member.Value);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                count += CountActivities(item);
            }
        }
        else if (element.ValueKind == JsonValueKind.String)
        {
            _ = element.GetString();
        }

        return count;
    }

    private JsonElement? Member(string name) => Json.TryGetProperty(name, out var value) ? value : null;
}

/// <summary>A definition, or the problems that kept it from being read.</summary>
public sealed record ParsedDefinition(WorkflowDefinition? Definition, IReadOnlyList<Problem> Problems)
{
    /// <summary>The definition.</summary>
    /// <exception cref="FormatException">It could not be read; the message says why.</exception>
    public WorkflowDefinition Required => Definition ?? throw new FormatException(string.Join(" ", Problems.Select(problem => problem.En)));

    internal static ParsedDefinition Refused(string code, string pointer, string ko, string en) =>
        new(null, [new Problem(code, pointer, null, Severity.Error, ko, en)]);
}
