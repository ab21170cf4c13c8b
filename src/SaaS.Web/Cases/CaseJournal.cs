using Microsoft.Extensions.Localization;
using SaaS.Platform.Applications;
using SaaS.Platform.Workflows;
using SaaS.Web.Flows;
using SaaS.Web.Kit;
using SaaS.Web.Texts;
using SaaS.Workflows.Definitions;

namespace SaaS.Web.Cases;

/// <summary>A case's journal as a history for the picture and as sentences for people.</summary>
public static class CaseJournal
{
    private static readonly HashSet<string> Good = ["Eligible", "Accepted", "Selected", "Reserved", "Committed", "Signed", "Paid", "Passed"];
    private static readonly HashSet<string> Bad = ["Ineligible", "Indeterminate", "None", "Infeasible", "Rejected", "NotSelected", "Refused", "TimedOut", "Declined", "Lapsed", "Stopped", "Failed"];

    public static CaseHistory History(WorkflowDefinition definition, ViewApplication.Case found, StepWords words)
    {
        var activities = ById(definition);
        var done = new HashSet<string>();
        var waiting = new HashSet<string>();
        var notes = new Dictionary<string, string>();
        foreach (var line in found.Journal.Where(line => activities.ContainsKey(line.ActivityId)))
        {
            switch (line.Event)
            {
                case "Suspended":
                    waiting.Add(line.ActivityId);
                    break;
                case "Completed":
                    waiting.Remove(line.ActivityId);
                    done.Add(line.ActivityId);
                    var outcome = line.Outcome is { Length: > 0 } ? words.Outcome(activities[line.ActivityId], line.Outcome) : null;
                    notes[line.ActivityId] = outcome is null ? KoreanTime.Minute(line.At) : $"{KoreanTime.Minute(line.At)} · {outcome}";
                    break;
                case "Canceled" or "Faulted":
                    waiting.Remove(line.ActivityId);
                    break;
            }
        }

        var finished = CaseWords.Tone(found.Status) is Tone.Good or Tone.Bad;
        return new CaseHistory(done, finished ? new HashSet<string>() : waiting, finished, notes);
    }

    public static IReadOnlyList<Moment> Moments(
        WorkflowDefinition definition, ViewApplication.Case found, StepWords words, IStringLocalizer<SharedTexts> texts, IReadOnlyDictionary<string, string> names)
    {
        var activities = ById(definition);
        var moments = new List<Moment>();
        foreach (var line in found.Journal)
        {
            if (line.Event == WorkflowJournalLine.Moved)
            {
                moments.Add(new Moment(line.At, texts["journal.moved", line.Outcome ?? ""], names.GetValueOrDefault(line.Actor), null, Tone.Information));
            }

            if (!activities.ContainsKey(line.ActivityId))
            {
                continue;
            }

            var activity = activities[line.ActivityId];
            if (!activity.Type.StartsWith("Grant.", StringComparison.Ordinal) && line.Event != "Faulted")
            {
                continue;
            }

            var title = words.Title(activity);
            var actor = names.GetValueOrDefault(line.Actor);
            switch (line.Event)
            {
                case "Completed":
                    var outcome = line.Outcome is { Length: > 0 } ? words.Outcome(activity, line.Outcome) : null;
                    var tone = line.Outcome is null ? Tone.Neutral : Good.Contains(line.Outcome) ? Tone.Good : Bad.Contains(line.Outcome) ? Tone.Bad : Tone.Neutral;
                    moments.Add(new Moment(line.At, outcome is null ? title : $"{title}: {outcome}", actor, null, tone));
                    break;
                case "Suspended" when !found.Journal.Any(later => later.Sequence > line.Sequence && later.ActivityId == line.ActivityId):
                    moments.Add(new Moment(line.At, texts["journal.waits", title], actor, null, Tone.Information));
                    break;
                case "Faulted":
                    moments.Add(new Moment(line.At, texts["journal.fault", title], actor, line.Outcome, Tone.Bad));
                    break;
            }
        }

        return moments;
    }

    private static Dictionary<string, ActivityDefinition> ById(WorkflowDefinition definition) =>
        definition.Root.Flowchart.Activities.GroupBy(activity => activity.Id).ToDictionary(group => group.Key, group => group.First());
}
