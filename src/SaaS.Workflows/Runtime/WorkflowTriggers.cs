using SaaS.Workflows.Compilation;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Runtime;

/// <summary>What starts instances of a published definition.</summary>
/// <param name="ActivityId">The trigger in the definition; give it as <see cref="StartWorkflow.TriggerActivityId"/>.</param>
/// <param name="Name">The kind of stimulus, for example <c>Elsa.Event</c>.</param>
/// <param name="Hash">Elsa's hash of name and payload, by which stimuli are matched.</param>
/// <param name="Payload">What it listens for.</param>
public sealed record WorkflowTrigger(string ActivityId, string Name, string Hash, Value Payload);

/// <summary>Finds the triggers of a definition.</summary>
public static class WorkflowTriggers
{
    /// <summary>Every trigger activity anywhere in the definition that may start it. One whose inputs cannot be evaluated yet is left out.</summary>
    public static IReadOnlyList<WorkflowTrigger> Of(CompiledWorkflow workflow) =>
        [.. workflow.Activities
            .Where(activity => activity.Type.Descriptor.IsTrigger && activity.Definition is { CanStartWorkflow: true })
            .Select(activity => Execution.TriggerOf(workflow, activity))
            .OfType<WorkflowTrigger>()];
}
