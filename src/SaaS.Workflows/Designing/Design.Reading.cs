using System.Text.Json.Nodes;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Designing;

/// <content>What mends and tables ask of a design.</content>
public sealed partial class Design
{
    /// <summary>The steps of a type as they are written; not to be changed.</summary>
    internal IEnumerable<JsonObject> Steps(string type) => new Chart(_json).Steps.Where(step => (string?)step["type"] == type);

    /// <exception cref="KeyNotFoundException">There is no such step.</exception>
    internal JsonObject Step(string id) => new Chart(_json).Step(id);

    internal int Whole(string step, string input) => Step(step)[input] is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0;

    internal Words NameOf(string step) => Definition.Root.Flowchart.Activities.FirstOrDefault(activity => activity.Id == step) is { } found ? StepNames.Of(found) : new(step, step);

    /// <summary>What people call a tier; its code where it has no name.</summary>
    internal Words TierName(string code)
        => Steps("Grant.ChooseTier").SelectMany(step => step["tiers"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(row => (string?)row["tier"] == code) is { } tier
            ? new((string?)tier["ko"] ?? code, (string?)tier["en"] ?? code)
            : new(code, code);

    internal ActivityDescriptor? DescriptorOf(string step) => new Chart(_json).Find(step) is { } found ? ActivityCatalogue.Standard.Find((string?)found["type"] ?? "")?.Descriptor : null;

    internal string PointerOf(string step) => Definition.Root.Flowchart.Activities.First(activity => activity.Id == step).Pointer;

    internal string NewId(string from) => new Chart(_json).NewId(from);

    /// <summary>Outcomes that lead nowhere.</summary>
    internal IEnumerable<(string Step, string Outcome)> LooseEnds()
    {
        var chart = Definition.Root.Flowchart;
        var led = chart.Connections.Select(way => (way.Source, way.SourcePort)).ToHashSet();
        return chart.Activities.SelectMany(step => OutcomesOf(step).Select(outcome => (step.Id, outcome))).Where(end => !led.Contains(end));
    }

    /// <summary>Ends a case with a result after an outcome; the end is made where there is none.</summary>
    internal Design LeadToEnd(string step, string outcome, string result, out string end)
    {
        var id = "";
        var design = Edit(chart =>
        {
            id = End(chart, result, chart.Step(step));
            chart.Disconnect(way => way.Source == step && way.SourcePort == outcome);
            chart.Connect(step, outcome, id);
        });
        end = id;
        return design;
    }

    /// <summary>Puts a new step where the ways to another one lead now.</summary>
    internal Design AddBefore(string type, string next, out string step)
    {
        var id = "";
        var design = Edit(chart =>
        {
            chart.Step(next);
            id = chart.NewId(type);
            chart.Add(NewStep.Of(id, type, chart.Steps));
            LeadBefore(chart, id, next);
            LeadRefusalsToEnds(chart, id);
        });
        step = id;
        return design;
    }

    internal Design MoveBefore(string step, string next) => step == next ? this : Edit(chart =>
    {
        chart.Step(next);
        Detach(chart, step);
        LeadBefore(chart, step, next);
    });

    internal Design MoveAfter(string step, string target) => Edit(chart =>
    {
        if (chart.Outcomes(chart.Step(target)) is [var first, ..])
        {
            Detach(chart, step);
            Insert(chart, step, target, first);
        }
    });

    // A refusal that happens to lead to the same end stays as it is: only ways on lead through the step.
    private static void LeadBefore(Chart chart, string id, string next)
    {
        chart.Redirect(way => way.Target == next && way.Source != id && chart.Outcomes(chart.Step(way.Source)) is [var first, ..] && IsWayOn(chart, way, first), id);
        if (chart.Outcomes(chart.Step(id)) is [var onward, ..])
        {
            chart.Connect(id, onward, next);
        }
    }

    private static bool IsWayOn(Chart chart, ConnectionDefinition way, string first)
        => way.SourcePort == first || (string?)chart.Step(way.Source)["type"] is "Grant.ChooseTier" or "Elsa.FlowSwitch" or "Elsa.FlowDecision" or "Elsa.FlowFork";

    private static IReadOnlyList<string> OutcomesOf(ActivityDefinition step) => ActivityCatalogue.Standard.Find(step.Type) switch
    {
        null => [],
        { Descriptor.IsTerminal: true } => [],
        var known => known.Outcomes(step),
    };
}
