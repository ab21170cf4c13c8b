using NodaTime;
using SaaS.Workflows.Comparison;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Migration;

/// <summary>
/// Finds out what would become of a waiting instance under another version of its definition. A pure function. No step that was completed
/// runs again, and none that is new runs where the instance has passed already; it goes on waiting with what it waits with, and follows
/// the new version from there.
/// </summary>
public sealed class MoveInstance
{
    private readonly CompiledWorkflow _before;
    private readonly CompiledWorkflow _after;
    private readonly IReadOnlyList<Difference> _differences;

    /// <param name="before">The version that the instances have.</param>
    /// <param name="after">Another version of the same definition.</param>
    public MoveInstance(CompiledWorkflow before, CompiledWorkflow after)
    {
        (_before, _after) = (before, after);
        _differences = DefinitionDifferences.Between(before.Definition, after.Definition);
    }

    /// <param name="state">The instance as it waits.</param>
    /// <param name="now">The time at which the answers to its waiting steps are tried out.</param>
    public InstanceMove Plan(InstanceState state, Instant now)
    {
        var findings = new List<MoveFinding>();
        if (state.Status is WorkflowStatus.Finished && state.Activities.Count == 0)
        {
            findings.Add(new MoveFinding("instance-is-finished", null, true, new Words("이미 끝난 건이라 옮길 것이 없습니다.", "It is finished: there is nothing to move.")));
            return Result(null, state, findings, [], []);
        }

        foreach (var running in state.Activities)
        {
            CheckRunning(running, findings);
        }

        CheckVariables(findings);
        if (findings.Exists(finding => finding.Stops))
        {
            return Result(null, state, findings, [], []);
        }

        var passed = new HashSet<string>(StringComparer.Ordinal);
        var activities = state.Activities.Select(running => Carry(running, state, passed, findings)).ToList();
        var moved = new InstanceState
        {
            Id = state.Id,
            DefinitionId = state.DefinitionId,
            DefinitionVersionId = _after.Definition.Id,
            DefinitionVersion = _after.Definition.Version,
            ParentInstanceId = state.ParentInstanceId,
            CorrelationId = state.CorrelationId,
            Name = state.Name,
            SubStatus = state.SubStatus,
            Input = state.Input,
            Output = state.Output,
            Bookmarks = state.Bookmarks,
            Incidents = state.Incidents,
            CreatedAt = state.CreatedAt,
            UpdatedAt = now,
            FinishedAt = state.FinishedAt,
            Bursts = state.Bursts,
            LastInstance = state.LastInstance,
            Activities = activities,
            Outputs = state.Outputs,
            Variables = Variables(state),
        };
        CheckPromises(passed, findings);
        var outlook = TryOut(state, moved, now, findings);
        return Result(findings.Exists(finding => finding.Stops) ? null : moved, state, findings, outlook, passed);
    }

    /// <summary>Terms that an applicant was promised are not taken back by a move. A task more, which the new version adds, is no worse term.</summary>
    private void CheckPromises(HashSet<string> passed, List<MoveFinding> findings)
    {
        foreach (var worse in _differences.Where(difference => difference.WorseForFirms && (difference.ActivityId is not { } id || !passed.Contains(id)) && !IsAddedTask(difference)))
        {
            findings.Add(new MoveFinding(
                "worse-for-the-firm", worse.ActivityId, true,
                new Words($"신청할 때보다 불리해집니다: {worse.Sentence.Ko}", $"It would be worse off than when it applied: {worse.Sentence.En}")));
        }
    }

    private bool IsAddedTask(Difference difference) =>
        difference.Kind is DifferenceKind.Added && Array.Exists(_after.Activities, activity => activity.Id == difference.ActivityId && activity.TypeName == "Grant.HumanTask");

    private InstanceMove Result(InstanceState? moved, InstanceState state, List<MoveFinding> findings, IReadOnlyList<MoveOutlook> outlook, HashSet<string> passed) => new()
    {
        State = moved,
        WaitsAt = [.. state.Bookmarks.Select(bookmark => bookmark.ActivityId).Distinct()],
        Findings = findings,
        Outlook = outlook,
        Applies = [.. _differences.Where(difference => difference.ActivityId is not { } id || !passed.Contains(id))],
        ComesTooLate = [.. _differences.Where(difference => difference.ActivityId is { } id && passed.Contains(id))],
    };

