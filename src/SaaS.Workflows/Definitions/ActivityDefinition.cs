using System.Text.Json;

namespace SaaS.Workflows.Definitions;

/// <summary>One activity as written in a definition: what every activity has, and the JSON of the rest.</summary>
public sealed class ActivityDefinition
{
    private readonly Lazy<FlowchartDefinition> _flowchart;

    internal ActivityDefinition(JsonElement json, string pointer)
    {
        Json = json;
        Pointer = pointer;
        Id = Text(json, "id") ?? "";
        NodeId = Text(json, "nodeId");
        Name = Text(json, "name");
        Type = Text(json, "type") ?? "";
        Version = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) ? number : null;
        _flowchart = new Lazy<FlowchartDefinition>(() => FlowchartDefinition.Read(this));
    }

    /// <summary>The whole activity.</summary>
    public JsonElement Json { get; }

    /// <summary>Where the activity stands in the definition, as a JSON pointer.</summary>
    public string Pointer { get; }

    public string Id { get; }

    public string? NodeId { get; }

    public string? Name { get; }

    /// <summary>The type name, for example <c>Elsa.FlowDecision</c>; empty when missing.</summary>
    public string Type { get; }

    /// <summary>Null when it is not written: the newest then.</summary>
    public int? Version { get; }

    /// <summary>Activities, connections and start of a flowchart; empty for any other activity.</summary>
    public FlowchartDefinition Flowchart => _flowchart.Value;

    /// <summary>Whether the activity may start a workflow by its trigger.</summary>
    public bool CanStartWorkflow => CustomProperty("canStartWorkflow") is { ValueKind: JsonValueKind.True };

    /// <summary>A property of the activity by its name in JSON, for example <c>condition</c>.</summary>
    public JsonElement? Property(string name) =>
        Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var value) ? value : null;

    public JsonElement? CustomProperty(string name) =>
        Property("customProperties") is { ValueKind: JsonValueKind.Object } properties && properties.TryGetProperty(name, out var value) ? value : null;

    internal static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
