using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SaaS.Workflows.Activities;

namespace SaaS.Web.Elsa;

/// <summary>
/// A definition on its way to Studio and back. What the server alone decides (ids, version, state, links, revision) is laid over it on the
/// way out and taken off on the way in, so that a definition that nobody changed comes back as it was.
/// </summary>
internal static class StudioModel
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] OfServer =
        ["id", "version", "isLatest", "isPublished", "createdAt", "links", "providerName", "materializerName", "materializerContext", "toolVersion"];

    /// <param name="place">What the version is: its id, number and state.</param>
    /// <param name="mayPublish">Without it Studio shows the definition but changes nothing.</param>
    public static JsonObject ToStudio(string json, StudioDefinitions.Place place, bool mayPublish)
    {
        var model = JsonNode.Parse(json)!.AsObject();
        model["id"] = place.Id.ToString();
        model["definitionId"] = place.DefinitionId;
        model["version"] = place.Version;
        model["isLatest"] = place.IsLatest;
        model["isPublished"] = place.IsPublished;
        model["createdAt"] = place.At.ToString();
        model["toolVersion"] ??= "3.8.2.0";
        model["materializerName"] = "Json";
        model["providerName"] = null;
        model["materializerContext"] = null;
        model["isReadonly"] = !mayPublish;
        foreach (var list in new[] { "variables", "inputs", "outputs", "outcomes" })
        {
            model[list] ??= new JsonArray();
        }

        model["options"] ??= new JsonObject { ["autoUpdateConsumingWorkflows"] = false };
        if (model["customProperties"] is not JsonObject custom)
        {
            model["customProperties"] = custom = [];
        }

        custom["rev"] = place.Revision;
        model["links"] = Links(place.DefinitionId, mayPublish);
        NameNodes(model["root"]!.AsObject(), "Workflow1");
        return model;
    }

    /// <summary>The row of a list.</summary>
    public static JsonObject Summary(string json, StudioDefinitions.Place place, bool mayPublish)
    {
        var model = JsonNode.Parse(json)!.AsObject();
        return new JsonObject
        {
            ["id"] = place.Id.ToString(),
            ["definitionId"] = place.DefinitionId,
            ["name"] = model["name"]?.DeepClone(),
            ["description"] = model["description"]?.DeepClone(),
            ["version"] = place.Version,
            ["toolVersion"] = "3.8.2.0",
            ["isLatest"] = place.IsLatest,
            ["isPublished"] = place.IsPublished,
            ["isReadonly"] = !mayPublish,
            ["createdAt"] = place.At.ToString(),
            ["providerName"] = null,
            ["materializerName"] = "Json",
            ["links"] = Links(place.DefinitionId, mayPublish),
        };
    }

    /// <summary>What is stored of a model that Studio sent.</summary>
    /// <param name="model">The model; changed.</param>
    /// <param name="before">What was stored: the members that the server laid over it come back from there, and so do those that Studio does not know.</param>
    /// <returns>The definition and the revision that Studio saw; 0 when it names none.</returns>
    public static (string Json, int Revision) FromStudio(JsonObject model, string? before)
    {
        var stored = before is null ? null : JsonNode.Parse(before)!.AsObject();
        var revision = 0;
        if (model["customProperties"] is JsonObject custom)
        {
            revision = custom["rev"] is JsonValue value && value.TryGetValue<int>(out var seen) ? seen : 0;
            custom.Remove("rev");
            if (custom.Count == 0 && stored?["customProperties"] is null)
            {
                model.Remove("customProperties");
            }
        }

        foreach (var member in OfServer)
        {
            model.Remove(member);
        }

        model.Remove("isReadonly");
        foreach (var (name, value) in stored ?? [])
        {
            if (!model.ContainsKey(name))
            {
                model[name] = value?.DeepClone();
            }
        }

        if (stored?["options"] is JsonObject options && model["options"] is JsonObject sent)
        {
            // Studio writes every option that it knows; one that is null and was not there says nothing.
            foreach (var (name, value) in sent.ToList())
            {
                if (value is null && !options.ContainsKey(name))
                {
                    sent.Remove(name);
                }
            }
        }

        if (model["root"] is JsonObject root)
        {
            ReadRawInputs(root);
            KeepOrder(root, stored?["root"] as JsonObject);
        }

        return (model.ToJsonString(Readable), revision);
    }

    // Studio's editors give texts back, and its editor of JSON an expression: inputs that stand bare in the definition become what they are.
    private static void ReadRawInputs(JsonObject activity)
    {
        var inputs = ActivityCatalogue.Standard.Find((string?)activity["type"] ?? "")?.Descriptor.Inputs ?? [];
        foreach (var input in inputs.Where(input => !input.IsWrapped))
        {
            if (activity[input.JsonName] is JsonObject wrapped && wrapped["expression"] is JsonObject expression)
            {
                activity[input.JsonName] = expression["value"]?.DeepClone();
            }

            if (activity[input.JsonName] is JsonValue value && value.TryGetValue<string>(out var text) && Typed(text, input.TypeName) is { } typed)
            {
                activity[input.JsonName] = typed;
            }
        }

        foreach (var child in Children(activity))
        {
            ReadRawInputs(child);
        }
    }

    private static JsonNode? Typed(string text, string typeName) => typeName switch
    {
        "Int32" or "Int64" when long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        "Boolean" when bool.TryParse(text, out var yes) => JsonValue.Create(yes),
        "Object" => Parsed(text),
        _ => null,
    };

    // Studio puts what was touched last; the definition keeps the order in which its author has it.
    private static void KeepOrder(JsonObject root, JsonObject? stored)
    {
        Sort(root, stored, "activities", step => (string?)step["id"] ?? "");
        Sort(root, stored, "connections", way => $"{(string?)way["source"]?["activity"]} {(string?)way["source"]?["port"]} {(string?)way["target"]?["activity"]}");
    }

    private static void Sort(JsonObject root, JsonObject? stored, string list, Func<JsonObject, string> key)
    {
        if (root[list] is not JsonArray now || stored?[list] is not JsonArray before || now.Any(item => item is not JsonObject) || before.Any(item => item is not JsonObject))
        {
            return;
        }

        var places = before.Select((item, index) => (Key: key(item!.AsObject()), index)).GroupBy(place => place.Key).ToDictionary(group => group.Key, group => group.First().index);
        root[list] = new JsonArray([.. now.Select(item => item!.AsObject()).OrderBy(item => places.GetValueOrDefault(key(item), int.MaxValue)).Select(item => item.DeepClone())]);
    }

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return text.AsSpan().TrimStart() is ['[' or '{', ..] ? JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = DefinitionDepth }) : null;
        }
        catch (JsonException)
        {
            // Half a table stays the text that it is; the checker says what is wrong with it.
            return null;
        }
    }

    private const int DefinitionDepth = 64;

    private static void NameNodes(JsonObject activity, string parent)
    {
        activity["nodeId"] ??= $"{parent}:{(string?)activity["id"]}";
        foreach (var child in Children(activity))
        {
            NameNodes(child, (string)activity["nodeId"]!);
        }
    }

    private static IEnumerable<JsonObject> Children(JsonObject activity)
    {
        foreach (var (_, value) in activity)
        {
            switch (value)
            {
                case JsonObject embedded when IsActivity(embedded):
                    yield return embedded;
                    break;
                case JsonArray list:
                    foreach (var item in list.OfType<JsonObject>().Where(IsActivity))
                    {
                        yield return item;
                    }

                    break;
            }
        }
    }

    private static bool IsActivity(JsonObject json)
        => json["type"] is JsonValue type && type.TryGetValue<string>(out var name) && name.Contains('.', StringComparison.Ordinal) && json["id"] is not null;

    private static JsonArray Links(string definitionId, bool mayPublish)
    {
        var links = new JsonArray(Link("self", $"/workflow-definitions/{definitionId}", "GET"));
        if (mayPublish)
        {
            links.Add(Link("publish", $"/workflow-definitions/{definitionId}/publish", "POST"));
            links.Add(Link("retract", $"/workflow-definitions/{definitionId}/retract", "POST"));
            links.Add(Link("delete", $"/workflow-definitions/{definitionId}", "DELETE"));
        }

        return links;
    }

    internal static JsonNode Link(string rel, string href, string method) => new JsonObject { ["href"] = href, ["rel"] = rel, ["method"] = method };
}
