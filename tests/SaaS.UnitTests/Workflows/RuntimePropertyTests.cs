using CsCheck;
using NodaTime;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;
using Xunit;

namespace SaaS.UnitTests.Workflows;

/// <summary>What must hold for any definition, however odd.</summary>
public sealed class RuntimePropertyTests
{
    private const string Kept = "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core";
    private static readonly string[] StandingStill = ["missing-body", "fork-may-strand", "continues-with-incidents"];
    private static readonly Instant Morning = Instant.FromUtc(2025, 3, 4, 0, 0);

    private static readonly Gen<Value> Expressions = Gen.OneOf(((string[])[
        "getVariable('n') + 1", "getVariable('n') * getAmount()", "'t' + getVariable('n')", "getAmount() > 2", "getVariable('n') % 3 == 0", "variables.n.x.y", "getAmount() ? [1, 2] : ({ a: 1 })"]).Select(text => Gen.Const<Value>(text)).ToArray());

    private static readonly Gen<Func<string, Value>> Simple = Gen.OneOf(
        Expressions.Select<Value, Func<string, Value>>(text => id => Activity(id, "Elsa.WriteLine", ("text", JavaScript("String", text)))),
        Expressions.Select<Value, Func<string, Value>>(value => id => Activity(id, "Elsa.SetVariable", ("variable", Value.Object(("id", "v_n"))), ("value", JavaScript("Object", value)))),
        Expressions.Select<Value, Func<string, Value>>(condition => id => Activity(id, "Elsa.FlowDecision", ("condition", JavaScript("Boolean", condition)))),
        Gen.Int[0, 2].Select<int, Func<string, Value>>(mode => id => Activity(id, "Elsa.FlowJoin", ("mode", Literal("FlowJoinMode", ((string[])["WaitAny", "WaitAll", "WaitAllActive"])[mode])))),
        Gen.Const<Func<string, Value>>(id => Activity(id, "Elsa.FlowFork", ("branches", Value.Object(("typeName", "String[]"), ("expression", Value.Object(("type", "Object"), ("value", "[\"A\",\"B\"]"))))))),
        Gen.Const<Func<string, Value>>(id => Activity(id, "Elsa.Event", ("eventName", Literal("String", "E")))),
        Gen.Const<Func<string, Value>>(id => Activity(id, "Elsa.Delay", ("timeSpan", Literal("TimeSpan", "00:05:00")))),
        Gen.Const<Func<string, Value>>(id => Activity(id, "Elsa.Fault", ("message", Literal("String", "no")))),
        Gen.Const<Func<string, Value>>(id => Activity(id, "Elsa.End")),
        Gen.Const<Func<string, Value>>(id => Activity(id, "Elsa.Sequence", ("activities", Value.From([Activity(id + "a", "Elsa.WriteLine"), Activity(id + "b", "Elsa.Event", ("eventName", Literal("String", "S"))), Activity(id + "c", "Elsa.Break")])))),
        Gen.Const<Func<string, Value>>(id => Activity(id, "Elsa.Parallel", ("activities", Value.From([Activity(id + "a", "Elsa.Event", ("eventName", Literal("String", "P"))), Activity(id + "b", "Elsa.WriteLine")])))),
        Gen.Bool.Select<bool, Func<string, Value>>(any => id => Activity(id, "Elsa.Fork", ("joinMode", any ? "WaitAny" : "WaitAll"), ("branches", Value.From([Activity(id + "a", "Elsa.WriteLine"), Activity(id + "b", "Elsa.Event", ("eventName", Literal("String", "B"))), Activity(id + "c", "Elsa.WriteLine")])))),
        Gen.Const<Func<string, Value>>(id => Activity(id, "Elsa.For", ("end", Literal("Int32", "2")))),
        Gen.Const<Func<string, Value>>(id => Activity(id, "Elsa.ForEach", ("items", Value.Object(("typeName", "Object[]"), ("expression", Value.Object(("type", "Object"), ("value", "[1,2]"))))), ("body", Activity(id + "a", "Elsa.Event", ("eventName", Literal("String", "F")))))));

