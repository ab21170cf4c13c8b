using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Definitions;

namespace SaaS.Workflows.Designing;

/// <summary>
/// A programme's definition while somebody designs it. An edit gives a new design and leaves this one as it was, so that undo is to take
/// the one before. Only what an edit is about changes in the JSON; every other member stays, known or not. An edit never refuses a design
/// that is wrong as a programme: the checker says so, in its own words.
/// </summary>
public sealed partial class Design
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonObject _json;

    private Design(JsonObject json)
    {
        Definition = WorkflowDefinition.Of(json);

        // What nobody touches stays text: an edit reads only the way to what it changes.
        _json = JsonObject.Create(Definition.Json)!;
    }

    /// <summary>The definition as it stands.</summary>
    public WorkflowDefinition Definition { get; }

    /// <summary>Begins with a definition, which stays as it is.</summary>
    public static Design Of(WorkflowDefinition definition) => new(JsonObject.Create(definition.Json.Clone())!);

    /// <summary>With Hangul as itself, not as escapes.</summary>
    public string ToJson() => _json.ToJsonString(Readable);

    /// <summary>Changes one input of a step, for example its rows of shares. Null takes it away.</summary>
    /// <param name="step">The activity's id.</param>
    /// <param name="input">The name in JSON, for example <c>shares</c>, <c>passMark</c>.</param>
    /// <param name="value">The value as it shall stand there.</param>
    /// <exception cref="KeyNotFoundException">There is no such step.</exception>
    public Design SetInput(string step, string input, JsonNode? value) => Edit(chart => Put(chart.Step(step), input, value?.DeepClone()));

    /// <summary>Calls a step by other words.</summary>
    /// <exception cref="KeyNotFoundException">There is no such step.</exception>
    public Design Rename(string step, Words name) => Edit(chart => SetName(chart.Step(step), name));

    /// <summary>Changes what the programme says of itself: <c>ko</c>, <c>en</c>, <c>slug</c>, <c>year</c>, <c>model</c>, <c>summaryKo</c>, <c>legalSource</c>, ….</summary>
    public Design SetProgramme(string member, JsonNode? value) => Edit(chart =>
    {
        var custom = Child(chart.Json, "customProperties");
        Put(Child(custom, "programme"), member, value?.DeepClone());
        if (member == "ko")
        {
            Put(chart.Json, "name", value?.DeepClone());
        }
    });

    internal Design Edit(Action<Chart> change)
    {
        var copy = _json.DeepClone().AsObject();
        change(new Chart(copy));
        return new Design(copy);
    }

    internal static void Put(JsonObject holder, string member, JsonNode? value)
    {
        if (value is null)
        {
            holder.Remove(member);
        }
        else
        {
            holder[member] = value;
        }
    }

    private static void SetName(JsonObject step, Words name)
    {
        Child(step, "metadata")["displayText"] = name.Ko;
        Child(step, "customProperties")["displayTextEn"] = name.En;
        if (step.ContainsKey("titleKo"))
        {
            (step["titleKo"], step["titleEn"]) = (name.Ko, name.En);
        }
    }

    private static JsonObject Child(JsonObject holder, string member)
    {
        if (holder[member] is not JsonObject child)
        {
            holder[member] = child = [];
        }

        return child;
    }

    /// <summary>The steps and ways of the copy that an edit works on.</summary>
    internal sealed class Chart(JsonObject json)
    {
        public JsonObject Json { get; } = json;

        private JsonObject Root => Json["root"]!.AsObject();

        private JsonArray Connections => Array("connections");

        public IEnumerable<JsonObject> Steps => Array("activities").OfType<JsonObject>();

        public IEnumerable<(JsonObject Json, ConnectionDefinition Way)> Ways
        {
            get
            {
                // Read as the definition reads them: older shapes of connections stay as they are.
                var read = Current.Root.Flowchart.Connections.ToDictionary(way => way.Pointer[(way.Pointer.LastIndexOf('/') + 1)..]);
                return [.. Connections
                    .Select((connection, index) => (Json: connection as JsonObject, Way: read.GetValueOrDefault(index.ToString(CultureInfo.InvariantCulture))))
                    .Where(pair => pair.Json is not null && pair.Way is not null)
                    .Select(pair => (pair.Json!, pair.Way!))];
            }
        }

        public WorkflowDefinition Current => WorkflowDefinition.Of(Json);

        public JsonObject Step(string id) => Find(id) ?? throw new KeyNotFoundException($"There is no step '{id}'.");

        public JsonObject? Find(string id) => Steps.FirstOrDefault(step => (string?)step["id"] == id);

        /// <summary>Every outcome of a step; the first is the way on.</summary>
        public IReadOnlyList<string> Outcomes(JsonObject step)
        {
            var activity = Current.Root.Flowchart.Activities.First(activity => activity.Id == (string?)step["id"]);
            if (ActivityCatalogue.Standard.Find(activity.Type) is not { } type)
            {
                return ["Done"];
            }

            var outcomes = type.Outcomes(activity);
            return outcomes.Count > 0 ? outcomes : type.Descriptor.IsTerminal ? [] : ["Done"];
        }

        public void Connect(string source, string port, string target)
        {
            if (Ways.Any(way => way.Way.Source == source && way.Way.SourcePort == port && way.Way.Target == target))
            {
                return;
            }

            Connections.Add(new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = source, ["port"] = port },
                ["target"] = new JsonObject { ["activity"] = target, ["port"] = "In" },
                ["vertices"] = new JsonArray(),
            });
        }

        public void Disconnect(Func<ConnectionDefinition, bool> which)
        {
            foreach (var (connection, _) in Ways.Where(way => which(way.Way)).ToList())
            {
                Connections.Remove(connection);
            }
        }

        /// <summary>Leads the ways elsewhere; two that become the same become one.</summary>
        public void Redirect(Func<ConnectionDefinition, bool> which, string target)
        {
            foreach (var (connection, way) in Ways.Where(way => which(way.Way)).ToList())
            {
                Connections.Remove(connection);
                Connect(way.Source, way.SourcePort, target);
            }
        }

        public HashSet<string> Reached()
        {
            var current = Current;
            var ways = current.Root.Flowchart.Connections.ToLookup(way => way.Source, way => way.Target);
            var start = current.Root.Flowchart.Start ?? current.Root.Flowchart.Activities.FirstOrDefault(activity => activity.CanStartWorkflow)?.Id ?? (current.Root.Flowchart.Activities is [var first, ..] ? first.Id : null);
            var reached = new HashSet<string>();
            var ahead = new Stack<string>(start is null ? [] : [start]);
            while (ahead.TryPop(out var id))
            {
                if (reached.Add(id))
                {
                    foreach (var next in ways[id])
                    {
                        ahead.Push(next);
                    }
                }
            }

            return reached;
        }

        public void Remove(IEnumerable<string> ids)
        {
            var gone = ids.ToHashSet();
            Disconnect(way => gone.Contains(way.Source) || gone.Contains(way.Target));
            foreach (var step in Steps.Where(step => gone.Contains((string?)step["id"] ?? "")).ToList())
            {
                Array("activities").Remove(step);
            }
        }

        /// <summary>Adds a step; its node id says where it stands, as Elsa writes it.</summary>
        public void Add(JsonObject step)
        {
            step["nodeId"] = $"{(string?)Root["nodeId"] ?? (string?)Root["id"]}:{(string?)step["id"]}";
            Array("activities").Add(step);
        }

        /// <summary>An id that no step has, made from a type or tier, for example <c>humanTask2</c>.</summary>
        public string NewId(string from)
        {
            var stem = new string([.. from[(from.LastIndexOf('.') + 1)..].Where(char.IsAsciiLetterOrDigit)]);
            stem = stem.Length == 0 ? "step" : char.ToLowerInvariant(stem[0]) + stem[1..];
            var id = stem;
            for (var number = 2; Find(id) is not null; number++)
            {
                id = stem + number.ToString(CultureInfo.InvariantCulture);
            }

            return id;
        }

        private JsonArray Array(string member)
        {
            if (Root[member] is not JsonArray array)
            {
                Root[member] = array = [];
            }

            return array;
        }
    }
}
