using System.Text.Json;

namespace SaaS.Workflows.Definitions;

/// <summary>An input of a workflow. It is kept over a wait only with a storage driver of the instance.</summary>
public sealed record InputDefinition(string Name, string TypeName, bool IsArray, string? StorageDriver, string Pointer)
{
    public bool IsPersisted => StorageDriver is not null && (StorageDriver.Contains("WorkflowStorageDriver", StringComparison.Ordinal) || StorageDriver.Contains("WorkflowInstanceStorageDriver", StringComparison.Ordinal));

    internal static IReadOnlyList<InputDefinition> ReadAll(JsonElement? list, string pointer)
    {
        if (list is not { } element)
        {
            return [];
        }

        var inputs = new List<InputDefinition>();
        var i = 0;
        foreach (var json in FlowchartDefinition.Elements(element))
        {
            var isArray = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("isArray", out var array) && array.ValueKind == JsonValueKind.True;
            inputs.Add(new InputDefinition(ActivityDefinition.Text(json, "name") ?? "", ActivityDefinition.Text(json, "type") ?? "Object", isArray, ActivityDefinition.Text(json, "storageDriverType"), $"{pointer}/{i++}"));
        }

        return inputs;
    }
}