    private static readonly Gen<string> Ports = Gen.OneOf(((string[])["Done", "True", "False", "A", "B"]).Select(Gen.Const).ToArray());

    private static readonly Gen<string> Definitions =
        from activities in Simple.Array[1, 9]
        from connections in Gen.Select(Gen.Int[0, 8], Ports, Gen.Int[0, 8]).Array[0, 14]
        select Definition(activities, connections);

    [Fact]
    public void Any_workflow_ends_or_waits_for_something_or_is_named_by_the_checker() => Definitions.Sample(json =>
    {
        var definition = WorkflowDefinition.Parse(json).Required;
        var workflow = CompiledWorkflow.Compile(definition);
        var burst = Start(workflow);
        for (var i = 0; i < 30 && burst.State is { Status: WorkflowStatus.Running, Bookmarks: [var next, ..] }; i++)
        {
            burst = Resume(workflow, burst.State, next.Id);
        }

        return !burst.State.IsStuck || DefinitionChecker.Check(definition).Any(problem => StandingStill.Contains(problem.Code));
    }, iter: 2_000);

    [Fact]
    public void A_workflow_that_stands_still_is_named_by_the_checker()
    {
        var definition = WorkflowDefinition.Parse(Definition(
            [id => Activity(id, "Elsa.Fork", ("joinMode", "WaitAny"), ("branches", Value.From([Activity("one", "Elsa.WriteLine"), Activity("two", "Elsa.WriteLine")])))],
            [])).Required;

        Assert.True(Start(CompiledWorkflow.Compile(definition)).State.IsStuck);
        Assert.Contains(DefinitionChecker.Check(definition), problem => problem.Code == "fork-may-strand");
    }

    [Fact]
    public void A_step_is_a_pure_function_of_what_it_is_given() => Definitions.Sample(json =>
    {
        var workflow = CompiledWorkflow.Compile(WorkflowDefinition.Parse(json).Required);
        var (first, second) = (Start(workflow), Start(workflow));

        return Same(first, second) && RunOut(workflow, first, restore: state => state) == RunOut(workflow, second, restore: state => state);
    }, iter: 1_000);

    [Fact]
    public void Saving_and_loading_between_bursts_changes_nothing() => Definitions.Sample(json =>
    {
        var workflow = CompiledWorkflow.Compile(WorkflowDefinition.Parse(json).Required);
        var burst = Start(workflow);
        var saved = burst.State.ToJson();

        return InstanceState.FromJson(saved).ToJson() == saved
            && RunOut(workflow, burst, restore: state => state) == RunOut(workflow, burst, restore: state => InstanceState.FromJson(state.ToJson()));
    }, iter: 1_000);

    [Fact]
    public void Resuming_twice_changes_nothing_the_second_time() => Definitions.Sample(json =>
    {
        var workflow = CompiledWorkflow.Compile(WorkflowDefinition.Parse(json).Required);
        var burst = Start(workflow);
        if (burst.State.Bookmarks.Count == 0 || burst.State.Status == WorkflowStatus.Finished)
        {
            return true;
        }

        var bookmark = burst.State.Bookmarks[0].Id;
        var before = burst.State.ToJson();
        var once = Resume(workflow, burst.State, bookmark);
        var twice = Resume(workflow, once.State, bookmark);

        return twice.Refusal is not null && ReferenceEquals(twice.State, once.State) && burst.State.ToJson() == before;
    }, iter: 1_000);

    [Fact]
    public void A_cancelled_instance_waits_for_nothing_and_cannot_be_resumed() => Definitions.Sample(json =>
    {
        var workflow = CompiledWorkflow.Compile(WorkflowDefinition.Parse(json).Required);
        var burst = Start(workflow);
        if (burst.State.Status == WorkflowStatus.Finished)
        {
            return WorkflowRuntime.Cancel(workflow, burst.State, Morning).Refusal == ResumeRefusal.Finished;
        }

        var cancelled = WorkflowRuntime.Cancel(workflow, burst.State, Morning);
        return cancelled.State is { SubStatus: WorkflowSubStatus.Cancelled, Bookmarks.Count: 0 }
            && cancelled.Burned.Count == burst.State.Bookmarks.Count
            && burst.State.Bookmarks.All(bookmark => Resume(workflow, cancelled.State, bookmark.Id).Refusal == ResumeRefusal.Finished);
    }, iter: 500);

