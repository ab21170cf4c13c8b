using SaaS.Workflows.Compilation;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Runtime;

/// <summary>From a saved instance into a burst, and back.</summary>
internal sealed partial class Execution
{
    /// <summary>Values that are forgotten over a wait are not where it failed: a step that runs again finds what it found the first time.</summary>
    private bool _keepsAll;

    private void Load(InstanceState state)
    {
        _keepsAll = state.SubStatus == WorkflowSubStatus.Faulted;
        InstanceId = state.Id;
        CorrelationId = state.CorrelationId;
        Name = state.Name;
        ParentInstanceId = state.ParentInstanceId;
        SubStatus = state.SubStatus;
        Input = state.Input.Members ?? Nothing;
        Output = state.Output.Members ?? Nothing;
        _outputIsShared = true;
        _bookmarks.AddRange(state.Bookmarks);
        _before = state.Bookmarks;
        _incidents.AddRange(state.Incidents);
        _createdAt = state.CreatedAt;
        _finishedAt = state.FinishedAt;
        _lastInstance = state.LastInstance;
        _bursts = state.Bursts;
        var byInstance = new Dictionary<int, ActivityExecution>();
        foreach (var saved in state.Activities)
        {
            if (Workflow.FindByNodeId(saved.NodeId) is not { } node)
            {
                continue;
            }

            var activity = NewActivity(node, saved.Instance);
            byInstance[saved.Instance] = activity;
            _activities.Add(activity);
        }

        foreach (var saved in state.Activities)
        {
            if (byInstance.TryGetValue(saved.Instance, out var activity))
            {
                activity.Attach(saved.Parent is { } parent ? byInstance.GetValueOrDefault(parent) : null);
                Unfinished++;
                Restore(activity, saved, state.Variables);
            }
        }

        foreach (var output in state.Outputs)
        {
            if (Workflow.FindByNodeId(output.NodeId) is { } node)
            {
                RecordOutput(node, output.Container, output.Name, output.Value);
            }
        }
    }

    /// <param name="activity">The activity to fill.</param>
    /// <param name="saved">What was kept of it.</param>
    /// <param name="workflowVariables">The variables of the workflow itself, which are kept once and by name.</param>
    private void Restore(ActivityExecution activity, ActivityState saved, Value workflowVariables)
    {
        activity.Status = saved.Status;
        activity.Faults = saved.Faults;
        activity.IsBreaking = saved.IsBreaking;
        activity.CameBack = saved.CameBack;
        activity.HasWorked = saved.HasWorked;
        activity.Counter = saved.Counter;
        activity.Scheduled = saved.Scheduled.Count > 0 ? [.. saved.Scheduled] : null;
        foreach (var nodeId in saved.Pending)
        {
            if (Workflow.FindByNodeId(nodeId) is { } child)
            {
                activity.AddPending(child);
            }
        }

        if (saved.Flow is { } flow && activity.Node.HasGraph)
        {
            activity.NewFlow(activity.Node.Graph).Restore(flow.Activities, flow.Connections, flow.Followed);
        }

        foreach (var variable in activity.Node.Variables)
        {
            var kept = !variable.IsPersisted && !_keepsAll ? Value.Undefined : activity.Node.Index == 0 ? workflowVariables[variable.Name] : saved.Variables[variable.Id];
            var value = kept.IsNothing ? Value.Null : KeptConversion.To(kept, variable.Type);
            activity.Restore(variable, value.IsNothing ? variable.Initial : value);
        }

        if (saved.LoopVariables.Members is { Count: > 0 } loop)
        {
            activity.LoopVariables = new VariableInfo[loop.Count];
            var i = 0;
            foreach (var (name, value) in loop.Members)
            {
                var variable = new VariableInfo(ActivityExecution.LoopVariableId(name), name, Compilation.TypeKind.Object, value, isPersisted: false);
                activity.LoopVariables[i++] = variable;
                activity.Restore(variable, value);
            }
        }

    }

