using NodaTime;
using SaaS.Domain;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Trying;

/// <summary>A made-up application on its way through a design, in memory alone: nothing is stored, nobody is told. Never changes; an answer makes the next one.</summary>
public sealed class Trial
{
    private readonly CompiledWorkflow workflow;
    private readonly InstanceState state;

    private Trial(CompiledWorkflow workflow, Burst burst, IReadOnlyList<TrialMoment> before)
    {
        this.workflow = workflow;
        state = burst.State;
        Moments = [.. before, .. burst.Journal
            .Where(line => line.Event is JournalEvent.Completed or JournalEvent.Suspended or JournalEvent.Faulted)
            .Select(line => new TrialMoment(line.ActivityId, line.Event, line.Outcomes is [var outcome, ..] ? outcome : null))];
    }

    /// <summary>What has happened, in order: steps that waited, ended or failed.</summary>
    public IReadOnlyList<TrialMoment> Moments { get; }

    /// <summary>Ids of the steps that wait for an answer.</summary>
    public IReadOnlyList<string> Waiting => state.Status == WorkflowStatus.Finished ? [] : [.. state.Bookmarks.Select(bookmark => bookmark.ActivityId).Distinct()];

    /// <summary>Nothing more will happen.</summary>
    public bool IsFinished => state.Status == WorkflowStatus.Finished;

    /// <summary>Ids of the steps that have ended.</summary>
    public IReadOnlySet<string> Done => Moments.Where(moment => moment.Event == JournalEvent.Completed).Select(moment => moment.ActivityId).Except(Waiting).ToHashSet();

    /// <summary>Who bears what; null before the cost was divided.</summary>
    public Shares? Shares => Shares.FromValue(state.Variable("shares"));

    /// <summary>Why the firm was refused, where it was.</summary>
    public IReadOnlyList<Reason> Reasons => Programmes.Reasons.FromValue(state.Variable("reasons"));

    /// <param name="workflow">The design.</param>
    /// <param name="application">The facts of the made-up firm, as the input Application has them.</param>
    /// <param name="now">The time of the trial.</param>
    public static Trial Start(CompiledWorkflow workflow, Value application, Instant now) => new(
        workflow,
        WorkflowRuntime.Start(workflow, new StartWorkflow { InstanceId = Guid.CreateVersion7(), Input = Value.Object(("Application", application)), Now = now, NewId = Guid.CreateVersion7 }),
        []);

    /// <summary>Answers a step that waits; an answer to another one, or one that the step does not have, changes nothing.</summary>
    public Trial Answer(string activityId, string outcome, Instant now)
    {
        var burst = WorkflowRuntime.Resume(workflow, state, new ResumeBookmark
        {
            ActivityId = activityId,
            Input = Value.Object(("outcome", outcome), ("data", Value.Object())),
            Now = now,
            NewId = Guid.CreateVersion7,
        });
        return burst.Refusal is null ? new Trial(workflow, burst, Moments) : this;
    }
}

/// <summary>Something that happened to a step.</summary>
/// <param name="Outcome">What it ended with; null where it goes without saying.</param>
public sealed record TrialMoment(string ActivityId, JournalEvent Event, string? Outcome);
