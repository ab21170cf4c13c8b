using System.Text.Json;

namespace SaaS.Workflows.Definitions;

/// <summary>What a flowchart holds, in each of the shapes that Elsa has written over the years.</summary>
public sealed class FlowchartDefinition
{
    private FlowchartDefinition(IReadOnlyList<ActivityDefinition> activities, IReadOnlyList<ConnectionDefinition> connections, string? start)
    {
        Activities = activities;
        Connections = connections;
        Start = start;
    }

    public IReadOnlyList<ActivityDefinition> Activities { get; }

    public IReadOnlyList<ConnectionDefinition> Connections { get; }

    /// <summary>The id of the activity to start with, when the flowchart names one.</summary>
    public string? Start { get; }

    internal static FlowchartDefinition Read(ActivityDefinition flowchart)
    {
        var activities = new List<ActivityDefinition>();
        if (Member(flowchart.Json, "activities", "Activities") is { } list)
        {
            var i = 0;
            foreach (var item in Elements(list))
            {
                activities.Add(new ActivityDefinition(item, $"{flowchart.Pointer}/activities/{i++}"));
            }
        }

        var connections = new List<ConnectionDefinition>();
        if (Member(flowchart.Json, "connections", "Connections") is { } links)
        {
            var i = 0;
            foreach (var item in Elements(links))
            {
                if (ReadConnection(item, $"{flowchart.Pointer}/connections/{i++}") is { } connection)
                {
                    connections.Add(connection);
                }
            }
        }

        var start = flowchart.Property("start") switch
        {
            { ValueKind: JsonValueKind.String } id => id.GetString(),
            { ValueKind: JsonValueKind.Object } embedded => ActivityDefinition.Text(embedded, "id"),
            _ => null,
        };
        return new FlowchartDefinition(activities, connections, start);
    }

    /// <summary>The elements of an array, of <c>{"$values":[…]}</c>, or the single object itself.</summary>
    internal static IEnumerable<JsonElement> Elements(JsonElement list)
    {
        if (list.ValueKind == JsonValueKind.Object)
        {
            if (!list.TryGetProperty("$values", out var values))
            {
                return [list];
            }

            list = values;
        }

        return list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : Enumerable.Empty<JsonElement>();
    }

    private static ConnectionDefinition? ReadConnection(JsonElement json, string pointer)
    {
        var source = Member(json, "source", "Source");
        var target = Member(json, "target", "Target");
        var (sourceId, sourcePort) = Endpoint(source, Member(json, "sourcePort", "SourcePort"));
        var (targetId, targetPort) = Endpoint(target, Member(json, "targetPort", "TargetPort"));
        return sourceId is null || targetId is null ? null : new ConnectionDefinition(sourceId, sourcePort ?? "Done", targetId, targetPort ?? "In", pointer);
    }

    private static (string? Id, string? Port) Endpoint(JsonElement? endpoint, JsonElement? flatPort) => endpoint switch
    {
        { ValueKind: JsonValueKind.String } id => (id.GetString(), AsText(flatPort)),
        { ValueKind: JsonValueKind.Object } member => (AsText(Member(member, "activity", "Activity")), AsText(Member(member, "port", "Port"))),
        _ => (null, null),
    };

    private static string? AsText(JsonElement? element) => element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Member(JsonElement json, string camel, string pascal) =>
        json.ValueKind != JsonValueKind.Object ? null
        : json.TryGetProperty(camel, out var value) ? value
        : json.TryGetProperty(pascal, out value) ? value
        : null;
}
