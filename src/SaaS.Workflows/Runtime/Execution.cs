using NodaTime;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Expressions;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Runtime;

/// <summary>One burst while it runs: a queue of activities to run, and everything that they change.</summary>
internal sealed partial class Execution
{
    private readonly List<ActivityExecution> _activities = [];
    private readonly List<JournalEntry> _journal = [];
    private readonly List<Bookmark> _bookmarks = [];
    private readonly List<Effect> _effects = [];
    private readonly List<Incident> _incidents = [];
    private readonly List<string> _lines = [];
    private readonly Func<Guid> _newId;
    private readonly int _stepBudget;
    private int _steps;
    private int _lastInstance;
    private Guid? _resumedBookmark;
    private bool _isResuming;
    private Value _resumeInput;
    private string? _stoppedAt;

    private Execution(CompiledWorkflow workflow, Instant now, Func<Guid> newId, int stepBudget)
    {
        Workflow = workflow;
        Now = now;
        _newId = newId;
        _stepBudget = stepBudget;
    }

    public CompiledWorkflow Workflow { get; }

    public Instant Now { get; }

    public Guid InstanceId { get; private set; }

    public string? CorrelationId { get; set; }

    public string? Name { get; set; }

    public Guid? ParentInstanceId { get; private set; }

    public string? TriggerActivityId { get; private set; }

    public WorkflowSubStatus SubStatus { get; private set; } = WorkflowSubStatus.Pending;

    public bool IsFinished => SubStatus is WorkflowSubStatus.Finished or WorkflowSubStatus.Faulted or WorkflowSubStatus.Cancelled;

    public ValueObject Input { get; private set; } = new(0);

    public ValueObject Output { get; private set; } = new(0);

    public Value LastResult { get; private set; }

    /// <summary>Running activities that are not done.</summary>
    public int Unfinished { get; set; }

    public WorkItemQueue Queue { get; } = new();

    public Value ReadInput(string name) => Input.TryGet(name, out var value) ? value : Value.Null;

    public void Emit(Effect effect) => _effects.Add(effect);

    public void WriteLine(string line) => _lines.Add(line);

    public Guid NewId() => _newId();

    private void Run()
    {
        SubStatus = SubStatus == WorkflowSubStatus.Pending || !IsFinished ? WorkflowSubStatus.Executing : SubStatus;
        while (Queue.TryTake(out var item))
        {
            if (++_steps > _stepBudget)
            {
                Stop(item.Node);
                break;
            }

            Invoke(item);
        }

        if (!IsFinished)
        {
            SubStatus = Unfinished == 0 ? WorkflowSubStatus.Finished : WorkflowSubStatus.Suspended;
        }
    }

    private void Stop(CompiledActivity node)
    {
        Queue.Clear();
        _bookmarks.Clear();
        _stoppedAt = node.Id;
        _incidents.Add(new Incident(node.Id, node.TypeName, 0, $"The workflow ran {_stepBudget} activities without waiting and was stopped before '{node.Id}'.", Now));
        SubStatus = WorkflowSubStatus.Faulted;
    }

    private void Invoke(in WorkItem item)
    {
        var activity = item.Existing;
        if (activity is null)
        {
            activity = new ActivityExecution(this, item.Node, item.Owner, ++_lastInstance) { CameBack = item.CameBack };
            Unfinished++;
            _activities.Add(activity);
            if (item.Variables is { } variables)
            {
                activity.LoopVariables = new VariableInfo[variables.Length];
                for (var i = 0; i < variables.Length; i++)
                {
                    activity.LoopVariables[i] = variables[i].Info;
                    activity.CreateVariable(variables[i].Info, variables[i].Value);
                }
            }
        }

        Log(IsWaitingNode(activity.Node) ? JournalEvent.Resumed : JournalEvent.Started, activity, null);
        try
        {
            EvaluateInputs(activity);
            activity.Status = ActivityStatus.Running;
            if (_isResuming && item.Existing is not null)
            {
                _isResuming = false;
                activity.Node.Type.Resume(activity, _resumeInput);
                BurnResumed();
            }
            else
            {
                activity.Node.Type.Execute(activity);
            }

            if (activity.Status == ActivityStatus.Running && IsWaitingNode(activity.Node))
            {
                Log(JournalEvent.Suspended, activity, null);
            }
        }
        catch (ActivityFaultException fault)
        {
            Fault(activity, fault.Message);
        }
        catch (ExpressionException fault)
        {
            Fault(activity, fault.Message);
        }
    }

    /// <summary>Evaluates all inputs of an activity: before it runs, and again for a container that goes on after a wait.</summary>
    public static void EvaluateInputs(ActivityExecution activity)
    {
        var inputs = activity.Node.Inputs;
        if (inputs.Length == 0)
        {
            return;
        }

        var values = new Value[inputs.Length];
        activity.Inputs = values;
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Descriptor.AutoEvaluate)
            {
                values[i] = Evaluate(activity, inputs[i]);
            }
        }
    }

    /// <exception cref="ActivityFaultException">The expression failed; the message names the input only, as in Elsa.</exception>
    public static Value Evaluate(ActivityExecution activity, CompiledInput input)
    {
        if (input.Expression is null)
        {
            return input.Descriptor.Default;
        }

        try
        {
            return ValueConversion.To(input.Expression.Evaluate(activity), input.Type);
        }
        catch (ExpressionException exception)
        {
            throw new ActivityFaultException($"Failed to evaluate activity input '{input.Descriptor.Name}'", exception);
        }
    }

    private void Fault(ActivityExecution activity, string message)
    {
        Log(JournalEvent.Faulted, activity, message);
        activity.Status = ActivityStatus.Faulted;
        _incidents.Add(new Incident(activity.Node.Id, activity.Node.TypeName, activity.Instance, message, Now));
        for (var each = activity; each is not null; each = each.Parent)
        {
            each.Faults++;
        }

        if (!Workflow.ContinuesWithIncidents && !IsFinished)
        {
            SubStatus = WorkflowSubStatus.Faulted;
        }
    }

    private void Log(JournalEvent kind, ActivityExecution activity, string? message) => _journal.Add(new JournalEntry(kind, activity, message));
}
