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
    private readonly object _source;
    private readonly int _record;

    internal JournalEntry(JournalEvent kind, ActivityRecord[] records, int record, string? message)
    {
        Event = kind;
        _source = message is null ? records : new Told(records, message);
        _record = record;
    }

    public JournalEvent Event { get; }

    public string ActivityId => Record.ActivityId;

    public string ActivityType => Record.ActivityType;

    /// <summary>The running activity within the instance.</summary>
    public int ActivityInstance => Record.ActivityInstance;

    /// <summary>What it completed with; empty for other events, and for a plain Done.</summary>
    public IReadOnlyList<string> Outcomes => Event == JournalEvent.Completed ? Record.Outcomes : [];

    /// <summary>The message of a fault.</summary>
    public string? Message => (_source as Told)?.Message;

    /// <summary>What the activity noted for the record, for example the rule rows that fired; undefined when nothing.</summary>
    public Value Payload => Event is JournalEvent.Completed or JournalEvent.Suspended ? Record.Note : Value.Undefined;

    private ActivityRecord Record => (_source is Told told ? told.Records : (ActivityRecord[])_source)[_record];

    public override string ToString() => $"{Event}:{ActivityId}";

    /// <summary>Few lines carry a message, and a line is to be small: it stands beside the records where there is one.</summary>
    private sealed record Told(ActivityRecord[] Records, string Message);
}
