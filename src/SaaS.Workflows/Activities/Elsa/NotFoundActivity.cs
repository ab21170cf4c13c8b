using SaaS.Workflows.Compilation;
using SaaS.Workflows.Runtime;

namespace SaaS.Workflows.Activities.Elsa;

/// <summary>Stands for a type that the catalogue does not have. It keeps its JSON and faults only when it is reached.</summary>
internal sealed class NotFoundActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = Name,
    Category = ElsaActivities.Primitives,
    DisplayName = new("없는 활동", "Not found"),
    IsBrowsable = false,
})
{
    /// <summary>The name that incidents and records carry, as in Elsa; the missing type's own name is in the message.</summary>
    public const string Name = "Elsa.NotFoundActivity";

    public static readonly NotFoundActivity Instance = new();

    /// <summary>What is said of a type that is there, but not in the version that is written.</summary>
    public static string OtherVersion(CompiledActivity activity) => $"Activity type '{activity.TypeName}' could not be found.";

    public override void Execute(ActivityExecution activity) =>
        throw new ActivityFaultException($"Activity type '{activity.Definition.Type}' version '0' could not be found.");
}
