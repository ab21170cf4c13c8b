using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SaaS.Workflows.Definitions;

/// <summary>A version of a workflow that others hold as an activity.</summary>
/// <param name="DefinitionId">The id that all its versions share.</param>
/// <param name="VersionId">The id of this version.</param>
/// <param name="Version">Its number.</param>
public sealed record UsedVersion(string DefinitionId, string VersionId, int Version)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = DefinitionLimits.Depth };

    /// <summary>The definition with every activity that is this workflow brought to this version; null when there is none to bring.</summary>
    public string? TakeUp(string definition)
    {
        var json = JsonNode.Parse(definition, documentOptions: new JsonDocumentOptions { MaxDepth = DefinitionLimits.Depth });
        return json is not null && TakeUp(json) ? json.ToJsonString(Readable) : null;
    }

    private bool TakeUp(JsonNode node)
    {
        var found = false;
        if (node is JsonObject activity && IsOutdated(activity))
        {
            activity["workflowDefinitionVersionId"] = VersionId;
            activity["version"] = Version;
            activity["latestAvailablePublishedVersionId"] = VersionId;
            activity["latestAvailablePublishedVersion"] = Version;
            found = true;
        }

        var children = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };
        foreach (var child in children.OfType<JsonNode>().ToList())
        {
            found |= TakeUp(child);
        }

        return found;
    }

    // An activity that executes a workflow holds the id in an expression; one that is the workflow holds it as text.
    private bool IsOutdated(JsonObject activity) => Text(activity, "workflowDefinitionId") == DefinitionId && Text(activity, "workflowDefinitionVersionId") != VersionId;

    private static string? Text(JsonObject activity, string name) => activity[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
