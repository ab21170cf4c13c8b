using System.Text.Json;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Programmes;

namespace SaaS.Platform.Workflows;

/// <summary>How a step of a case stands.</summary>
public enum StepStanding
{
    /// <summary>Not reached.</summary>
    Ahead,

    /// <summary>The case waits here.</summary>
    Waiting,

    Done,
    Faulted,
    Cancelled,
}

/// <summary>A case drawn on its programme: every step with its place and how it stands, every arrow and whether it was taken.</summary>
public sealed record CasePicture(IReadOnlyList<CasePicture.Node> Nodes, IReadOnlyList<CasePicture.Edge> Edges)
{
    /// <param name="Id">The activity in the definition.</param>
    /// <param name="Type">Its type, for example <c>Grant.EvaluationStage</c>.</param>
    /// <param name="Ko">What to call it.</param>
    /// <param name="En">The same in English.</param>
    /// <param name="X">Where the designer put it; null when it was never placed.</param>
    /// <param name="Y">See <paramref name="X"/>.</param>
    /// <param name="Standing">How it stands.</param>
    /// <param name="Outcome">What it completed with the last time.</param>
    /// <param name="Visits">How often it completed.</param>
    public sealed record Node(string Id, string Type, string Ko, string En, double? X, double? Y, StepStanding Standing, string? Outcome, int Visits);

    public sealed record Edge(string From, string Port, string To, bool Taken);

    internal static CasePicture Of(CompiledWorkflow workflow, IReadOnlyList<WorkflowJournalLine> journal)
    {
        var flowchart = workflow.Definition.Root.Flowchart;
        var byActivity = journal.GroupBy(line => line.ActivityId).ToDictionary(group => group.Key, group => group.ToList());
        var taken = journal
            .Where(line => line.Event == "Completed")
            .SelectMany(line => (line.Outcome ?? "Done").Split(", ").Select(outcome => (line.ActivityId, outcome)))
            .ToHashSet();
        var nodes = flowchart.Activities.Select(activity => NodeOf(activity, byActivity.GetValueOrDefault(activity.Id) ?? [])).ToList();
        var reached = byActivity.Keys.ToHashSet();
        var edges = flowchart.Connections
            .Select(connection => new Edge(
                connection.Source, connection.SourcePort, connection.Target,
                taken.Contains((connection.Source, connection.SourcePort)) && reached.Contains(connection.Target)))
            .ToList();
        return new CasePicture(nodes, edges);
    }

    private static Node NodeOf(ActivityDefinition activity, List<WorkflowJournalLine> lines)
    {
        var standing = lines.Count == 0 ? StepStanding.Ahead : lines[^1].Event switch
        {
            "Completed" => StepStanding.Done,
            "Faulted" => StepStanding.Faulted,
            "Canceled" => StepStanding.Cancelled,
            _ => StepStanding.Waiting,
        };
        var outcome = lines.LastOrDefault(line => line.Event == "Completed")?.Outcome;
        var (ko, en) = StepNames.Of(activity);
        var (x, y) = Place(activity);
        return new Node(activity.Id, activity.Type, ko, en, x, y, standing, outcome, lines.Count(line => line.Event == "Completed"));
    }

    private static (double? X, double? Y) Place(ActivityDefinition activity)
        => activity.Property("metadata") is { ValueKind: JsonValueKind.Object } metadata
            && metadata.TryGetProperty("designer", out var designer) && designer.ValueKind == JsonValueKind.Object
            && designer.TryGetProperty("position", out var position) && position.ValueKind == JsonValueKind.Object
            ? (Number(position, "x"), Number(position, "y"))
            : (null, null);

    private static double? Number(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
