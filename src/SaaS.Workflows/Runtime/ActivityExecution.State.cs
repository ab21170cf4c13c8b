using SaaS.Workflows.Compilation;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Runtime;

/// <summary>What the runtime keeps about a running activity.</summary>
public sealed partial class ActivityExecution
{
    private List<CompiledActivity>? _morePending;
    private CompiledActivity? _pending;
    private Value[]? _inputs;
    private FlowScope? _flow;

    internal Execution Execution { get; }

    internal CompiledActivity Node { get; private set; } = null!;

    internal ActivityExecution? Parent { get; private set; }

    internal ActivityStatus Status
    {
        get => _status;
        set
        {
            var parent = Parent;
            if (parent is not null)
            {
                parent.Count(_status, -1);
                parent.Count(value, 1);
            }

            var wasDone = IsDone;
            _status = value;
            if (!wasDone && IsDone)
            {
                Execution.Unfinished--;
                Unlink();
            }
            else if (wasDone && !IsDone)
            {
                // It had completed, but what followed from that failed.
                Execution.Unfinished++;
                Link();
            }
        }
    }

    /// <summary>Place among the activities of the burst, once it ends.</summary>
    internal int Index { get; set; }

    internal bool IsDone => _status is ActivityStatus.Completed or ActivityStatus.Canceled;

    internal string[]? Outcomes { get; set; }

    internal Value Note { get; set; }

    /// <summary>Faults of this activity and of all below it.</summary>
    internal int Faults { get; set; }

    /// <summary>The inputs as evaluated; null when they were not evaluated in this burst.</summary>
    internal Value[]? Inputs { get; private set; }

    internal bool IsBreaking { get; set; }

    /// <summary>Whether a connection that leads back scheduled it: its visit is then not counted.</summary>
    internal bool CameBack { get; set; }

    /// <summary>Whether it failed after it had completed, in what followed on the way up, or had asked for something outside.</summary>
    internal bool HasWorked { get; set; }

    /// <summary>Whether it made a bookmark in this burst that is still there.</summary>
    internal bool HasNewBookmark { get; set; }

    /// <summary>Position of a loop or sequence, or children still awaited: each container's own.</summary>
    internal int? Counter { get; set; }

    /// <summary>Children that completed, where the container needs to know which.</summary>
    internal List<string>? Scheduled { get; set; }

    internal FlowScope? Flow { get; private set; }

    internal int RunningChildren { get; private set; }

    internal int FaultedChildren { get; private set; }

    internal ActivityExecution? FirstChild { get; private set; }

    internal ActivityExecution? LastChild { get; private set; }

    internal ActivityExecution? Next { get; private set; }

    internal ActivityExecution? Previous { get; private set; }

    /// <summary>Takes this object into use for an activity.</summary>
    internal void Use(CompiledActivity node, int instance)
    {
        Node = node;
        Instance = instance;
    }

    /// <summary>Forgets everything but the arrays that can be used again.</summary>
    internal void Forget()
    {
        _status = ActivityStatus.Pending;
        (_pending, _morePending, Parent, Outcomes, Scheduled, LoopVariables) = (null, null, null, null, null, null);
        (FirstChild, LastChild, Next, Previous) = (null, null, null, null);
        (Faults, RunningChildren, FaultedChildren) = (0, 0, 0);
        (IsBreaking, CameBack, HasNewBookmark, HasWorked) = (false, false, false, false);
        Counter = null;
        Note = default;
        Flow = null;
        if (Inputs is { } inputs)
        {
            Array.Clear(inputs);
            _inputs = inputs.Length <= 8 ? inputs : null;
            Inputs = null;
        }

        Array.Clear(_blocks, 0, _blockCount);
        _blockCount = 0;
        if (_blocks.Length > 64)
        {
            _blocks = [];
        }
    }

    internal Value[] NewInputs(int count)
    {
        var values = _inputs is { } kept && kept.Length == count ? kept : new Value[count];
        _inputs = null;
        Inputs = values;
        return values;
    }

    /// <summary>The counts of a flowchart, from zero.</summary>
    internal FlowScope NewFlow(FlowGraph graph)
    {
        if (_flow is not null && ReferenceEquals(_flow.Graph, graph))
        {
            _flow.Clear();
        }
        else
        {
            _flow = new FlowScope(graph);
        }

        return Flow = _flow;
    }

    internal Value Input(int at)
    {
        if (Inputs is null)
        {
            Execution.EvaluateInputs(this);
        }

        return Inputs![at];
    }

    /// <summary>The children that are not done, oldest first, as they are now.</summary>
    internal List<ActivityExecution> ActiveChildren()
    {
        var children = new List<ActivityExecution>();
        for (var child = FirstChild; child is not null; child = child.Next)
        {
            children.Add(child);
        }

        return children;
    }

    internal void AddPending(CompiledActivity child)
    {
        if (_pending is null)
        {
            _pending = child;
        }
        else
        {
            (_morePending ??= []).Add(child);
        }
    }

    /// <summary>Takes the oldest expectation of that child's completion, if there is one.</summary>
    internal bool TakePending(CompiledActivity child)
    {
        if (ReferenceEquals(_pending, child))
        {
            _pending = null;
            if (_morePending is { Count: > 0 })
            {
                _pending = _morePending[0];
                _morePending.RemoveAt(0);
            }

            return true;
        }

        return _morePending is not null && _morePending.Remove(child);
    }

    internal void ClearPending()
    {
        _pending = null;
        _morePending = null;
    }

    internal IEnumerable<CompiledActivity> PendingChildren() => _pending is null ? [] : _morePending is null ? [_pending] : [_pending, .. _morePending];

    private void Count(ActivityStatus status, int by)
    {
        if (status == ActivityStatus.Running)
        {
            RunningChildren += by;
        }
        else if (status == ActivityStatus.Faulted)
        {
            FaultedChildren += by;
        }
    }

    /// <summary>Puts it below its parent, as the last child.</summary>
    internal void Attach(ActivityExecution? parent)
    {
        Parent = parent;
        Link();
    }

    private void Link()
    {
        if (Parent is not { } parent)
        {
            return;
        }

        Previous = parent.LastChild;
        if (parent.LastChild is { } last)
        {
            last.Next = this;
        }
        else
        {
            parent.FirstChild = this;
        }

        parent.LastChild = this;
    }

    private void Unlink()
    {
        if (Parent is not { } parent)
        {
            return;
        }

        if (Previous is { } previous)
        {
            previous.Next = Next;
        }
        else
        {
            parent.FirstChild = Next;
        }

        if (Next is { } next)
        {
            next.Previous = Previous;
        }
        else
        {
            parent.LastChild = Previous;
        }

        Previous = null;
        Next = null;
    }
}
