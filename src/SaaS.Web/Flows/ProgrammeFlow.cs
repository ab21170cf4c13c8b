using SaaS.Web.Kit;
using SaaS.Workflows.Definitions;

namespace SaaS.Web.Flows;

/// <summary>
/// Draws a definition for people: what steers only the machine (switches, joins, variables, notices) is passed over, and every
/// way that leads out of the programme becomes a word beside its step.
/// </summary>
public sealed class ProgrammeFlow(StepWords words)
{
    private static readonly HashSet<string> Shown =
    [
        "Elsa.Delay", "Elsa.Event", "Elsa.RunTask", "Elsa.Timer", "Elsa.StartAt", "Elsa.DispatchWorkflow", "Elsa.ExecuteWorkflow",
    ];

    private static readonly HashSet<string> National =
    [
        "Grant.ApplicationStage", "Grant.EvaluationStage", "Grant.DisbursementStage", "Grant.InspectionStage", "Grant.SignAgreement", "Grant.ReserveNationalShare",
    ];

    public FlowGraph Of(WorkflowDefinition definition, CaseHistory history)
    {
        var chart = definition.Root.Flowchart;
        var activities = chart.Activities.GroupBy(activity => activity.Id).ToDictionary(group => group.Key, group => group.First());
        var links = chart.Connections.Where(link => activities.ContainsKey(link.Source) && activities.ContainsKey(link.Target)).ToLookup(link => link.Source);
        var start = chart.Start ?? chart.Activities.FirstOrDefault(activity => activity.CanStartWorkflow)?.Id ?? (chart.Activities is [var first, ..] ? first.Id : null);
        if (start is null || !activities.ContainsKey(start))
        {
            return new FlowGraph([], []);
        }

        var chooser = activities.Values.FirstOrDefault(activity => activity.Type == "Grant.ChooseTier");
        var leavesProgramme = activities.Values.ToDictionary(activity => activity.Id, activity => LeavesProgramme(activity.Id, activities, links, []));
        var order = InOrder(start, activities, links, leavesProgramme);
        var arrows = order.SelectMany(id => Arrows(id, activities, links, leavesProgramme, chooser)).Distinct().ToList();
        var reachable = Reachable(history.Waiting, arrows);
        var steps = order.Select(id => Step(activities[id], links, leavesProgramme, history, reachable)).ToList();
        return new FlowGraph(MarkWhereItEnded(steps, history), [.. arrows.Select(arrow => arrow with { Label = Alone(arrow, arrows) ? null : arrow.Label })]);
    }

    private static bool IsStep(ActivityDefinition activity) =>
        Shown.Contains(activity.Type) || (activity.Type.StartsWith("Grant.", StringComparison.Ordinal) && activity.Type != "Grant.Notify");

    private static bool IsRefusal(ActivityDefinition activity) => activity.Type == "Grant.Close" && StepWords.Text(activity, "result") != "Completed";

    // A notice or switch that can only lead to a refusing end is part of the way out.
    private static bool LeavesProgramme(string id, Dictionary<string, ActivityDefinition> activities, ILookup<string, ConnectionDefinition> links, HashSet<string> seen)
    {
        var activity = activities[id];
        if (IsRefusal(activity) || activity.Type == "Elsa.Fault")
        {
            return true;
        }

        return !IsStep(activity) && seen.Add(id) && links[id].Any() && links[id].All(link => LeavesProgramme(link.Target, activities, links, seen));
    }

    private static List<string> InOrder(string start, Dictionary<string, ActivityDefinition> activities, ILookup<string, ConnectionDefinition> links, Dictionary<string, bool> leaves)
    {
        // Reverse post-order: a step comes after all that lead to it, loops aside.
        var done = new List<string>();
        var seen = new HashSet<string>();
        Visit(start);
        done.Reverse();
        return [.. done.Where(id => IsStep(activities[id]))];

        void Visit(string id)
        {
            if (leaves[id] || !seen.Add(id))
            {
                return;
            }

            foreach (var link in links[id].Reverse())
            {
                Visit(link.Target);
            }

            done.Add(id);
        }
    }

    private IEnumerable<FlowArrow> Arrows(string from, Dictionary<string, ActivityDefinition> activities, ILookup<string, ConnectionDefinition> links, Dictionary<string, bool> leaves, ActivityDefinition? chooser)
    {
        var seen = new HashSet<string>();
        return Follow(from, null);

        IEnumerable<FlowArrow> Follow(string id, string? label)
        {
            foreach (var link in links[id].Where(link => !leaves[link.Target]))
            {
                var outcome = words.Outcome(IsStep(activities[id]) ? activities[id] : chooser ?? activities[id], link.SourcePort) ?? label;
                if (IsStep(activities[link.Target]))
                {
                    yield return new FlowArrow(from, link.Target, outcome);
                }
                else if (seen.Add(link.Target))
                {
                    foreach (var arrow in Follow(link.Target, outcome))
                    {
                        yield return arrow;
                    }
                }
            }
        }
    }

    private static bool Alone(FlowArrow arrow, List<FlowArrow> arrows) => arrows.Count(other => other.From == arrow.From) == 1;

    private static HashSet<string> Reachable(IEnumerable<string> from, List<FlowArrow> arrows)
    {
        var reached = from.ToHashSet();
        var ahead = new Queue<string>(reached);
        while (ahead.TryDequeue(out var id))
        {
            foreach (var arrow in arrows.Where(arrow => arrow.From == id && reached.Add(arrow.To)))
            {
                ahead.Enqueue(arrow.To);
            }
        }

        return reached;
    }

    private FlowStep Step(ActivityDefinition activity, ILookup<string, ConnectionDefinition> links, Dictionary<string, bool> leaves, CaseHistory history, HashSet<string> reachable)
    {
        var state = history.Waiting.Contains(activity.Id) ? StepState.Current
            : history.Done.Contains(activity.Id) ? StepState.Done
            : history.Finished || (history.Waiting.Count > 0 && !reachable.Contains(activity.Id)) ? StepState.Skipped
            : StepState.Ahead;
        var exits = links[activity.Id].Where(link => leaves[link.Target]).Select(link => words.Outcome(activity, link.SourcePort) ?? link.SourcePort).Distinct().ToList();
        return new FlowStep(activity.Id, words.Title(activity), words.Kind(activity), state, history.Notes.GetValueOrDefault(activity.Id), National.Contains(activity.Type), exits);
    }

    // A case that ended before the programme's end stopped at the last step that it completed.
    private static List<FlowStep> MarkWhereItEnded(List<FlowStep> steps, CaseHistory history)
    {
        if (history.Finished && steps is [.., { State: StepState.Skipped }])
        {
            var last = steps.FindLastIndex(step => step.State == StepState.Done);
            if (last >= 0)
            {
                steps[last] = steps[last] with { State = StepState.Stopped };
            }
        }

        return steps;
    }
}
