using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Activities;

/// <summary>
/// A kind of activity: its description and what it does. One object per type serves every definition and instance at once,
/// so it holds no state; what belongs to one running activity is in its <see cref="ActivityExecution"/>.
/// </summary>
/// <remarks>Execution must be a pure function of the inputs and the state: no clock, no randomness, no I/O. What must happen outside is an effect.</remarks>
public abstract class ActivityType(ActivityDescriptor descriptor)
{
    public ActivityDescriptor Descriptor { get; } = descriptor;

    /// <summary>The outcomes that this activity, as configured here, can complete with.</summary>
    public virtual IReadOnlyList<string> Outcomes(ActivityDefinition activity) =>
        Descriptor.Outcomes.Count > 0 ? Descriptor.Outcomes : Descriptor.IsTerminal ? [] : ["Done"];

    /// <summary>
    /// Reads the raw (unwrapped) inputs once per compiled definition. What is returned is shared by all instances and is at hand
    /// as <see cref="ActivityExecution.Prepared{T}"/>.
    /// </summary>
    /// <exception cref="PreparationException">An input cannot be used. Running the activity then faults with this message; the checker reports it.</exception>
    public virtual object? Prepare(ActivityPreparation preparation) => null;

    /// <summary>Runs the activity with its inputs evaluated. It must complete, or create a bookmark, or throw <see cref="ActivityFaultException"/>.</summary>
    public abstract void Execute(ActivityExecution activity);

    /// <summary>
    /// Goes on from a bookmark. Unless overridden: completes with the member <c>outcome</c> of the input, or with Done.
    /// </summary>
    /// <param name="activity">The waiting activity.</param>
    /// <param name="input">What came with the resume, for our activities <c>{ "outcome": …, "data": … }</c>.</param>
    public virtual void Resume(ActivityExecution activity, Value input)
    {
        if (input["outcome"].Text is { } outcome)
        {
            activity.Complete(outcome);
        }
        else
        {
            activity.Complete();
        }
    }

    /// <summary>
    /// Asked before a resume. A refusal leaves the instance exactly as it is. Unless overridden: an activity of ours (not of Elsa)
    /// accepts only the outcomes that it has.
    /// </summary>
    public virtual bool Accepts(ActivityDefinition activity, Value input) => Outcomes(activity).Contains(input["outcome"].Text ?? "");

    /// <summary>The activities embedded in this one, in the order in which Elsa visits them.</summary>
    internal virtual IEnumerable<ActivityDefinition> Children(ActivityDefinition activity) => [];

    internal virtual void ChildCompleted(ActivityExecution owner, ActivityExecution child, string[]? outcomes)
    {
    }

    /// <summary>What a trigger listens for, when its definition is published.</summary>
    internal virtual Value TriggerPayload(ActivityExecution activity) => Value.Undefined;

    /// <summary>What the activity does when a Break rises from below.</summary>
    internal virtual BreakHandling Break => BreakHandling.Ignore;

    internal virtual void ChildCanceled(ActivityExecution receiver, ActivityExecution sender)
    {
    }
}

internal enum BreakHandling
{
    Ignore,

    /// <summary>Notes it and lets it rise further.</summary>
    Note,

    /// <summary>Notes it and stops it: a loop.</summary>
    Catch,
}
