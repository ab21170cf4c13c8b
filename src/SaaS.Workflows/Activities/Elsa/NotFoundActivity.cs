using SaaS.Workflows.Runtime;

namespace SaaS.Workflows.Activities.Elsa;

/// <summary>Stands for a type that the catalogue does not have. It keeps its JSON and faults only when it is reached.</summary>
internal sealed class NotFoundActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.NotFoundActivity",
    Category = ElsaActivities.Primitives,
    DisplayName = new("없는 활동", "Not found"),
    IsBrowsable = false,
})
{
    public static readonly NotFoundActivity Instance = new();

    public override void Execute(ActivityExecution activity) =>
        throw new ActivityFaultException($"Activity type '{activity.Node.TypeName}' version '{activity.Definition.Version}' could not be found.");
}
