using SaaS.Workflows.Compilation;
using SaaS.Workflows.Runtime;

namespace SaaS.Workflows.Activities.Elsa;

/// <summary>Brings branches together. Its mode tells the flowchart when to run it.</summary>
internal sealed class FlowJoinActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.FlowJoin",
    Category = ElsaActivities.Branching,
    DisplayName = new("합치기", "Join"),
    Description = new("여러 갈래를 하나로 합칩니다.", "Merges several branches into one."),
    Inputs =
    [
        new("Mode", "Elsa.Workflows.Activities.Flowchart.Models.FlowJoinMode, Elsa.Workflows.Core")
        {
            DisplayName = new("방식", "Mode"),
            UiHint = "dropdown",
            Options = ["WaitAny", "WaitAll", "WaitAllActive"],
            Default = "WaitAny",
        },
    ],
})
{
    public override void Execute(ActivityExecution activity)
    {
        if (activity.Parent is not { Node.Type: FlowchartActivity } flowchart)
        {
            throw new ActivityFaultException("Activity context is not a flowchart.");
        }

        FlowchartActivity.CancelAncestors(flowchart, activity.Node);

        activity.Complete();
    }

    /// <summary>Evaluates the mode before the join itself runs.</summary>
    internal static JoinMode ModeOf(ActivityExecution flowchart, CompiledActivity join)
    {
        if (join.IsOfOtherVersion)
        {
            throw new ActivityFaultException(NotFoundActivity.OtherVersion(join));
        }

        var mode = Execution.Evaluate(flowchart, join.Inputs[0]);
        return mode.Text is { } name ? (JoinMode)Array.IndexOf(ChoiceConversion.JoinModes, name)
            : mode.IsNothing ? JoinMode.WaitAll
            : throw new ActivityFaultException($"Unsupported FlowJoinMode: {mode.Whole}");
    }
}

/// <summary>In the order of <see cref="ChoiceConversion.JoinModes"/>.</summary>
internal enum JoinMode
{
    WaitAll,
    WaitAllActive,
    WaitAny,
}
