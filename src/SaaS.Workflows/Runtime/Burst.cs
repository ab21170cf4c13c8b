using NodaTime;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Runtime;

/// <summary>What to start an instance with.</summary>
public sealed record StartWorkflow
{
    public required Guid InstanceId { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>An object with a member for each input.</summary>
    public Value Input { get; init; }

    /// <summary>The time of this burst. The runtime has no other clock.</summary>
    public required Instant Now { get; init; }

    /// <summary>Where ids of bookmarks come from.</summary>
    public required Func<Guid> NewId { get; init; }

    /// <summary>The id of the trigger activity that was hit, when a trigger starts the instance.</summary>
    public string? TriggerActivityId { get; init; }

    /// <summary>Who started it, when another instance did.</summary>
    public Guid? ParentInstanceId { get; init; }

    /// <summary>How many activities may run in this burst.</summary>
    public int StepBudget { get; init; } = RuntimeLimits.StepBudget;
}

/// <summary>Which bookmark to go on from, and with what. Name the bookmark by its id, or by activity (and name, where it holds several).</summary>
public sealed record ResumeBookmark
{
    public Guid? BookmarkId { get; init; }

    public string? ActivityId { get; init; }

    public string? BookmarkName { get; init; }

    /// <summary>For our activities <c>{ "outcome": …, "data": … }</c>; for Elsa's the input dictionary of the resume.</summary>
    public Value Input { get; init; }

    public required Instant Now { get; init; }

    public required Func<Guid> NewId { get; init; }

    public int StepBudget { get; init; } = RuntimeLimits.StepBudget;
}

/// <summary>Runs the steps again that failed. Nothing that was completed runs again.</summary>
public sealed record RetryFaulted
{
    public required Instant Now { get; init; }

    public required Func<Guid> NewId { get; init; }

    public int StepBudget { get; init; } = RuntimeLimits.StepBudget;
}

/// <summary>Why a resume or a retry did nothing.</summary>
public enum ResumeRefusal
{
    /// <summary>There is no such bookmark: it never was, or it was used already.</summary>
    NoSuchBookmark,

    /// <summary>The instance is finished, faulted or cancelled.</summary>
    Finished,

    /// <summary>The activity has no such outcome.</summary>
    UnknownOutcome,

    /// <summary>No step failed, or what is needed to run it again was not kept.</summary>
    NothingFailed,

    /// <summary>The step had done its work, and what came of it failed: running it would do the work again.</summary>
    WorkWasDone,
}

/// <summary>Limits of one burst.</summary>
public static class RuntimeLimits
{
    /// <summary>Activities run in one burst. A definition that needs more turns without waiting.</summary>
    public const int StepBudget = 20_000;
}

/// <summary>All that one start or resume did. Saving it is the caller's: state, journal, bookmarks and effects in one transaction.</summary>
public sealed class Burst
{
    /// <summary>What ran. Of a child, the definition that was found for it.</summary>
    public CompiledWorkflow? Workflow { get; init; }

    /// <summary>The instance afterwards; after a refusal, the same object as before.</summary>
    public required InstanceState State { get; init; }

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<JournalEntry> Journal { get; init; } = [];

    /// <summary>New bookmarks that are still there at the end.</summary>
    public IReadOnlyList<Bookmark> Created { get; init; } = [];

    /// <summary>Ids of bookmarks that were there before and are not any more.</summary>
    public IReadOnlyList<Guid> Burned { get; init; } = [];

    /// <summary>What must now happen outside, in order.</summary>
    public IReadOnlyList<Effect> Effects { get; init; } = [];

    /// <summary>The activities that ran or were waiting in this burst, as they stood at its end.</summary>
    public IReadOnlyList<ActivityRecord> Activities { get; init; } = [];

    /// <summary>Lines that WriteLine wrote.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Bursts of instances that this one started and ran in the same breath; they are saved with it.</summary>
    public IReadOnlyList<Burst> Children { get; init; } = [];

    /// <summary>Set when a resume was refused; then nothing else happened.</summary>
    public ResumeRefusal? Refusal { get; init; }

    /// <summary>The activity that was about to run when the step budget was spent; the instance is then faulted.</summary>
    public string? StoppedAt { get; init; }
}

/// <summary>A place where an instance waits.</summary>
/// <param name="Id">Given by the caller's source of ids.</param>
/// <param name="Name">The activity's type, unless it says otherwise.</param>
/// <param name="Hash">Elsa's hash of name and payload, by which stimuli are matched.</param>
/// <param name="Payload">What the outside needs to know, for our activities <c>{ "stage": …, …parameters }</c>.</param>
/// <param name="ActivityId">The activity in the definition.</param>
/// <param name="ActivityInstance">The running activity within the instance.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record Bookmark(Guid Id, string Name, string Hash, Value Payload, string ActivityId, int ActivityInstance, Instant CreatedAt);

/// <summary>Something that must happen outside because of this burst.</summary>
/// <param name="Kind">For example <c>notify</c>, <c>close</c>, <c>publish-event</c>, <c>run-task</c>, <c>dispatch-workflow</c>.</param>
/// <param name="ActivityId">The activity that wants it.</param>
/// <param name="Payload">Its parameters.</param>
public sealed record Effect(string Kind, string ActivityId, Value Payload);

/// <summary>An activity that failed.</summary>
public sealed record Incident(string ActivityId, string ActivityType, int ActivityInstance, string Message, Instant At);

/// <summary>One running activity as it stood at the end of a burst.</summary>
public readonly struct ActivityRecord
{
    private readonly CompiledActivity _activity;
    private readonly string[]? _outcomes;
    private readonly int _faultsAndStatus;

    internal ActivityRecord(ActivityExecution activity)
    {
        _activity = activity.Node;
        _outcomes = activity.Outcomes;
        Note = activity.Note;
        ActivityInstance = activity.Instance;
        _faultsAndStatus = (activity.Faults << 3) | (int)activity.Status;
    }

    public string ActivityId => _activity.Id;

    public string ActivityType => _activity.TypeName;

    /// <summary>The running activity within the instance.</summary>
    public int ActivityInstance { get; }

    public ActivityStatus Status => (ActivityStatus)(_faultsAndStatus & 7);

    /// <summary>What it completed with; empty for a plain Done.</summary>
    public IReadOnlyList<string> Outcomes => _outcomes ?? [];

    /// <summary>Faults of it and of all below it.</summary>
    public int Faults => _faultsAndStatus >> 3;

    /// <summary>What the activity noted for the record; undefined when nothing.</summary>
    public Value Note { get; }
}
