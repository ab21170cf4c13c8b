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
    private readonly ActivityRecord[] _records;
    private readonly string? _message;
    private readonly int _record;

    internal JournalEntry(JournalEvent kind, ActivityRecord[] records, int record, string? message)
    {
        Event = kind;
        _records = records;
        _record = record;
        _message = message;
    }

    public JournalEvent Event { get; }

    public string ActivityId => _records[_record].ActivityId;

    public string ActivityType => _records[_record].ActivityType;

    /// <summary>The running activity within the instance.</summary>
    public int ActivityInstance => _records[_record].ActivityInstance;

    /// <summary>What it completed with; empty for other events, and for a plain Done.</summary>
    public IReadOnlyList<string> Outcomes => Event == JournalEvent.Completed ? _records[_record].Outcomes : [];

    /// <summary>The message of a fault.</summary>
    public string? Message => _message;

    /// <summary>What the activity noted for the record, for example the rule rows that fired; undefined when nothing.</summary>
    public Value Payload => Event is JournalEvent.Completed or JournalEvent.Suspended ? _records[_record].Note : Value.Undefined;

    public override string ToString() => $"{Event}:{ActivityId}";
}
