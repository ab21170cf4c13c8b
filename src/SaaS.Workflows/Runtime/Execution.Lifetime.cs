using NodaTime;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Runtime;

/// <summary>How a burst begins and ends.</summary>
internal sealed partial class Execution
{
    private bool _outputIsShared = true;
    private Instant _createdAt;
    private Instant? _finishedAt;
    private int _bursts;
    private IReadOnlyList<Bookmark> _before = [];

    public static Burst Start(CompiledWorkflow workflow, StartWorkflow start)
    {
        var execution = Rent(workflow, start.Now, start.NewId, start.StepBudget);
        execution.InstanceId = start.InstanceId;
        execution.CorrelationId = start.CorrelationId;
        execution.ParentInstanceId = start.ParentInstanceId;
        execution.TriggerActivityId = start.TriggerActivityId;
        execution.Input = start.Input.Members ?? Nothing;
        execution._createdAt = start.Now;
        execution.Queue.Add(new WorkItem(workflow.Workflow, null, null, null, CameBack: false));
        execution.Run();
        return execution.End();
    }

    public static Burst Resume(CompiledWorkflow workflow, InstanceState state, ResumeBookmark resume)
    {
        if (state.Status == WorkflowStatus.Finished)
        {
            return new Burst { State = state, Refusal = ResumeRefusal.Finished };
        }

        if (Find(state, resume) is not { } bookmark
            || state.Activities.FirstOrDefault(saved => saved.Instance == bookmark.ActivityInstance) is not { } waiting
            || workflow.FindByNodeId(waiting.NodeId) is not { } node)
        {
            return new Burst { State = state, Refusal = ResumeRefusal.NoSuchBookmark };
        }

        if (node.Definition is { } written && !node.Type.Accepts(written, resume.Input))
        {
            return new Burst { State = state, Refusal = ResumeRefusal.UnknownOutcome };
        }

        var execution = Rent(workflow, resume.Now, resume.NewId, resume.StepBudget);
        execution.Load(state);
        var activity = execution._activities.Find(each => each.Instance == bookmark.ActivityInstance)!;
        execution.MergeInput(resume.Input);
        execution._resumedBookmark = bookmark.Id;
        execution._isResuming = true;
        execution._resumeInput = resume.Input;
        execution.Queue.Add(new WorkItem(activity.Node, null, activity, null, activity.CameBack));
        execution.Run();
        return execution.End();
    }

    public static Burst Cancel(CompiledWorkflow workflow, InstanceState state, Instant now)
    {
        if (state.Status == WorkflowStatus.Finished)
        {
            return new Burst { State = state, Refusal = ResumeRefusal.Finished };
        }

        var execution = Rent(workflow, now, NoIds, RuntimeLimits.StepBudget);
        execution.Load(state);
        foreach (var activity in execution._activities.Where(activity => !activity.IsDone).ToList())
        {
            activity.Status = ActivityStatus.Canceled;
            activity.ClearPending();
            execution.Log(JournalEvent.Canceled, activity, null);
        }

        execution._bookmarks.Clear();
        execution.SubStatus = WorkflowSubStatus.Cancelled;
        return execution.End();
    }

    /// <summary>Runs another workflow within this burst; its own burst is handed out beside this one.</summary>
    public Burst StartChild(CompiledWorkflow workflow, string? correlationId, Value input)
    {
        var child = Rent(workflow, Now, _newId, _stepBudget - _steps);
        child.InstanceId = _newId();
        child.CorrelationId = correlationId;
        child.ParentInstanceId = InstanceId;
        child.Input = input.Members ?? Nothing;
        child.Nesting = Nesting + 1;
        child._createdAt = Now;
        child.Queue.Add(new WorkItem(workflow.Workflow, null, null, null, CameBack: false));
        child.Run();
        _steps += child._steps;
        _lines.AddRange(child._lines);
        var burst = child.End();
        _children.Add(burst);
        return burst;
    }

    /// <summary>Evaluates a trigger outside any instance: there is no input and variables have their first values.</summary>
    public static WorkflowTrigger? TriggerOf(CompiledWorkflow workflow, CompiledActivity trigger)
    {
        var execution = Rent(workflow, Instant.MinValue, NoIds, RuntimeLimits.StepBudget);
        var root = execution.NewActivity(workflow.Workflow, 1);
        root.DeclareVariables(overwrite: true);
        var activity = execution.NewActivity(trigger, 2);
        activity.Attach(root);
        try
        {
            var payload = trigger.Type.TriggerPayload(activity);
            return new WorkflowTrigger(trigger.Id, trigger.TypeName, BookmarkHash.Of(trigger.TypeName, payload, null), payload);
        }
        catch (Activities.ActivityFaultException)
        {
            return null;
        }
        finally
        {
            execution.Return();
        }
    }

    private static Bookmark? Find(InstanceState state, ResumeBookmark resume) =>
        state.Bookmarks.FirstOrDefault(bookmark =>
            resume.BookmarkId is { } id
                ? bookmark.Id == id
                : string.Equals(bookmark.ActivityId, resume.ActivityId, StringComparison.Ordinal)
                    && (resume.BookmarkName is null || string.Equals(bookmark.Name, resume.BookmarkName, StringComparison.Ordinal)));

    private void MergeInput(Value given)
    {
        if (given.Members is not { Count: > 0 } members)
        {
            return;
        }

        var merged = Input.Copy();
        foreach (var (name, value) in members.Members)
        {
            merged.Set(name, value);
        }

        Input = merged;
    }

    /// <summary>Copies out what the burst did, and gives its parts back.</summary>
    private Burst End()
    {
        if (IsFinished && _finishedAt is null)
        {
            _finishedAt = Now;
        }

        var records = new ActivityRecord[_activities.Count];
        for (var i = 0; i < records.Length; i++)
        {
            _activities[i].Index = i;
            records[i] = new ActivityRecord(_activities[i]);
        }

        var journal = new JournalEntry[_journal.Count];
        for (var i = 0; i < journal.Length; i++)
        {
            var line = _journal[i];
            journal[i] = new JournalEntry(line.Event, records, line.Activity.Index, line.Message);
        }

        var burst = new Burst
        {
            State = Save(),
            Workflow = Workflow,
            Journal = journal,
            Created = _bookmarks.Count == 0 ? [] : [.. _bookmarks.Where(bookmark => !_before.Any(before => before.Id == bookmark.Id))],
            Burned = _before.Count == 0 ? [] : [.. _before.Where(before => !_bookmarks.Any(bookmark => bookmark.Id == before.Id)).Select(before => before.Id)],
            Effects = _effects.Count == 0 ? [] : [.. _effects],
            Activities = records,
            Lines = _lines.Count == 0 ? [] : [.. _lines],
            Children = _children.Count == 0 ? [] : [.. _children],
            StoppedAt = _stoppedAt,
        };
        Return();
        return burst;
    }
}

/// <summary>An output that an activity gave in this burst, for expressions that read it.</summary>
internal readonly record struct OutputRecord(CompiledActivity Node, int Container, string Name, Value Value);
