using NodaTime;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Expressions;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Runtime;

/// <summary>
/// One burst while it runs: a queue of activities to run, and everything that they change. Its parts are used again by later bursts
/// of the same thread; what leaves a burst is copied out of it.
/// </summary>
internal sealed partial class Execution
{
    private static readonly Func<Guid> NoIds = static () => Guid.Empty;
    private static readonly ValueObject Nothing = new(0);

    [ThreadStatic]
    private static Stack<Execution>? free;

    private readonly List<ActivityExecution> _pool = [];
    private readonly List<ActivityExecution> _activities = [];
    private readonly List<JournalLine> _journal = [];
    private readonly List<Bookmark> _bookmarks = [];
    private readonly List<Effect> _effects = [];
    private readonly List<Incident> _incidents = [];
    private readonly List<string> _lines = [];
    private readonly List<OutputRecord> _outputs = [];
    private readonly List<Burst> _children = [];
    private Func<Guid> _newId = NoIds;
    private int _stepBudget;
    private long _handled;
    private List<VariableInfo>? _set;
    private int _steps;
    private int _lastInstance;
    private int _pooled;
    private Guid? _resumedBookmark;
    private bool _isResuming;
    private Value _resumeInput;
    private string? _stoppedAt;
    private CompiledWorkflow? _workflow;

    private Execution()
    {
    }

    public CompiledWorkflow Workflow => _workflow!;

    public Instant Now { get; private set; }

    public Guid InstanceId { get; private set; }

    public string? CorrelationId { get; set; }

    public string? Name { get; set; }

    public Guid? ParentInstanceId { get; private set; }

    public string? TriggerActivityId { get; private set; }

    public WorkflowSubStatus SubStatus { get; private set; }

    public bool IsFinished => SubStatus is WorkflowSubStatus.Finished or WorkflowSubStatus.Faulted or WorkflowSubStatus.Cancelled;

    public ValueObject Input { get; private set; } = Nothing;

    public ValueObject Output { get; private set; } = Nothing;

    public Value LastResult { get; private set; }

    /// <summary>Running activities that are not done.</summary>
    public int Unfinished { get; set; }

    /// <summary>How many workflows deep this one was started by others within one burst.</summary>
    public int Nesting { get; private set; }

    public WorkItemQueue Queue { get; } = new();

    private static Execution Rent(CompiledWorkflow workflow, Instant now, Func<Guid> newId, int stepBudget)
    {
        var execution = free is { Count: > 0 } stack ? stack.Pop() : new Execution();
        execution._workflow = workflow;
        execution.Now = now;
        execution._newId = newId;
        execution._stepBudget = stepBudget;
        return execution;
    }

    /// <summary>Forgets everything of this burst, so that nothing of one tenant stays behind for the next.</summary>
    private void Return()
    {
        for (var i = 0; i < _pooled; i++)
        {
            _pool[i].Forget();
        }

        _pooled = 0;
        if (_pool.Count > 1_000)
        {
            _pool.RemoveRange(1_000, _pool.Count - 1_000);
        }

        _activities.Clear();
        _journal.Clear();
        _bookmarks.Clear();
        _effects.Clear();
        _incidents.Clear();
        _lines.Clear();
        _outputs.Clear();
        _children.Clear();
        Queue.Clear();
        _workflow = null;
        _newId = NoIds;
        (_steps, _lastInstance, _bursts, Nesting, Unfinished) = (0, 0, 0, 0, 0);
        _resumedBookmark = null;
        _isResuming = false;
        _resumeInput = default;
        _set = null;
        _stoppedAt = null;
        _keepsAll = false;
        _before = [];
        _outputIsShared = true;
        _finishedAt = null;
        (CorrelationId, Name, TriggerActivityId, ParentInstanceId, CompositeOutcomes) = (null, null, null, null, null);
        SubStatus = WorkflowSubStatus.Pending;
        Input = Nothing;
        Output = Nothing;
        LastResult = default;
        (free ??= new Stack<Execution>()).Push(this);
    }

    private ActivityExecution NewActivity(CompiledActivity node, int instance)
    {
        if (_pooled == _pool.Count)
        {
            _pool.Add(new ActivityExecution(this));
        }

        var activity = _pool[_pooled++];
        activity.Use(node, instance);
        return activity;
    }

