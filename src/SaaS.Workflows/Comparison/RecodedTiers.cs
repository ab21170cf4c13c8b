using SaaS.Workflows.Definitions;
using SaaS.Workflows.Designing;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Comparison;

/// <summary>Tiers that are the same ones under another code, so that a new code is not told as a tier that went and another that came.</summary>
internal static class RecodedTiers
{
    /// <summary>A tier that is gone and one that is new are the same where they stand in the same place, and have the same name or lead to the same step.</summary>
    public static IEnumerable<(ActivityDefinition Step, string Before, string After)> Between(WorkflowDefinition before, WorkflowDefinition after)
    {
        // Codes are changed in the one step that chooses a tier.
        if (Chooser(before) is not { } earlier || Chooser(after) is not { } step || earlier.Id != step.Id || Rows(earlier) is not { } old || Rows(step) is not { } now || old.Count != now.Count)
        {
            yield break;
        }

        foreach (var ((was, name), (code, next)) in old.Zip(now).Where(pair => pair.First.Code != pair.Second.Code))
        {
            if (!now.Exists(row => row.Code == was) && !old.Exists(row => row.Code == code) && Design.MayBeTier(code)
                && (name == next || (Target(before, step.Id, was) is { } target && target == Target(after, step.Id, code))))
            {
                yield return (step, was, code);
            }
        }
    }

    private static ActivityDefinition? Chooser(WorkflowDefinition definition)
        => definition.Root.Flowchart.Activities.Where(step => step.Type == "Grant.ChooseTier").ToList() is [var only] ? only : null;

    private static List<(string Code, string Name)>? Rows(ActivityDefinition step)
    {
        var rows = new List<(string Code, string Name)>();
        foreach (var row in GrantActivities.Raw(step, "tiers").Items)
        {
            rows.Add((row["tier"].Text ?? "", row["ko"].Text ?? ""));
        }

        return rows.DistinctBy(row => row.Code).Count() == rows.Count ? rows : null;
    }

    // Null also where several tiers lead to the step.
    private static string? Target(WorkflowDefinition definition, string step, string port)
        => definition.Root.Flowchart.Connections.Where(way => way.Source == step && way.SourcePort == port).Select(way => way.Target).ToList() is [var target]
            && definition.Root.Flowchart.Connections.Count(way => way.Source == step && way.Target == target) == 1 ? target : null;
}
