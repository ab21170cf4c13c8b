using System.Text.Json;

namespace SaaS.Workflows.Definitions;

/// <summary>A variable as written: its value is always text, to be read as its type.</summary>
public sealed record VariableDefinition(string Id, string Name, string TypeName, bool IsArray, JsonElement? Value, string? StorageDriver, string Pointer)
{
    /// <summary>Whether the value survives a wait. Without a driver it falls back to its default in silence.</summary>
    public bool IsPersisted => StorageDriver is not null && StorageDriver.Contains("Workflow", StringComparison.Ordinal) && !StorageDriver.Contains("MemoryStorageDriver", StringComparison.Ordinal);

    internal static IReadOnlyList<VariableDefinition> ReadAll(JsonElement? list, string pointer)
    {
        if (list is not { } element)
        {
            return [];
        }

        var variables = new List<VariableDefinition>();
        var i = 0;
        foreach (var item in FlowchartDefinition.Elements(element))
        {
            variables.Add(Read(item, $"{pointer}/{i++}"));
        }

        return variables;
    }

    internal static VariableDefinition Read(JsonElement json, string pointer)
    {
        var name = ActivityDefinition.Text(json, "name") ?? "";
        var value = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("value", out var given) && given.ValueKind != JsonValueKind.Null ? given : (JsonElement?)null;
        var isArray = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("isArray", out var array) && array.ValueKind == JsonValueKind.True;
        return new VariableDefinition(
            ActivityDefinition.Text(json, "id") ?? name,
            name,
            ActivityDefinition.Text(json, "typeName") ?? "Object",
            isArray,
            value,
            ActivityDefinition.Text(json, "storageDriverTypeName"),
            pointer);
    }
}
