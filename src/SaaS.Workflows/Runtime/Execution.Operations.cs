using System.Runtime.CompilerServices;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Runtime;

/// <summary>What activities do to the burst that they run in.</summary>
internal sealed partial class Execution
{
    /// <summary>Schedules a child. Without a child the owner goes on at once, as if it had completed.</summary>
    public void Schedule(ActivityExecution owner, CompiledActivity? child, LoopVariable[]? variables = null, bool cameBack = false)
    {
        if (child is null)
        {
            if (++_steps > _stepBudget || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            {
                throw new ActivityFaultException($"'{owner.Node.Id}' turns without a body and was stopped.");
            }

            owner.Node.Type.ChildCompleted(owner, owner, null);
            return;
        }

        owner.AddPending(child);
        Queue.Add(new WorkItem(child, owner, null, variables, cameBack));
    }

    public void Complete(ActivityExecution activity, string[]? outcomes)
    {
        if (activity.Status != ActivityStatus.Running)
        {
            return;
        }

        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new ActivityFaultException($"The activities around '{activity.Node.Id}' are nested too deeply.");
        }

        if (activity.FirstChild is not null)
        {
            foreach (var child in activity.ActiveChildren())
            {
                CancelDownwards(child);
            }
        }

        activity.Status = ActivityStatus.Completed;
        activity.Outcomes = outcomes;
        Log(JournalEvent.Completed, activity, null);
        for (var receiver = activity.Parent; receiver is not null; receiver = receiver.Parent)
        {
            if (receiver.TakePending(activity.Node))
            {
                if (receiver.Inputs is null)
                {
                    EvaluateInputs(receiver);
                }

                receiver.Node.Type.ChildCompleted(receiver, activity, outcomes);
            }
        }

        ClearBookmarks(activity);
        activity.ClearPending();
    }

    /// <summary>Cancels children first: what a join does to branches that lost.</summary>
    public void Cancel(ActivityExecution activity)
    {
        if (activity.IsDone)
        {
            return;
        }

        Withdraw(activity);
        foreach (var child in activity.ActiveChildren())
        {
            Cancel(child);
        }

        MarkCanceled(activity);
    }

    /// <param name="activity">Who waits.</param>
    /// <param name="payload">What the outside needs to know.</param>
    /// <param name="name">The kind of stimulus that it waits for.</param>
    /// <param name="includeInstance">Whether the stimulus is for this one running activity.</param>
    /// <param name="hashed">What of the payload counts for matching, when not all of it does.</param>
    public void CreateBookmark(ActivityExecution activity, Value payload, string name, bool includeInstance, Value hashed = default)
    {
        var hash = BookmarkHash.Of(name, hashed.IsUndefined ? payload : hashed, includeInstance ? InstanceText(activity.Instance) : null);
        _bookmarks.Add(new Bookmark(_newId(), name, hash, payload, activity.Node.Id, activity.Instance, Now));
        activity.HasNewBookmark = true;
    }

    public void SetOutput(ActivityExecution activity, CompiledOutput output, Value value)
    {
        if (output.Target is { } target)
        {
            activity.WriteMemory(target, ValueConversion.To(value, output.Type), null);
            if (Workflow.IsOutput(target))
            {
                WriteOutput(target, value);
            }
        }

        RecordOutput(activity, output.Name, value);
    }

    public void RecordOutput(ActivityExecution activity, string name, Value value) => RecordOutput(activity.Node, activity.Parent?.Instance ?? 0, name, value);

    private void RecordOutput(CompiledActivity node, int container, string name, Value value)
    {
        _outputs.Add(new OutputRecord(node, container, name, value));
        if (string.Equals(name, "Result", StringComparison.Ordinal))
        {
            LastResult = value;
        }
    }

    /// <summary>The first output of that name that the activity gave in this burst, within the containers that the reader stands in.</summary>
    public Value ReadOutput(ActivityExecution reader, string activityIdOrName, string? output)
    {
        output ??= "Result";
        foreach (var record in _outputs)
        {
            if (string.Equals(record.Name, output, StringComparison.Ordinal)
                && (record.Node.Id == activityIdOrName || record.Node.Definition?.Name is { } name && (name == activityIdOrName || Expressions.JavaScriptCompiler.Pascal(name) == activityIdOrName))
                && IsWithin(reader, record.Container))
            {
                return record.Value;
            }
        }

        return Value.Null;
    }

