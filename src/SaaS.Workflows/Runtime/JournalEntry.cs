using SaaS.Workflows.Compilation;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Runtime;

/// <summary>What happened to an activity.</summary>
public enum JournalEvent
{
    Started,
    Resumed,
    Suspended,
    Completed,
    Canceled,
    Faulted,
}

/// <summary>One line of the journal of a burst.</summary>
public readonly struct JournalEntry
{
    private readonly CompiledActivity _activity;
    private readonly ActivityExecution _execution;
    private readonly string? _message;

    internal JournalEntry(JournalEvent kind, ActivityExecution execution, string? message)
    {
        Event = kind;
        _activity = execution.Node;
        _execution = execution;
        _message = message;
    }

    public JournalEvent Event { get; }

    public string ActivityId => _activity.Id;

    public string ActivityType => _activity.TypeName;

    /// <summary>The running activity within the instance.</summary>
    public int ActivityInstance => _execution.Instance;

    /// <summary>What it completed with; empty for other events, and for a plain Done.</summary>
    public IReadOnlyList<string> Outcomes => Event == JournalEvent.Completed && _execution.Outcomes is { } outcomes ? outcomes : [];

    /// <summary>The message of a fault.</summary>
    public string? Message => _message;

    /// <summary>What the activity noted for the record, for example the rule rows that fired; undefined when nothing.</summary>
    public Value Payload => Event is JournalEvent.Completed or JournalEvent.Suspended ? _execution.Note : Value.Undefined;

    public override string ToString() => $"{Event}:{ActivityId}";
}
