using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SaaS.Workflows.Designing;

/// <summary>Merges the steps of a flowchart; a step and the ways that lead on from it are one.</summary>
internal sealed class DraftMergeSteps
{
    private readonly Dictionary<string, MergeSide> _sides = new(StringComparer.Ordinal);

    public DraftMergeSteps(Design before, Design mine, Design theirs, Func<string, MergeSide> decide)
    {
        var (was, ours, other) = (Chart.Of(before), Chart.Of(mine), Chart.Of(theirs));
        AreReadable = was is not null && ours is not null && other is not null;
        if (!AreReadable)
        {
            return;
        }

        foreach (var step in ours!.Owners.Union(other!.Owners).Union(was!.Owners))
        {
            var (a, b, c) = (was.Unit(step), ours.Unit(step), other.Unit(step));
            _sides[step] = new Sides(a, b, c).Side ?? decide(step.Split('\n')[0]);
        }

        Activities = Rows(was, ours, other, chart => chart.Steps, step => step);
        var there = Activities.Select(step => (string?)step?["id"]).ToHashSet();

        // A way to a step that the other one took out leads nowhere.
        Connections = Rows(
            was, ours, other,
            chart => chart.Ways.ToDictionary(way => way.Key, way => way.Value.Json),
            way => (ours.Ways.TryGetValue(way, out var found) ? found : other.Ways.TryGetValue(way, out found) ? found : was.Ways[way]).Source,
            (chart, way) => there.Contains(chart.Ways[way].Target) || !chart.Steps.ContainsKey(chart.Ways[way].Target));
    }

    /// <summary>False when a definition has its steps in a shape of its own; then they are merged as one.</summary>
    public bool AreReadable { get; }

    public JsonArray Activities { get; } = [];

    public JsonArray Connections { get; } = [];

    private JsonArray Rows(
        Chart before, Chart mine, Chart theirs, Func<Chart, Dictionary<string, JsonElement>> rowsOf, Func<string, string> ownerOf, Func<Chart, string, bool>? stays = null)
    {
        var (was, ours, other) = (rowsOf(before), rowsOf(mine), rowsOf(theirs));
        var merged = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var key in ours.Keys.Union(other.Keys))
        {
            var isMine = _sides[ownerOf(key)] == MergeSide.Mine;
            if ((isMine ? ours : other).TryGetValue(key, out var row) && stays?.Invoke(isMine ? mine : theirs, key) != false)
            {
                merged[key] = DraftMergeMembers.Node(row);
            }
        }

        return new JsonArray([.. DraftMergeMembers.Order([.. was.Keys], [.. ours.Keys], [.. other.Keys], merged.Keys.ToHashSet()).Select(key => merged[key])]);
    }

    /// <summary>The steps and ways of one side, each by a key that is its own.</summary>
    private sealed class Chart
    {
        private readonly ILookup<string, JsonElement> _waysOf;

        private Chart(JsonElement activities, JsonElement? connections, Design design)
        {
            foreach (var step in activities.EnumerateArray())
            {
                Add(Steps, (step.ValueKind == JsonValueKind.Object && step.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null) ?? step.GetRawText(), step);
            }

            var read = design.Definition.Root.Flowchart.Connections.ToDictionary(way => way.Pointer[(way.Pointer.LastIndexOf('/') + 1)..]);
            if (connections is { } ways)
            {
                foreach (var (way, index) in ways.EnumerateArray().Select((way, index) => (way, index)))
                {
                    var known = read.GetValueOrDefault(index.ToString(CultureInfo.InvariantCulture));
                    var (source, target) = (known?.Source ?? "", known?.Target ?? "");
                    Add(Ways, known is null ? way.GetRawText() : $"{source}\t{known.SourcePort}\t{target}", (way, source, target));
                }
            }

            _waysOf = Ways.Values.ToLookup(way => way.Source, way => way.Json);
        }

        public Dictionary<string, JsonElement> Steps { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, (JsonElement Json, string Source, string Target)> Ways { get; } = new(StringComparer.Ordinal);

        /// <summary>Every step, and whatever a way leads on from.</summary>
        public IEnumerable<string> Owners => Steps.Keys.Union(Ways.Values.Select(way => way.Source));

        public static Chart? Of(Design design)
        {
            var root = design.Definition.Root;
            return root.Property("activities") is { ValueKind: JsonValueKind.Array } activities && root.Property("connections") is null or { ValueKind: JsonValueKind.Array }
                ? new Chart(activities, root.Property("connections"), design)
                : null;
        }

        /// <summary>A step with its ways on, to be compared; null when there is neither.</summary>
        public JsonElement? Unit(string step)
        {
            var ways = _waysOf[step].ToList();
            return Steps.TryGetValue(step, out var json) || ways.Count > 0
                ? JsonSerializer.SerializeToElement(new object?[] { Steps.ContainsKey(step) ? json : null, ways })
                : null;
        }

        // The same id twice is wrong, and said to be so by the checker; here each keeps its place.
        private static void Add<T>(Dictionary<string, T> rows, string key, T row)
        {
            for (var number = 1; !rows.TryAdd(number == 1 ? key : $"{key}\n{number}", row); number++)
            {
            }
        }
    }
}