    private InstanceState Save()
    {
        // What ran out of its step budget has no step that failed.
        _keepsAll = SubStatus == WorkflowSubStatus.Faulted && _stoppedAt is null;
        return new InstanceState
        {
            Id = InstanceId,
            DefinitionId = Workflow.Definition.DefinitionId,
            DefinitionVersionId = Workflow.Definition.Id,
            DefinitionVersion = Workflow.Definition.Version,
            ParentInstanceId = ParentInstanceId,
            CorrelationId = CorrelationId,
            Name = Name,
            SubStatus = SubStatus,
            Input = Value.From(_keepsAll ? Input : KeptInput()),
            Output = Value.From(Output),
            Variables = Workflow.Workflow.Variables.Length == 0 ? Value.From(Nothing) : WorkflowVariables(),
            Bookmarks = _bookmarks.Count == 0 ? [] : [.. _bookmarks],
            Incidents = _incidents.Count == 0 ? [] : [.. _incidents],
            CreatedAt = _createdAt,
            UpdatedAt = Now,
            FinishedAt = _finishedAt,
            Bursts = _bursts + 1,
            LastInstance = _lastInstance,
            // A finished instance is never resumed; a faulted one may be retried. The order turns round each time, as in Elsa, where it decides what is cancelled first.
            Activities = IsFinished && !_keepsAll ? [] : [.. _activities.Where(activity => !activity.IsDone || activity.Parent is null).Reverse().Select(Save)],
            Outputs = _keepsAll ? [.. _outputs.Select(output => new OutputState(output.Node.NodeId, output.Container, output.Name, output.Value))] : [],
        };
    }

    private ValueObject KeptInput()
    {
        if (Workflow.KeptInputs.Length == 0)
        {
            return Nothing;
        }

        var kept = new ValueObject(Workflow.KeptInputs.Length);
        foreach (var name in Workflow.KeptInputs)
        {
            if (Input.TryGet(name, out var value))
            {
                kept.Set(name, value);
            }
        }

        return kept;
    }

    private Value WorkflowVariables()
    {
        var root = _activities.Find(static activity => activity.Node.Index == 0);
        var variables = new ValueObject(Workflow.Workflow.Variables.Length);
        foreach (var variable in Workflow.Workflow.Variables)
        {
            variables.Set(variable.Name, root is not null && root.HasBlock(variable.Id) ? root.ReadMemory(variable.Id) : variable.Initial);
        }

        return Value.From(variables);
    }

    private ActivityState Save(ActivityExecution activity)
    {
        var variables = new ValueObject(activity.Node.Variables.Length);
        foreach (var block in activity.Blocks)
        {
            if (activity.Node.Index != 0 && block.Variable is { } variable && (variable.IsPersisted || _keepsAll) && !block.Value.IsNothing && activity.Node.Variables.Contains(variable))
            {
                variables.Set(variable.Id, block.Value);
            }
        }

        var loop = new ValueObject(activity.LoopVariables?.Length ?? 0);
        foreach (var variable in activity.LoopVariables ?? [])
        {
            loop.Set(variable.Name, variable.Initial);
        }

        return new ActivityState
        {
            Instance = activity.Instance,
            Parent = activity.Parent?.Instance,
            NodeId = activity.Node.NodeId,
            Status = activity.Status,
            Faults = activity.Faults,
            IsBreaking = activity.IsBreaking,
            CameBack = activity.CameBack,
            HasWorked = activity.HasWorked,
            Counter = activity.Counter,
            Scheduled = activity.Scheduled ?? [],
            Pending = [.. activity.PendingChildren().Select(child => child.NodeId)],
            Variables = variables.Count > 0 ? Value.From(variables) : Value.Undefined,
            LoopVariables = loop.Count > 0 ? Value.From(loop) : Value.Undefined,
            Flow = activity.Flow is { } flow ? new FlowState(flow.ActivityVisits.ToArray(), flow.ConnectionVisits.ToArray(), flow.Followed.ToArray()) : null,
        };
    }
}