    private void CheckRunning(ActivityState running, List<MoveFinding> findings)
    {
        var node = _before.FindByNodeId(running.NodeId);
        if (node is null || _after.FindByNodeId(running.NodeId) is not { } now)
        {
            var id = node?.Id ?? running.NodeId;
            var name = NameOf(node);
            findings.Add(new MoveFinding(
                "waiting-step-is-gone", id, true,
                new Words($"지금 진행 중인 단계 ‘{name.Ko}’이(가) 새 판에 없습니다. 이 단계를 마친 뒤에 옮기거나 새 판에 단계를 되살리세요.", $"It stands at the step ‘{name.En}’, which the new version does not have. Move it when that step is done, or bring the step back.")));
        }
        else if (now.TypeName != node.TypeName)
        {
            var name = NameOf(node);
            findings.Add(new MoveFinding(
                "waiting-step-is-another", node.Id, true,
                new Words($"지금 진행 중인 단계 ‘{name.Ko}’의 종류가 새 판에서 다릅니다.", $"The step ‘{name.En}’ at which it stands is of another kind in the new version.")));
        }
        else if (!now.HasGraph && now.Index != 0 && !now.Children.Select(child => child.NodeId).SequenceEqual(node.Children.Select(child => child.NodeId)))
        {
            var name = NameOf(node);
            findings.Add(new MoveFinding(
                "running-block-was-rebuilt", node.Id, true,
                new Words($"‘{name.Ko}’ 안의 단계를 진행하는 중인데 새 판에서 그 안의 단계가 바뀌었습니다.", $"It is in the middle of ‘{name.En}’, whose steps are others in the new version.")));
        }
    }

    private void CheckVariables(List<MoveFinding> findings)
    {
        var after = _after.Workflow.Variables.ToDictionary(variable => variable.Name, StringComparer.Ordinal);
        foreach (var variable in _before.Workflow.Variables.Where(variable => variable.IsPersisted))
        {
            if (!after.TryGetValue(variable.Name, out var now))
            {
                findings.Add(new MoveFinding(
                    "variable-is-gone", null, false,
                    new Words($"변수 ‘{variable.Name}’의 값은 새 판에 없어 버려집니다.", $"The value of the variable ‘{variable.Name}’ is dropped: the new version does not have it.")));
            }
            else if (now.Type != variable.Type)
            {
                findings.Add(new MoveFinding(
                    "variable-is-of-another-type", null, true,
                    new Words($"변수 ‘{variable.Name}’의 형식이 {variable.Type}에서 {now.Type}(으)로 바뀌어 값을 옮길 수 없습니다.", $"The variable ‘{variable.Name}’ was {variable.Type} and is {now.Type} now: its value cannot be carried over.")));
            }
        }
    }

    private Value Variables(InstanceState state)
    {
        var kept = new ValueObject(_after.Workflow.Variables.Length);
        foreach (var variable in _after.Workflow.Variables)
        {
            var value = state.Variables[variable.Name];
            kept.Set(variable.Name, value.Kind is ValueKind.Undefined ? variable.Initial : value);
        }

        return Value.From(kept);
    }

