using System.Collections.Concurrent;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Tables;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Simulation;

/// <summary>Where a simulated case waits for somebody.</summary>
/// <param name="ActivityId">The step.</param>
/// <param name="Stage">The stage by its bookmark, for example <c>evaluation</c>; the activity's type where it names none.</param>
/// <param name="Outcomes">What it can be answered with, the best first; empty where no answer is named.</param>
internal sealed record Wait(string ActivityId, string Stage, IReadOnlyList<string> Outcomes);

/// <summary>
/// A point that cases come to, as the runtime itself brought the first of them there. Where the tables alone decide, all cases that were
/// answered the same share it; else each case has its own.
/// </summary>
internal sealed class RunNode
{
    private static readonly Func<Guid> NoIds = static () => Guid.Empty;
    private readonly SimulationPlan _plan;
    private readonly InstanceState _state;
    private readonly Guid _bookmark;
    private readonly ConcurrentDictionary<string, RunNode>? _next;
    private RunNode? _approved;

    private RunNode(SimulationPlan plan, Burst burst, RunNode? before, bool isShared)
    {
        _plan = plan;
        _state = burst.State;
        First = before?.First ?? this;
        Result = before?.Result;
        ReasonsFrom = before?.ReasonsFrom;
        ReasonTeller = before?.ReasonTeller;
        SharesFrom = before?.SharesFrom;
        Answers = before is null ? 0 : before.Answers + 1;
        foreach (var effect in burst.Effects)
        {
            Result = effect.Kind == "close" ? effect.Payload["result"].Text : Result;
        }

        foreach (var entry in burst.Journal)
        {
            if (entry.Event == JournalEvent.Completed && plan.ReasonTellers[entry.ActivityId].FirstOrDefault() is { } teller)
            {
                ReasonTeller = teller;
            }

            if (entry.Event == JournalEvent.Completed && plan.Tables?.Find(entry.ActivityId) is { } step)
            {
                ReasonsFrom = step.TellsReasons ? step : ReasonsFrom;
                SharesFrom = step.TellsShares && entry.Outcomes is not ["Infeasible"] ? step : SharesFrom;
            }
        }

        if (burst.State is { Status: WorkflowStatus.Running, Bookmarks: [var bookmark, ..] } && Answers < SimulationPlan.MostAnswers)
        {
            _bookmark = bookmark.Id;
            var node = plan.Workflow.Activities.First(activity => activity.Id == bookmark.ActivityId);
            Waiting = new Wait(bookmark.ActivityId, bookmark.Payload["stage"].Text ?? node.TypeName, node.Type.Accepts(node.Definition!, default) ? [] : node.Type.Outcomes(node.Definition!));
            _next = isShared ? new ConcurrentDictionary<string, RunNode>(StringComparer.Ordinal) : null;
        }
    }

    /// <summary>Where the case stood after it was submitted.</summary>
    public RunNode First { get; }

    /// <summary>How often it was answered.</summary>
    public int Answers { get; }

    /// <summary>Null when it has come to its end.</summary>
    public Wait? Waiting { get; }

    /// <summary>What it was closed with; null when it was not closed.</summary>
    public string? Result { get; }

    /// <summary>The activity whose reasons are the case's.</summary>
    public CompiledActivity? ReasonTeller { get; }

    /// <summary>The table whose reasons are the case's; null when the state itself holds them.</summary>
    public TableStep? ReasonsFrom { get; }

    /// <summary>The table whose shares are the case's; null when the state itself holds them, or there are none.</summary>
    public TableStep? SharesFrom { get; }

    /// <summary>Whether it waits or waited: what the application passed when it was submitted.</summary>
    public bool HasPassed => First._state.Status == WorkflowStatus.Running;

    public string Verdict => First._state.SubStatus == WorkflowSubStatus.Faulted ? "Fault" : First._state.Variable("verdict").Text ?? "None";

    public string Tier => First._state.Variable("tier").Text ?? "None";

    public bool IsFaulted => _state.SubStatus == WorkflowSubStatus.Faulted;

    public Value Reasons => _state.Variable("reasons");

    public Value Shares => _state.Variable("shares");

    public static RunNode Start(SimulationPlan plan, Value application, bool isShared) => new(
        plan,
        WorkflowRuntime.Start(plan.Workflow, new StartWorkflow { InstanceId = Guid.Empty, Input = Value.Object((ProgrammeTables.Application, application)), Now = plan.Now, NewId = NoIds }),
        null,
        isShared);

    /// <summary>Goes on with an answer; without one where the step names none.</summary>
    public RunNode Answer(string? outcome)
    {
        if (_next is null)
        {
            return Resume(outcome, isShared: false);
        }

        return _next.TryGetValue(outcome ?? "", out var known) ? known : _next.GetOrAdd(outcome ?? "", Resume(outcome, isShared: true));
    }

    /// <summary>Where the case ends when every step is answered with its best outcome.</summary>
    public RunNode Approved()
    {
        if (_approved is null)
        {
            var node = this;
            while (node.Waiting is { } wait)
            {
                node = node.Answer(wait.Outcomes.Count == 0 ? null : wait.Outcomes[0]);
            }

            _approved = node;
        }

        return _approved;
    }

    private RunNode Resume(string? outcome, bool isShared)
    {
        var burst = WorkflowRuntime.Resume(_plan.Workflow, _state, new ResumeBookmark
        {
            BookmarkId = _bookmark,
            Input = outcome is null ? Value.Undefined : Value.Object(("outcome", outcome)),
            Now = _plan.Now,
            NewId = NoIds,
        });
        return new RunNode(_plan, burst, this, isShared);
    }
}
