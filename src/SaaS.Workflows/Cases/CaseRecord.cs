using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Cases;

/// <summary>Collects bursts into the result of a case.</summary>
internal sealed class CaseRecord
{
    private readonly List<Value> _executed = [];
    private readonly List<Value> _completed = [];
    private readonly List<Value> _journal = [];
    private readonly List<Value> _lines = [];
    private readonly List<Value> _bursts = [];

    public void Add(Burst burst)
    {
        foreach (var entry in burst.Journal)
        {
            _journal.Add(entry.ToString());
            if (entry.Event == JournalEvent.Started)
            {
                _executed.Add(entry.ActivityId);
            }
            else if (entry.Event == JournalEvent.Completed)
            {
                _completed.Add(entry.ActivityId);
            }
        }

        _lines.AddRange(burst.Lines.Select(Value.From));
        _bursts.Add(Value.Object(
            ("status", burst.State.Status.ToString()),
            ("subStatus", burst.State.SubStatus.ToString()),
            ("activities", Value.From([.. burst.Activities.Select(ActivityOf)])),
            ("bookmarks", BookmarksOf(burst.State))));
    }

    public void Skip(Value resume) => _bursts.Add(Value.Object(("resumeSkipped", resume)));

    public Value Result(InstanceState state) => Value.Object(
        ("status", state.Status.ToString()),
        ("subStatus", state.SubStatus.ToString()),
        ("correlationId", state.CorrelationId),
        ("name", state.Name),
        ("output", state.Output),
        ("variables", state.Variables),
        ("executed", Value.From([.. _executed])),
        ("completed", Value.From([.. _completed])),
        ("journal", Value.From([.. _journal])),
        ("stdout", Value.From([.. _lines])),
        ("bookmarks", BookmarksOf(state)),
        ("incidents", Value.From([.. state.Incidents.Select(incident => Value.Object(("activity", incident.ActivityId), ("type", incident.ActivityType), ("message", incident.Message)))])),
        ("bursts", Value.From([.. _bursts])));

    private static Value ActivityOf(ActivityRecord activity) => Value.Object(
        ("activity", activity.ActivityId),
        ("status", activity.Status.ToString()),
        ("outcomes", Value.From(activity.Outcomes)),
        ("faults", activity.Faults));

    private static Value BookmarksOf(InstanceState state) =>
        Value.From([.. state.Bookmarks.Select(bookmark => Value.Object(("activity", bookmark.ActivityId), ("name", bookmark.Name), ("payload", bookmark.Payload)))]);
}
