using System.Text.Json;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Activities.Elsa;

/// <summary>A published workflow used as an activity: its inputs, outputs and outcomes become the activity's.</summary>
internal sealed class WorkflowAsActivity(WorkflowDefinition definition, string typeName) : ActivityType(new ActivityDescriptor
{
    TypeName = typeName,
    Version = definition.Version,
    Category = ElsaActivities.Composition,
    DisplayName = new(definition.Name ?? definition.DefinitionId, definition.Name ?? definition.DefinitionId),
    Inputs = [.. definition.Inputs.Where(input => input.Name.Length > 0).Select(input => new InputDescriptor(input.Name, input.IsArray ? input.TypeName + "[]" : input.TypeName))],
    Outputs = [.. definition.Outputs.Where(output => output.Length > 0).Select(output => new OutputDescriptor(output, "Object"))],
    Outcomes = definition.Outcomes,
    IsContainer = true,
})
{
    public WorkflowDefinition Used { get; } = definition;

    /// <summary>Inputs and outputs are variables within it.</summary>
    public VariableInfo[] Variables() =>
    [
        .. Used.Inputs.Where(input => input.Name.Length > 0).Select(input => new VariableInfo(input.Name, input.Name, ValueConversion.TypeOf(input.TypeName, input.IsArray), Value.Null, input.IsPersisted)),
        .. Used.Outputs.Where(output => output.Length > 0).Select(output => new VariableInfo(output, output, TypeKind.Object, Value.Null, isPersisted: false)),
    ];

    public override void Execute(ActivityExecution activity)
    {
        activity.DeclareVariables(overwrite: false);
        for (var i = 0; i < activity.Node.Inputs.Length; i++)
        {
            var given = activity.Input(i);
            activity.Restore(activity.Node.Variables[i], given.IsUndefined ? Value.Null : given);
        }

        activity.Execution.Schedule(activity, activity.Node.Children[0]);
    }

    internal override void ChildCompleted(ActivityExecution owner, ActivityExecution child, string[]? outcomes)
    {
        foreach (var output in owner.Node.Outputs)
        {
            // An output of the outer workflow is no variable: it has its block only once something within has set it.
            var bound = output.Target is not { } target ? Value.Null : owner.HasBlock(target) ? owner.ReadMemory(target) : throw new ActivityFaultException("The memory block 'Elsa.Workflows.Memory.Variable' does not exist.");
            owner.Execution.SetOutput(owner, output, bound.IsNothing ? owner.ReadVariable(output.Name) : bound);
        }

        var named = owner.Execution.CompositeOutcomes ?? outcomes;
        owner.Execution.CompositeOutcomes = null;
        owner.Execution.Complete(owner, named);
    }

    /// <summary>The definition that an activity of unknown type names, when it is a workflow that may be used so.</summary>
    public static WorkflowDefinition? Find(ActivityDefinition written, WorkflowResolver? resolver) =>
        written.Property("workflowDefinitionId") is { ValueKind: JsonValueKind.String } id && resolver?.Invoke(id.GetString()!) is { Definition: { UsableAsActivity: true } found } ? found : null;
}
