using NodaTime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Runtime;

/// <summary>An instance between two bursts. Never changes once made; a burst makes the next one.</summary>
public sealed class InstanceState
{
    /// <summary>The version of the JSON shape.</summary>
    public const int Shape = 1;

    public required Guid Id { get; init; }

    public required string DefinitionId { get; init; }

    /// <summary>The version that the instance is pinned to.</summary>
    public required string DefinitionVersionId { get; init; }

    public required int DefinitionVersion { get; init; }

    public Guid? ParentInstanceId { get; init; }

    public string? CorrelationId { get; init; }

    public string? Name { get; init; }

    public required WorkflowSubStatus SubStatus { get; init; }

    public WorkflowStatus Status => SubStatus is WorkflowSubStatus.Finished or WorkflowSubStatus.Faulted or WorkflowSubStatus.Cancelled ? WorkflowStatus.Finished : WorkflowStatus.Running;

    /// <summary>Running, but waiting for nothing that can come: somebody must look at it.</summary>
    public bool IsStuck => SubStatus == WorkflowSubStatus.Suspended && Bookmarks.Count == 0;

    /// <summary>It faulted as a whole, at steps that can run again: see <see cref="WorkflowRuntime.Retry"/>.</summary>
    public bool CanRetry => Execution.WhyNoRetry(this) is null;

    /// <summary>The inputs that are kept over a wait; of a faulted instance all.</summary>
    public required Value Input { get; init; }

    public required Value Output { get; init; }

    public required IReadOnlyList<Bookmark> Bookmarks { get; init; }

    public required IReadOnlyList<Incident> Incidents { get; init; }

    public required Instant CreatedAt { get; init; }

    public required Instant UpdatedAt { get; init; }

    public Instant? FinishedAt { get; init; }

    /// <summary>How many bursts have run.</summary>
    public required int Bursts { get; init; }

    internal int LastInstance { get; init; }

    internal IReadOnlyList<ActivityState> Activities { get; init; } = [];

    /// <summary>Of a faulted instance: the outputs that activities had given in the burst that failed.</summary>
    internal IReadOnlyList<OutputState> Outputs { get; init; } = [];

    /// <summary>The value of a variable of the workflow itself by its name; undefined when there is none.</summary>
    public Value Variable(string name) => Variables[name];

    /// <summary>The variables of the workflow itself, by name.</summary>
    public required Value Variables { get; init; }

    /// <summary>Compact JSON for a database column.</summary>
    public string ToJson() => InstanceStateJson.Write(this);

    /// <exception cref="FormatException">The text is no instance of a shape that this version knows.</exception>
    public static InstanceState FromJson(string json) => InstanceStateReader.Read(json);
}

/// <summary>A running activity between two bursts.</summary>
internal sealed record ActivityState
{
    public required int Instance { get; init; }

    public required int? Parent { get; init; }

    public required string NodeId { get; init; }

    public required ActivityStatus Status { get; init; }

    public int Faults { get; init; }

    public bool IsBreaking { get; init; }

    public bool CameBack { get; init; }

    /// <summary>It failed after it had completed, or had asked for something outside.</summary>
    public bool HasWorked { get; init; }

    public int? Counter { get; init; }

    public IReadOnlyList<string> Scheduled { get; init; } = [];

    /// <summary>Node ids of children whose completion it waits for.</summary>
    public IReadOnlyList<string> Pending { get; init; } = [];

    /// <summary>Values of variables that are kept, by variable id.</summary>
    public Value Variables { get; init; }

    /// <summary>Variables that a loop gave it, by name, as they were then.</summary>
    public Value LoopVariables { get; init; }

    public FlowState? Flow { get; init; }
}

/// <summary>An output of an activity, as expressions find it.</summary>
internal sealed record OutputState(string NodeId, int Container, string Name, Value Value);

/// <summary>The counts of a flowchart between two bursts.</summary>
internal sealed record FlowState(int[] Activities, int[] Connections, bool[] Followed);
