using System.Text.Json;
using System.Text.Json.Nodes;

namespace SaaS.Workflows.Designing;

/// <summary>Merges what is not a step, member by member: the programme's own texts, variables, options. Unknown members too.</summary>
internal static class DraftMergeMembers
{
    private static readonly string[] Keys = ["id", "name"];

    /// <param name="sides">An object in all that have it.</param>
    /// <param name="steps">Stand in for the root's activities and connections.</param>
    /// <param name="decide">Whose change holds where both changed.</param>
    public static JsonNode? Of(Sides sides, DraftMergeSteps steps, Func<string, MergeSide> decide) => Object(sides, (name, member) => name == "root" && steps.AreReadable
        ? (true, Object(member, (inner, place) => inner switch
        {
            "activities" => (true, steps.Activities),
            "connections" => (true, steps.Connections),
            _ => Any(place, decide),
        }))
        : Any(member, decide));

    /// <summary>In the order of whoever changed it; what the other one added follows what it followed there.</summary>
    public static List<string> Order(IReadOnlyList<string> before, IReadOnlyList<string> mine, IReadOnlyList<string> theirs, IReadOnlySet<string> there)
    {
        var (ground, added) = before.Where(mine.Contains).SequenceEqual(mine.Where(before.Contains)) ? (theirs, mine) : (mine, theirs);
        var order = ground.Where(there.Contains).ToList();
        for (var index = 0; index < added.Count; index++)
        {
            if (there.Contains(added[index]) && !order.Contains(added[index]))
            {
                var earlier = index - 1;
                while (earlier >= 0 && !order.Contains(added[earlier]))
                {
                    earlier--;
                }

                order.Insert(earlier < 0 ? 0 : order.IndexOf(added[earlier]) + 1, added[index]);
            }
        }

        return order;
    }

    public static JsonNode? Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(element),
    };

    private static (bool IsThere, JsonNode? Node) Any(Sides sides, Func<string, MergeSide> decide)
    {
        if (sides.Side is { } side)
        {
            return Chosen(sides.Of(side));
        }

        if (sides is { Mine.ValueKind: JsonValueKind.Object, Theirs.ValueKind: JsonValueKind.Object })
        {
            return (true, Object(sides, (_, member) => Any(member, decide)));
        }

        return Keyed(sides) is { } key ? (true, Array(sides, key, decide)) : Chosen(sides.Of(decide("")));
    }

    private static (bool IsThere, JsonNode? Node) Chosen(JsonElement? element) => (element is not null, element is { } value ? Node(value) : null);

    private static JsonObject Object(Sides sides, Func<string, Sides, (bool IsThere, JsonNode? Node)> merge)
    {
        var merged = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var name in Names(sides.Mine).Union(Names(sides.Theirs)))
        {
            if (merge(name, sides.Member(name)) is (true, var node))
            {
                merged[name] = node;
            }
        }

        return new JsonObject(Order(Names(sides.Before), Names(sides.Mine), Names(sides.Theirs), merged.Keys.ToHashSet())
            .Select(name => KeyValuePair.Create(name, merged[name])));
    }

    private static List<string> Names(JsonElement? json)
        => json is { ValueKind: JsonValueKind.Object } value ? [.. value.EnumerateObject().Select(member => member.Name).Distinct()] : [];

    // Lists whose rows have an id or a name, as variables and inputs have, are merged row by row.
    private static string? Keyed(Sides sides) => Keys.FirstOrDefault(key =>
        Rows(sides.Mine, key) is not null && Rows(sides.Theirs, key) is not null && (sides.Before is null || Rows(sides.Before, key) is not null));

    private static JsonArray Array(Sides sides, string key, Func<string, MergeSide> decide)
    {
        var (before, mine, theirs) = (Rows(sides.Before, key) ?? [], Rows(sides.Mine, key)!, Rows(sides.Theirs, key)!);
        var merged = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var name in mine.Keys.Union(theirs.Keys))
        {
            if (Any(new Sides(Row(before, name), Row(mine, name), Row(theirs, name)), decide) is (true, var node))
            {
                merged[name] = node;
            }
        }

        return new JsonArray([.. Order([.. before.Keys], [.. mine.Keys], [.. theirs.Keys], merged.Keys.ToHashSet()).Select(name => merged[name])]);
    }

    private static JsonElement? Row(Dictionary<string, JsonElement> rows, string name) => rows.TryGetValue(name, out var row) ? row : null;

    private static Dictionary<string, JsonElement>? Rows(JsonElement? list, string key)
    {
        if (list is not { ValueKind: JsonValueKind.Array } array)
        {
            return null;
        }

        var rows = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var row in array.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Object || !row.TryGetProperty(key, out var name) || name.ValueKind != JsonValueKind.String || !rows.TryAdd(name.GetString()!, row))
            {
                return null;
            }
        }

        return rows;
    }
}
