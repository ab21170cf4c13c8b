using SaaS.Workflows.Runtime;

namespace SaaS.Workflows.Activities.Elsa;

/// <summary>The workflow itself: declares its variables and runs its root.</summary>
internal sealed class WorkflowActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.Workflow",
    Category = ElsaActivities.Composition,
    DisplayName = new("워크플로", "Workflow"),
    IsContainer = true,
    IsBrowsable = false,
})
{
    public static readonly WorkflowActivity Instance = new();

    public override void Execute(ActivityExecution activity)
    {
        activity.DeclareVariables(overwrite: true);
        activity.Execution.Schedule(activity, activity.Node.Children[0]);
    }

    internal override void ChildCompleted(ActivityExecution owner, ActivityExecution child, string[]? outcomes) => owner.Complete();
}
