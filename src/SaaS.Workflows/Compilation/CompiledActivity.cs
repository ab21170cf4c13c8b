using SaaS.Workflows.Activities;
using SaaS.Workflows.Definitions;

namespace SaaS.Workflows.Compilation;

/// <summary>One activity of a compiled workflow. Built once, then only read.</summary>
internal sealed class CompiledActivity
{
    private CompiledActivity[] _children = [];
    private FlowGraph? _graph;

    public required int Index { get; init; }

    /// <summary>As written; for a workflow given once all that it holds is known.</summary>
    public required string Id { get; set; }

    /// <summary>The ids from the workflow down to here; set when all of them are known.</summary>
    public string NodeId { get; set; } = "";

    public required string TypeName { get; init; }

    public required ActivityType Type { get; init; }

    /// <summary>Whether it is written for another version of its type than there is: reaching it is the end of the instance.</summary>
    public bool IsOfOtherVersion { get; init; }

    /// <summary>As written; null for the workflow itself.</summary>
    public required ActivityDefinition? Definition { get; init; }

    public required CompiledActivity? Parent { get; init; }

    public CompiledInput[] Inputs { get; set; } = [];

    public CompiledOutput[] Outputs { get; set; } = [];

    /// <summary>The variables that this activity declares when it runs.</summary>
    public VariableInfo[] Variables { get; set; } = [];

    /// <summary>Whether it can hold variables: a workflow, flowchart, sequence or parallel.</summary>
    public bool IsContainer { get; set; }

    /// <summary>Whether it is a workflow: the one run, or one used as an activity.</summary>
    public bool IsComposite { get; set; }

    /// <summary>What <see cref="ActivityType.Prepare"/> made of the raw inputs.</summary>
    public object? Prepared { get; set; }

    /// <summary>Why the raw inputs cannot be used; running the activity faults with it.</summary>
    public string? PreparationFault { get; set; }

    /// <summary>The activities embedded in it, in order.</summary>
    public CompiledActivity[] Children
    {
        get => _children;
        set => _children = value;
    }

    /// <summary>Place among the activities of the flowchart that holds it; -1 elsewhere.</summary>
    public int FlowIndex { get; set; } = -1;

    /// <summary>The graph of a flowchart.</summary>
    public FlowGraph Graph
    {
        get => _graph ?? throw new InvalidOperationException($"Activity {Id} is no flowchart.");
        set => _graph = value;
    }

    public bool HasGraph => _graph is not null;

    public override string ToString() => NodeId;
}