    private static bool IsWithin(ActivityExecution reader, int container)
    {
        for (var ancestor = reader.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (ancestor.Instance == container)
            {
                return true;
            }
        }

        return false;
    }

    public void WriteOutput(string name, Value value)
    {
        if (_outputIsShared)
        {
            Output = Output.Count == 0 ? new ValueObject(Math.Max(1, Workflow.Definition.Outputs.Count)) : Output.Copy();
            _outputIsShared = false;
        }

        Output.Set(name, value);
    }

    public static void Break(ActivityExecution activity)
    {
        for (var receiver = activity; receiver is not null; receiver = receiver.Parent)
        {
            var handling = receiver.Node.Type.Break;
            if (handling != BreakHandling.Ignore)
            {
                receiver.IsBreaking = true;
            }

            if (handling == BreakHandling.Catch)
            {
                return;
            }
        }
    }

    /// <summary>What the last Complete wants its workflow to complete with: it completes on the way up before it is told.</summary>
    public string[]? CompositeOutcomes { get; set; }

    /// <summary>Completes the enclosing workflow (or workflow used as an activity) with these outcomes.</summary>
    public void CompleteComposite(ActivityExecution activity, string[] outcomes)
    {
        for (var receiver = activity; receiver is not null; receiver = receiver.Parent)
        {
            if (receiver.Node.Type.Break == BreakHandling.Catch)
            {
                // A loop in between is cancelled, with all that it runs, before the composite hears of it.
                Cancel(receiver);
                Complete(receiver, null);
            }

            if (receiver.Node.IsComposite)
            {
                CompositeOutcomes = outcomes;
                Complete(activity, null);
                Complete(receiver, outcomes);
                return;
            }
        }
    }

    /// <summary>Ends the whole instance, whatever else is running.</summary>
    public void Finish()
    {
        foreach (var activity in _activities)
        {
            activity.ClearPending();
        }

        Queue.Clear();
        _bookmarks.Clear();
        if (IsFinished)
        {
            throw new ActivityFaultException($"Cannot transition from {SubStatus} to {WorkflowSubStatus.Finished}");
        }

        SubStatus = WorkflowSubStatus.Finished;
    }

    public bool IsWaitingNode(CompiledActivity node)
    {
        foreach (var bookmark in _bookmarks)
        {
            if (IsOf(bookmark, node))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Ids are unique in a definition, but a workflow used as an activity may be there twice.</summary>
    private bool IsOf(Bookmark bookmark, CompiledActivity node) =>
        string.Equals(bookmark.ActivityId, node.Id, StringComparison.Ordinal)
        && ReferenceEquals(_activities.Find(activity => activity.Instance == bookmark.ActivityInstance)?.Node, node);

    private void CancelDownwards(ActivityExecution activity)
    {
        if (activity.IsDone)
        {
            return;
        }

        Withdraw(activity);
        MarkCanceled(activity);
        foreach (var child in activity.ActiveChildren())
        {
            CancelDownwards(child);
        }
    }

    private void MarkCanceled(ActivityExecution activity)
    {
        activity.Status = ActivityStatus.Canceled;
        ClearBookmarks(activity);
        activity.ClearPending();
        if (_bookmarks.Count > 0)
        {
            _bookmarks.RemoveAll(bookmark => IsOf(bookmark, activity.Node));
        }

        Log(JournalEvent.Canceled, activity, null);
        for (var receiver = activity; receiver is not null; receiver = receiver.Parent)
        {
            receiver.Node.Type.ChildCanceled(receiver, activity);
        }
    }

    private void Withdraw(ActivityExecution activity) => Queue.Withdraw(activity);

    private void ClearBookmarks(ActivityExecution activity)
    {
        activity.HasNewBookmark = false;
        for (var i = _bookmarks.Count - 1; i >= 0; i--)
        {
            if (_bookmarks[i].ActivityInstance == activity.Instance)
            {
                _bookmarks.RemoveAt(i);
            }
        }
    }

    /// <summary>The bookmark that this burst came by stays for the next resume; it goes when its activity ends.</summary>
    public void KeepResumedBookmark() => _resumedBookmark = null;

    private void Burn(Guid bookmark)
    {
        _bookmarks.RemoveAll(each => each.Id == bookmark);
        _resumedBookmark = null;
    }

    private string InstanceText(int instance) => $"{InstanceId:N}:{instance}";
}