    private ActivityState Carry(ActivityState running, InstanceState state, HashSet<string> passed, List<MoveFinding> findings)
    {
        var (before, after) = (_before.FindByNodeId(running.NodeId)!, _after.FindByNodeId(running.NodeId)!);
        if (running.Flow is not { } flow || !before.HasGraph || !after.HasGraph)
        {
            return running;
        }

        foreach (var done in FlowMove.Passed(flow, before.Graph))
        {
            passed.UnionWith(WithAllWithin(done).Select(activity => activity.Id));
            if (state.Activities.Any(within => within.Parent == running.Instance && ComesAhead(done, within, before, after)))
            {
                var name = NameOf(done);
                findings.Add(new MoveFinding(
                    "done-step-lies-ahead", done.Id, true,
                    new Words($"이미 마친 단계 ‘{name.Ko}’이(가) 새 판에서는 아직 가지 않은 자리에 있습니다. 마친 단계는 다시 실행되지 않으므로 그 뒤로 진행할 수 없습니다.", $"The step ‘{name.En}’ is done, but the new version puts it ahead. A done step never runs again, so the case could not pass it.")));
            }
        }

        var moved = FlowMove.Of(flow, before.Graph, after.Graph, out var passedBy);
        foreach (var step in passedBy)
        {
            var name = NameOf(step);
            passed.Add(step.Id);
            findings.Add(new MoveFinding(
                "new-step-lies-behind", step.Id, false,
                new Words($"새 단계 ‘{name.Ko}’은(는) 이미 지나온 자리에 있어 이 건에서는 실행되지 않습니다.", $"The new step ‘{name.En}’ lies behind it already and will not run for it.")));
        }

        return running with { Flow = moved };
    }

    /// <summary>Whether the new version, unlike the old one, leads from a running step to one that is done.</summary>
    private static bool ComesAhead(CompiledActivity done, ActivityState running, CompiledActivity before, CompiledActivity after)
    {
        return Leads(after) && !Leads(before);

        bool Leads(CompiledActivity flowchart)
        {
            var from = Array.FindIndex(flowchart.Graph.Activities, activity => activity.NodeId == running.NodeId);
            var to = Array.FindIndex(flowchart.Graph.Activities, activity => activity.Id == done.Id);
            return from >= 0 && to >= 0 && flowchart.Graph.Ancestors(to)[from];
        }
    }

    /// <summary>Gives every answer to every waiting step, in memory, under both versions: an answer that goes on today must go on tomorrow.</summary>
    private List<MoveOutlook> TryOut(InstanceState before, InstanceState moved, Instant now, List<MoveFinding> findings)
    {
        var outlook = new List<MoveOutlook>();
        foreach (var bookmark in moved.Bookmarks)
        {
            var node = _after.Activities.First(activity => activity.Id == bookmark.ActivityId);
            IReadOnlyList<string?> answers = node.Type.Accepts(node.Definition!, default) ? [null] : [.. node.Type.Outcomes(node.Definition!)];
            foreach (var answer in answers)
            {
                var then = Answer(_after, moved, bookmark, answer, now);
                outlook.Add(new MoveOutlook(bookmark.ActivityId, answer, [.. then.State.Bookmarks.Select(wait => wait.ActivityId).Distinct()]));
                if (Fails(then) && !Fails(Answer(_before, before, bookmark, answer, now)))
                {
                    var name = NameOf(node);
                    var outcome = answer ?? "Done";
                    findings.Add(new MoveFinding(
                        "would-not-go-on", bookmark.ActivityId, true,
                        new Words($"옮긴 뒤 ‘{name.Ko}’에서 {outcome}(으)로 답하면 더 진행되지 못합니다.", $"Once moved, the answer {outcome} at ‘{name.En}’ would lead nowhere.")));
                }
            }
        }

        return outlook;
    }

    private static Burst Answer(CompiledWorkflow workflow, InstanceState state, Bookmark bookmark, string? answer, Instant now) => WorkflowRuntime.Resume(workflow, state, new ResumeBookmark
    {
        BookmarkId = bookmark.Id,
        Input = answer is null ? Value.Undefined : Value.Object(("outcome", answer)),
        Now = now,
        NewId = Guid.CreateVersion7,
    });

    private static bool Fails(Burst burst) => burst.Refusal is not null || burst.State.SubStatus is WorkflowSubStatus.Faulted || burst.State.IsStuck;

    private static IEnumerable<CompiledActivity> WithAllWithin(CompiledActivity activity) => [activity, .. activity.Children.SelectMany(WithAllWithin)];

    private static Words NameOf(CompiledActivity? activity) => activity?.Definition is { } written ? StepNames.Of(written) : new Words(activity?.Id ?? "?", activity?.Id ?? "?");
}
