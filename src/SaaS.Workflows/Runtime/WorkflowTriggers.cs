using NodaTime;
using NodaTime.Text;
using SaaS.Workflows.Activities.Elsa;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Runtime;

/// <summary>What starts instances of a published definition.</summary>
/// <param name="ActivityId">The trigger in the definition; give it as <see cref="StartWorkflow.TriggerActivityId"/>.</param>
/// <param name="Name">The kind of stimulus, for example <c>Elsa.Event</c>.</param>
/// <param name="Hash">Elsa's hash of name and payload, by which stimuli are matched.</param>
/// <param name="Payload">What it listens for.</param>
public sealed record WorkflowTrigger(string ActivityId, string Name, string Hash, Value Payload);

/// <summary>When a trigger that waits for a time fires next.</summary>
public static class TriggerSchedule
{
    /// <param name="name">The kind of trigger.</param>
    /// <param name="payload">What it listens for.</param>
    /// <param name="now">After this moment; a start-at trigger also fires at this moment itself.</param>
    /// <param name="isFirst">False after it has fired: a start-at trigger fires once.</param>
    /// <returns>Null when it never does, or waits for no time at all.</returns>
    public static Instant? Next(string name, Value payload, Instant now, bool isFirst) => name switch
    {
        "Elsa.Timer" => TimeSpanText.Read(payload["interval"]) is var interval && interval > Duration.Zero ? TimeSpanText.After(now, payload["interval"]) : null,
        "Elsa.Cron" => CronExpression.TryParse(payload["cronExpression"].Text ?? "", out _)?.Next(now),
        "Elsa.StartAt" => isFirst && OffsetDateTimePattern.ExtendedIso.Parse(payload["executeAt"].Text ?? "") is { Success: true } parsed && parsed.Value.ToInstant() >= now ? parsed.Value.ToInstant() : null,
        _ => null,
    };
}

/// <summary>Finds the triggers of a definition.</summary>
public static class WorkflowTriggers
{
    /// <summary>Every trigger activity anywhere in the definition that may start it. One whose inputs cannot be evaluated yet is left out.</summary>
    public static IReadOnlyList<WorkflowTrigger> Of(CompiledWorkflow workflow) =>
        [.. workflow.Activities
            .Where(activity => activity.Type.Descriptor.IsTrigger && activity.Definition is { CanStartWorkflow: true })
            .Select(activity => Execution.TriggerOf(workflow, activity))
            .OfType<WorkflowTrigger>()];
}
