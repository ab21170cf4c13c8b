using NodaTime;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Runtime;

/// <summary>One running activity of one instance: what an activity reads, and what it may do. Lives for one burst.</summary>
public sealed partial class ActivityExecution
{
    private ActivityStatus _status;

    internal ActivityExecution(Execution execution) => Execution = execution;

    /// <summary>The id of the activity in its definition.</summary>
    public string ActivityId => Node.Id;

    /// <summary>The activity as written.</summary>
    public ActivityDefinition Definition => Node.Definition ?? throw new InvalidOperationException("The workflow itself is not written as an activity.");

    /// <summary>The time of this burst.</summary>
    public Instant Now => Execution.Now;

    public Guid WorkflowInstanceId => Execution.InstanceId;

    /// <summary>The running activity within the instance, counted from 1.</summary>
    public int Instance { get; private set; }

    public string? CorrelationId
    {
        get => Execution.CorrelationId;
        set => Execution.CorrelationId = value;
    }

    /// <summary>An input by its name in Pascal case, evaluated and turned into its type; the default when the definition gives none.</summary>
    public Value Input(string name)
    {
        var inputs = Node.Inputs;
        for (var i = 0; i < inputs.Length; i++)
        {
            if (string.Equals(inputs[i].Descriptor.Name, name, StringComparison.Ordinal))
            {
                return Input(i);
            }
        }

        throw new ArgumentException($"{Node.TypeName} has no evaluated input '{name}'.", nameof(name));
    }

    /// <summary>What <see cref="ActivityType.Prepare"/> made of the raw inputs.</summary>
    public T Prepared<T>()
        where T : class =>
        (T)(Node.Prepared ?? throw new ActivityFaultException(Node.PreparationFault ?? $"{Node.TypeName} prepared nothing."));

    /// <summary>An input of the workflow; null when it was not given, or not kept over a wait.</summary>
    public Value WorkflowInput(string name) => Execution.ReadInput(name);

    /// <summary>The variable of that name that is in scope; null when there is none.</summary>
    public Value Variable(string name) => ReadVariable(name);

    /// <summary>Gives an output its value: the variable that the definition binds to it receives it.</summary>
    public void SetOutput(string name, Value value)
    {
        foreach (var output in Node.Outputs)
        {
            if (string.Equals(output.Name, name, StringComparison.Ordinal))
            {
                Execution.SetOutput(this, output, value);
                return;
            }
        }

        throw new ArgumentException($"{Node.TypeName} has no output '{name}'.", nameof(name));
    }

    /// <summary>Completes the activity without naming an outcome: the connection Done is followed.</summary>
    public void Complete() => Execution.Complete(this, null);

    /// <summary>Completes the activity; connections of these outcomes are followed.</summary>
    public void Complete(params string[] outcomes) => Execution.Complete(this, outcomes);

    /// <summary>Waits. The activity is resumed through this bookmark, which is then used up.</summary>
    /// <param name="payload">What the outside needs to know.</param>
    /// <param name="name">The activity's type when not given.</param>
    public void CreateBookmark(Value payload, string? name = null) => Execution.CreateBookmark(this, payload, name ?? Node.TypeName, includeInstance: true);

    /// <summary>Asks for something outside. It is handed out with the burst and happens once the burst is saved.</summary>
    public void Emit(string kind, Value payload) => Execution.Emit(new Effect(kind, ActivityId, payload));

    /// <summary>Notes something for the journal, for example which rule rows fired.</summary>
    public void Record(Value note) => Note = note;

    public override string ToString() => $"{Node.NodeId}#{Instance} {Status}";
}
