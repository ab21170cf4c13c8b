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
    private static readonly string[] Modes = Enum.GetNames<JoinMode>();

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
        var mode = ChoiceInput.Of(Execution.Evaluate(flowchart, join.Inputs[0]), "Mode", Modes);
        return mode < Modes.Length ? (JoinMode)mode : throw new ActivityFaultException($"Unsupported FlowJoinMode: {mode}");
    }
}

/// <summary>In the order in which Elsa numbers them.</summary>
internal enum JoinMode
{
    WaitAll,
    WaitAllActive,
    WaitAny,
}
