using CsCheck;
using NodaTime;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Migration;
using SaaS.Workflows.Runtime;
using Xunit;

namespace SaaS.UnitTests.Workflows;

/// <summary>A case that waits is moved to another version of its workflow: what is done stays done, what is ahead follows the new version.</summary>
public sealed class MoveInstanceTests
{
    private static readonly Instant Morning = Instant.FromUtc(2025, 3, 4, 0, 0);

    [Fact]
    public void A_step_put_in_after_the_wait_runs_and_nothing_before_it_runs_again()
    {
        var (before, state) = Waiting("receive check *wait pay");
        var after = Flow("receive check *wait announce pay");

        var move = new MoveInstance(before, after).Plan(state, Morning);

        Assert.True(move.IsPossible);
        Assert.Empty(move.Findings);
        Assert.Equal(["announce", "pay"], GoOn(after, move.State!).Lines);
    }

    [Fact]
    public void A_step_put_in_before_the_wait_does_not_run_and_the_plan_says_so()
    {
        var (before, state) = Waiting("receive check *wait pay");
        var after = Flow("receive diagnose check *wait pay");

        var move = new MoveInstance(before, after).Plan(state, Morning);

        var finding = Assert.Single(move.Findings);
        Assert.Equal(("new-step-lies-behind", "diagnose", false), (finding.Code, finding.ActivityId, finding.Stops));
        Assert.Equal("새 단계 ‘diagnose’은(는) 이미 지나온 자리에 있어 이 건에서는 실행되지 않습니다.", finding.Sentence.Ko);
        Assert.Equal(["pay"], GoOn(after, move.State!).Lines);
    }

    [Fact]
    public void A_case_cannot_be_moved_when_the_step_at_which_it_waits_is_gone()
    {
        var (before, state) = Waiting("receive *wait pay");

        var move = new MoveInstance(before, Flow("receive pay")).Plan(state, Morning);

        Assert.False(move.IsPossible);
        var finding = Assert.Single(move.Findings);
        Assert.Equal(("waiting-step-is-gone", "wait", true), (finding.Code, finding.ActivityId, finding.Stops));
    }

    [Fact]
    public void A_case_cannot_be_moved_when_a_step_that_is_done_was_put_ahead_of_it()
    {
        var (before, state) = Waiting("receive check *wait pay");

        var move = new MoveInstance(before, Flow("receive *wait check pay")).Plan(state, Morning);

        Assert.Equal(("done-step-lies-ahead", "check"), (Assert.Single(move.Findings).Code, move.Findings[0].ActivityId));
        Assert.False(move.IsPossible);
    }

    [Fact]
    public void A_finished_case_stays_where_it_is()
    {
        var (before, state) = Waiting("receive *wait pay");
        var finished = GoOn(before, state).State;

        var move = new MoveInstance(before, Flow("receive *wait announce pay")).Plan(finished, Morning);

        Assert.Equal("instance-is-finished", Assert.Single(move.Findings).Code);
        Assert.False(move.IsPossible);
    }

    [Fact]
    public void A_branch_added_behind_the_case_does_not_hold_up_where_the_branches_meet()
    {
        var (before, state) = Waiting("receive *wait meet");
        var after = Flow("receive *wait meet", "receive>side side>meet");

        var move = new MoveInstance(before, after).Plan(state, Morning);

        Assert.Equal("side", Assert.Single(move.Findings).ActivityId);
        Assert.Equal(["meet"], GoOn(after, move.State!).Lines);
        Assert.Equal(WorkflowSubStatus.Finished, GoOn(after, move.State!).State.SubStatus);
    }

    [Fact]
    public void What_every_answer_would_lead_to_is_told_beforehand()
    {
        var (before, state) = Waiting("receive *wait pay");
        var after = Flow("receive *wait announce *approve pay");

        var move = new MoveInstance(before, after).Plan(state, Morning);

        var outlook = Assert.Single(move.Outlook);
        Assert.Equal("wait", outlook.ActivityId);
        Assert.Equal(["approve"], outlook.Next);
        Assert.Equal(["wait"], move.WaitsAt);
    }

    [Fact]
    public void Differences_are_told_apart_into_those_that_still_count_and_those_that_come_too_late()
    {
        var (before, state) = Waiting("receive *wait pay");

        var move = new MoveInstance(before, Flow("receive *wait pay", texts: "receive=hello pay=paid")).Plan(state, Morning);

        Assert.All(move.ComesTooLate, difference => Assert.Equal("receive", difference.ActivityId));
        Assert.Contains(move.Applies, difference => difference.ActivityId == "pay");
        Assert.NotEmpty(move.ComesTooLate);
    }