    [Fact]
    public void A_cycle_that_never_waits_is_stopped_and_named()
    {
        var definition = WorkflowDefinition.Parse(Definition(
            [id => Activity(id, "Elsa.WriteLine"), id => Activity(id, "Elsa.WriteLine")],
            [(0, "Done", 1), (1, "Done", 0)])).Required;

        var burst = Start(CompiledWorkflow.Compile(definition));

        Assert.Equal(WorkflowSubStatus.Faulted, burst.State.SubStatus);
        Assert.Equal("a0", burst.StoppedAt);
        Assert.Contains("'a0'", Assert.Single(burst.State.Incidents).Message, StringComparison.Ordinal);
        Assert.Contains(DefinitionChecker.Check(definition), problem => problem.Code == "endless-cycle");
    }

    private static string RunOut(CompiledWorkflow workflow, Burst burst, Func<InstanceState, InstanceState> restore)
    {
        var trace = Trace(burst);
        for (var i = 0; i < 8 && burst.State.Bookmarks.Count > 0 && burst.State.Status == WorkflowStatus.Running; i++)
        {
            burst = Resume(workflow, restore(burst.State), burst.State.Bookmarks[i % burst.State.Bookmarks.Count].Id);
            trace += Trace(burst);
        }

        return trace;
    }

    private static bool Same(Burst first, Burst second) => Trace(first) == Trace(second);

    private static string Trace(Burst burst) => $"{string.Join(' ', burst.Journal.Select(entry => $"{entry}{string.Join(',', entry.Outcomes)}"))}|{string.Join('|', burst.Lines)}|{burst.State.ToJson()}\n";

    private static Burst Start(CompiledWorkflow workflow) => WorkflowRuntime.Start(workflow, new StartWorkflow
    {
        InstanceId = Guid.Empty,
        Input = Value.Object(("Amount", 3)),
        Now = Morning,
        NewId = Ids(0),
        StepBudget = 300,
    });

    private static Burst Resume(CompiledWorkflow workflow, InstanceState state, Guid bookmark) => WorkflowRuntime.Resume(workflow, state, new ResumeBookmark
    {
        BookmarkId = bookmark,
        Input = Value.Object(("__EventPayloadWorkflowInput", Value.Object(("ok", true)))),
        Now = Morning,
        NewId = Ids(state.Bursts),
        StepBudget = 300,
    });

    private static Func<Guid> Ids(int burst)
    {
        var next = 0;
        return () => new Guid(burst, (short)(++next >> 16), (short)next, new byte[8]);
    }

    private static string Definition(Func<string, Value>[] activities, (int From, string Port, int To)[] connections) => Value.Object(
        ("id", "v1"), ("definitionId", "any"), ("version", 1),
        ("inputs", Value.From([Value.Object(("name", "Amount"), ("type", "Int32"), ("storageDriverType", Kept))])),
        ("variables", Value.From([Value.Object(("id", "v_n"), ("name", "n"), ("typeName", "Object"), ("value", "2"), ("storageDriverTypeName", Kept))])),
        ("root", Activity(
            "root",
            "Elsa.Flowchart",
            ("activities", Value.From([.. activities.Select((make, i) => make($"a{i}"))])),
            ("connections", Value.From([.. connections.Where(c => c.From < activities.Length && c.To < activities.Length).Select(c => Value.Object(
                ("source", Value.Object(("activity", $"a{c.From}"), ("port", c.Port))),
                ("target", Value.Object(("activity", $"a{c.To}"), ("port", "In")))))]))))).ToJson();

    private static Value Activity(string id, string type, params (string, Value)[] members) => Value.Object([("id", id), ("type", type), ("version", 1), .. members]);

    private static Value JavaScript(string type, Value source) => Value.Object(("typeName", type), ("expression", Value.Object(("type", "JavaScript"), ("value", source))));

    private static Value Literal(string type, Value value) => Value.Object(("typeName", type), ("expression", Value.Object(("type", "Literal"), ("value", value))));
}