    /// <summary>An input of the workflow; upper and lower case are the same.</summary>
    public Value ReadInput(string name)
    {
        if (Input.TryGet(name, out var value))
        {
            return value;
        }

        foreach (var (each, given) in Input.Members)
        {
            if (string.Equals(each, name, StringComparison.OrdinalIgnoreCase))
            {
                return given;
            }
        }

        return Value.Null;
    }

    public void Emit(Effect effect) => _effects.Add(effect);

    public void WriteLine(string line) => _lines.Add(line);

    public Guid NewId() => _newId();

    /// <summary>Counts what an expression handles.</summary>
    /// <exception cref="ExpressionException">It handled more than one evaluation may.</exception>
    public void Handle(Value value)
    {
        _handled += JavaScriptValue.Weight(value);
        if (_handled > ExpressionLimits.Handled)
        {
            throw new ExpressionException($"The expression handles more than {ExpressionLimits.Handled} characters.");
        }
    }

    /// <summary>Counts what an expression has made, all that is nested in it included: values that hold each other twice must not grow without end.</summary>
    /// <exception cref="ExpressionException">It is too large or nested too deeply.</exception>
    public Value Made(Value value)
    {
        if (value.Kind is ValueKind.Array or ValueKind.Object)
        {
            _handled += JavaScriptValue.Size(value, ExpressionLimits.Handled - _handled, ValueLimits.Depth);
            if (_handled > ExpressionLimits.Handled)
            {
                throw new ExpressionException($"The expression makes more than {ExpressionLimits.Handled} characters and elements.");
            }
        }
        else
        {
            Handle(value);
        }

        return value;
    }

    public void NoteSet(VariableInfo variable) => (_set ??= []).Add(variable);

    /// <summary>Turns the variables that an expression has set into their types.</summary>
    /// <exception cref="ExpressionException">A value does not fit its variable; it stays there as it is.</exception>
    public void SettleVariables(ActivityExecution scope)
    {
        var set = _set ?? [];
        _set = null;
        foreach (var variable in set)
        {
            if (variable.Type != TypeKind.Object && scope.HasBlock(variable.Id))
            {
                scope.WriteMemory(variable.Id, ValueConversion.To(scope.ReadMemory(variable.Id), variable.Type), variable);
            }
        }
    }

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

            if (item.Node.IsOfOtherVersion)
            {
                Abort(item.Node);
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

    /// <summary>Ends the instance as it stands, whatever strategy it has for incidents: the workflow itself has failed.</summary>
    private void Abort(CompiledActivity node)
    {
        var workflow = _activities.Find(static activity => activity.Node.Index == 0)!;
        var message = Activities.Elsa.NotFoundActivity.OtherVersion(node);
        Queue.Clear();
        _incidents.Add(new Incident(workflow.Node.Id, workflow.Node.TypeName, workflow.Instance, message, Now));
        SubStatus = WorkflowSubStatus.Faulted;
        Log(JournalEvent.Faulted, workflow, message);
    }

    private void Invoke(in WorkItem item)
    {
        var activity = item.Existing;
        if (activity is null)
        {
            activity = NewActivity(item.Node, ++_lastInstance);
            activity.Attach(item.Owner);
            activity.CameBack = item.CameBack;
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

        _handled = 0;
        var (effects, children) = (_effects.Count, _children.Count);
        Log(IsWaitingNode(activity.Node) ? JournalEvent.Resumed : JournalEvent.Started, activity, null);
        try
        {
            EvaluateInputs(activity);
            activity.Status = ActivityStatus.Running;
            if (_isResuming && item.Existing is not null)
            {
                _isResuming = false;
                activity.Node.Type.Resume(activity, _resumeInput);
            }
            else
            {
                activity.Node.Type.Execute(activity);
            }

            // When the resumed activity faulted, its bookmark is used up by the next one that does not.
            if (_resumedBookmark is { } resumed)
            {
                Burn(resumed);
            }

            if (activity.Status == ActivityStatus.Running && IsWaitingNode(activity.Node))
            {
                Log(JournalEvent.Suspended, activity, null);
            }
        }
        catch (Exception fault) when (fault is ActivityFaultException or ExpressionException)
        {
            activity.HasWorked = activity.IsDone || _effects.Count > effects || _children.Count > children;
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

        var values = activity.NewInputs(inputs.Length);
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

        activity.Execution._handled = 0;
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

    private void Log(JournalEvent kind, ActivityExecution activity, string? message) => _journal.Add(new JournalLine(kind, activity, message));

    private readonly record struct JournalLine(JournalEvent Event, ActivityExecution Activity, string? Message);
}