    [Fact]
    public void Planning_changes_nothing_and_a_move_to_the_same_version_is_none()
    {
        var (before, state) = Waiting("receive check *wait pay");
        var written = state.ToJson();

        var move = new MoveInstance(before, before).Plan(state, Morning);

        Assert.Equal(written, state.ToJson());
        Assert.Equal(written, move.State!.ToJson());
        Assert.Empty(move.Applies);
        Assert.Empty(move.ComesTooLate);
    }

    /// <summary>Any row of steps with the wait somewhere in it, changed anywhere: what runs after the move is what stands behind the wait in the new version.</summary>
    [Fact]
    public void However_a_version_was_changed_only_what_lies_ahead_of_the_wait_runs()
    {
        var steps = Gen.Int[0, 30].Select(n => $"s{n}").List[0, 8].Select(names => names.Distinct().ToList());
        Gen.Select(steps, steps, steps, steps).Sample((ahead, behind, aheadNow, behindNow) =>
        {
            List<string> first = [.. ahead, "*wait", .. behind.Except(ahead)];
            List<string> second = [.. aheadNow, "*wait", .. behindNow.Except(aheadNow)];
            var (before, state) = Waiting(string.Join(' ', first));
            var after = Flow(string.Join(' ', second));

            var move = new MoveInstance(before, after).Plan(state, Morning);

            if (behindNow.Except(aheadNow).Intersect(ahead).Any())
            {
                Assert.False(move.IsPossible);
                Assert.Contains(move.Findings, finding => finding.Code == "done-step-lies-ahead");
                return;
            }

            Assert.True(move.IsPossible);
            var then = GoOn(after, move.State!);
            Assert.Equal(behindNow.Except(aheadNow), then.Lines);
            Assert.Equal(WorkflowSubStatus.Finished, then.State.SubStatus);
        });
    }

    private static (CompiledWorkflow Workflow, InstanceState State) Waiting(string steps)
    {
        var workflow = Flow(steps);
        return (workflow, WorkflowRuntime.Start(workflow, new StartWorkflow { InstanceId = Guid.Parse("0195600a-0000-7000-8000-000000000001"), Now = Morning, NewId = Guid.CreateVersion7 }).State);
    }

    private static Burst GoOn(CompiledWorkflow workflow, InstanceState state) =>
        WorkflowRuntime.Resume(workflow, state, new ResumeBookmark { ActivityId = "wait", Now = Morning, NewId = Guid.CreateVersion7 });

    /// <param name="row">Steps one after the other; a star marks one that waits for an event, the others write their name.</param>
    /// <param name="links">More connections, written <c>from&gt;to</c>; steps that they name are added.</param>
    /// <param name="texts">What steps write instead of their name.</param>
    private static CompiledWorkflow Flow(string row, string links = "", string texts = "")
    {
        string[] steps = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var connections = steps.Zip(steps.Skip(1), (from, to) => (From: from.TrimStart('*'), To: to.TrimStart('*')))
            .Concat(links.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(link => (From: link.Split('>')[0], To: link.Split('>')[1])))
            .ToList();
        var added = connections.SelectMany(link => new[] { link.From, link.To }).Except(steps.Select(step => step.TrimStart('*'))).Distinct();
        var written = texts.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(text => text.Split('=')[0], text => text.Split('=')[1]);
        var activities = steps.Concat(added).Select(step => step.StartsWith('*')
            ? $$"""{ "id": "{{step[1..]}}", "type": "Elsa.Event", "version": 1, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "{{step[1..]}}" } } }"""
            : $$"""{ "id": "{{step}}", "type": "Elsa.WriteLine", "version": 1, "metadata": { "displayText": "{{step}}" }, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "{{written.GetValueOrDefault(step, step)}}" } } }""");
        var json = $$"""
            { "id": "{{Math.Abs((row + links + texts).GetHashCode(StringComparison.Ordinal))}}", "definitionId": "d", "version": 1,
              "root": { "id": "root", "type": "Elsa.Flowchart", "version": 1,
                "activities": [ {{string.Join(", ", activities)}} ],
                "connections": [ {{string.Join(", ", connections.Select(link => $$"""{ "source": { "activity": "{{link.From}}", "port": "Done" }, "target": { "activity": "{{link.To}}", "port": "In" } }"""))}} ] } }
            """;
        return CompiledWorkflow.Compile(WorkflowDefinition.Parse(json).Required);
    }
}
