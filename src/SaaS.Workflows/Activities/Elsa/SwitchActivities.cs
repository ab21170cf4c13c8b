using System.Text.Json;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Expressions;
using SaaS.Workflows.Runtime;

namespace SaaS.Workflows.Activities.Elsa;

/// <summary>One case of a switch.</summary>
internal sealed record SwitchCase(string Label, CompiledExpression Condition, CompiledActivity? Activity);

/// <summary>What both switches share: cases in order, and whether one or all that match count.</summary>
internal static class SwitchCases
{
    public static readonly InputDescriptor Mode = new("Mode", "Elsa.Workflows.Activities.SwitchMode, Elsa.Workflows.Core")
    {
        DisplayName = new("방식", "Mode"),
        UiHint = "dropdown",
        Options = ["MatchFirst", "MatchAny"],
        Default = "MatchFirst",
    };

    public static SwitchCase[] Read(ActivityPreparation preparation)
    {
        var cases = new List<SwitchCase>();
        foreach (var (element, pointer) in Elements(preparation.Activity))
        {
            var condition = element.TryGetProperty("condition", out var given) ? given : default;
            if (condition.ValueKind == JsonValueKind.Object && condition.TryGetProperty("expression", out var wrapped))
            {
                condition = wrapped;
            }

            var activity = Array.Find(preparation.Compiled.Children, child => child.Definition!.Pointer == pointer + "/activity");
            cases.Add(new SwitchCase(
                ActivityDefinition.Text(element, "label") ?? "",
                preparation.Compiler.ToExpression(condition, TypeKind.Boolean, pointer + "/condition", preparation.Compiled),
                activity));
        }

        return [.. cases];
    }

    public static IEnumerable<(JsonElement Element, string Pointer)> Elements(ActivityDefinition activity)
    {
        if (activity.Property("cases") is not { } list)
        {
            yield break;
        }

        var i = 0;
        foreach (var element in FlowchartDefinition.Elements(list))
        {
            if (element.ValueKind == JsonValueKind.Object)
            {
                yield return (element, $"{activity.Pointer}/cases/{i}");
            }

            i++;
        }
    }

    /// <summary>Every condition is evaluated, also after the first that holds.</summary>
    public static List<SwitchCase> Matching(ActivityExecution activity, SwitchCase[] cases)
    {
        var matching = new List<SwitchCase>();
        foreach (var each in cases)
        {
            if (ValueConversion.To(each.Condition.Evaluate(activity), TypeKind.Boolean).IsTrue)
            {
                matching.Add(each);
            }
        }

        if (matching.Count > 1 && (activity.Input(0).IsNothing || activity.Input(0).Text == "MatchFirst"))
        {
            matching.RemoveRange(1, matching.Count - 1);
        }

        return matching;
    }
}

internal sealed class FlowSwitchActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.FlowSwitch",
    Category = ElsaActivities.Branching,
    DisplayName = new("갈림길", "Switch"),
    Inputs = [new("Cases", "FlowSwitchCase[]") { DisplayName = new("경우", "Cases"), UiHint = "flow-switch-editor", IsWrapped = false }, SwitchCases.Mode],
    Outcomes = ["Default"],
})
{
    private static readonly string[] Default = ["Default"];

    public override IReadOnlyList<string> Outcomes(ActivityDefinition activity) =>
        [.. SwitchCases.Elements(activity).Select(each => ActivityDefinition.Text(each.Element, "label") ?? ""), "Default"];

    public override object? Prepare(ActivityPreparation preparation) => SwitchCases.Read(preparation);

    public override void Execute(ActivityExecution activity)
    {
        var cases = activity.Prepared<SwitchCase[]>();
        if (cases.Length == 0)
        {
            EmbeddedActivities.RefuseNull(activity, "cases", EmbeddedActivities.NoReference);
        }

        var matching = SwitchCases.Matching(activity, cases);
        activity.Complete(matching.Count == 0 ? Default : [.. matching.Select(each => each.Label)]);
    }
}

internal sealed class SwitchActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.Switch",
    Category = ElsaActivities.Branching,
    DisplayName = new("갈림길(내장)", "Switch"),
    Inputs = [new("Cases", "SwitchCase[]") { DisplayName = new("경우", "Cases"), UiHint = "switch-editor", IsWrapped = false }, SwitchCases.Mode],
    Outputs = [new("Output", "Object")],
    EmbeddedPorts = ["Default"],
})
{
    public override object? Prepare(ActivityPreparation preparation) =>
        new Prepared(SwitchCases.Read(preparation), new EmbeddedPorts(preparation.Compiled, ["default"]).Get("default"));

    public override void Execute(ActivityExecution activity)
    {
        var (cases, otherwise) = activity.Prepared<Prepared>();
        var matching = SwitchCases.Matching(activity, cases);
        var scheduled = new List<string>();
        foreach (var target in matching.Count > 0 ? matching.Select(each => each.Activity) : [otherwise])
        {
            if (target is not null)
            {
                activity.Execution.Schedule(activity, target);
                if (!scheduled.Contains(target.Id))
                {
                    scheduled.Add(target.Id);
                }
            }
        }

        activity.Scheduled = scheduled;
        if (scheduled.Count == 0)
        {
            activity.Complete();
        }
    }

    internal override IEnumerable<ActivityDefinition> Children(ActivityDefinition activity) =>
    [
        .. SwitchCases.Elements(activity)
            .Where(each => each.Element.TryGetProperty("activity", out var embedded) && embedded.ValueKind == JsonValueKind.Object)
            .Select(each => new ActivityDefinition(each.Element.GetProperty("activity"), each.Pointer + "/activity")),
        .. EmbeddedActivities.Ports(activity, "default"),
    ];

    internal override void ChildCompleted(ActivityExecution owner, ActivityExecution child, string[]? outcomes)
    {
        if (owner.Scheduled is { } scheduled && scheduled.Remove(child.Node.Id) && scheduled.Count == 0)
        {
            owner.Complete();
        }
    }

    private sealed record Prepared(SwitchCase[] Cases, CompiledActivity? Default);
}
