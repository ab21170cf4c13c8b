using NodaTime;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Migration;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;
using Xunit;

namespace SaaS.UnitTests.Workflows;

/// <summary>A faulted instance goes on from the step that failed: with the values that it failed with, and without doing again what was done.</summary>
public sealed class RetryTests
{
    private const string Bad = "getVariable('amount').no()";

    private static readonly Instant Morning = Instant.FromUtc(2025, 3, 4, 0, 0);

    [Fact]
    public void The_step_that_failed_runs_again_and_fails_again_where_nothing_changed()
    {
        var faulted = Start(Workflow(1, Bad));

        var again = Retry(Workflow(1, Bad), faulted.State);

        Assert.Equal((WorkflowSubStatus.Faulted, true), (again.State.SubStatus, again.State.CanRetry));
        Assert.Equal([(JournalEvent.Started, "tell"), (JournalEvent.Faulted, "tell")], again.Journal.Select(entry => (entry.Event, entry.ActivityId)));
        Assert.Equal("tell", Assert.Single(again.State.Incidents).ActivityId);
        Assert.Empty(again.Lines);
    }

    [Fact]
    public void Moved_to_a_version_without_the_mistake_it_goes_on_with_the_values_that_it_failed_with()
    {
        var (before, after) = (Workflow(1, Bad), Workflow(2, "getVariable('amount') + ' ' + getInput('Firm')"));
        var faulted = Start(before);
        var plan = new MoveInstance(before, after).Plan(InstanceState.FromJson(faulted.State.ToJson()), Morning);

        var again = Retry(after, plan.State!);

        Assert.Equal(["first"], faulted.Lines);
        Assert.Equal(["7 Daesung", "last"], again.Lines);
        Assert.Equal((WorkflowSubStatus.Finished, 0, false), (again.State.SubStatus, again.State.Incidents.Count, again.State.CanRetry));
        Assert.DoesNotContain(again.Journal, entry => entry.ActivityId is "first" or "set");
    }

    [Fact]
    public void An_instance_that_did_not_fault_has_nothing_to_retry()
    {
        var workflow = Workflow(1, "'fine'");
        var finished = Start(workflow);

        var refused = Retry(workflow, finished.State);

        Assert.Equal((ResumeRefusal.NothingFailed, false), (refused.Refusal!.Value, finished.State.CanRetry));
        Assert.Same(finished.State, refused.State);
    }

    [Fact]
    public void A_step_that_had_asked_for_something_outside_before_it_failed_is_not_run_again()
    {
        const string body = """
            { "id": "root", "type": "Elsa.While", "version": 1,
              "condition": { "typeName": "Boolean", "expression": { "type": "JavaScript", "value": "getVariable('again') == 1 ? getVariable('none').x : true" } },
              "body": { "id": "each", "type": "Elsa.Sequence", "version": 1, "activities": [
                { "id": "set", "type": "Elsa.SetVariable", "version": 1, "variable": { "id": "v_again" }, "value": { "typeName": "Int32", "expression": { "type": "Literal", "value": "1" } } },
                { "id": "publish", "type": "Elsa.PublishEvent", "version": 1, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Paid" } } } ] } }
            """;
        var workflow = CompiledWorkflow.Compile(WorkflowDefinition.Parse(
            $$"""{ "id": "v1", "definitionId": "loop", "version": 1, "variables": [{ "id": "v_again", "name": "again", "typeName": "Int32" }], "root": {{body}} }""").Required);
        var faulted = Start(workflow);

        var refused = Retry(workflow, InstanceState.FromJson(faulted.State.ToJson()));

        Assert.Equal((WorkflowSubStatus.Faulted, "publish"), (faulted.State.SubStatus, Assert.Single(faulted.State.Incidents).ActivityId));
        Assert.Equal(ResumeRefusal.WorkWasDone, refused.Refusal);
    }

    [Fact]
    public void Retrying_changes_nothing_of_the_state_that_it_was_given()
    {
        var workflow = Workflow(1, Bad);
        var faulted = Start(workflow).State;
        var before = faulted.ToJson();

        Retry(workflow, faulted);

        Assert.Equal(before, faulted.ToJson());
        Assert.Equal(before, InstanceState.FromJson(before).ToJson());
    }

    // Neither the variable nor the input is kept over a wait.
    private static CompiledWorkflow Workflow(int version, string expression) => CompiledWorkflow.Compile(WorkflowDefinition.Parse($$"""
        {
          "id": "v{{version}}", "definitionId": "retried", "version": {{version}},
          "inputs": [{ "name": "Firm", "type": "String" }],
          "variables": [{ "id": "v_amount", "name": "amount", "typeName": "Int32", "value": "1" }],
          "root": { "id": "root", "type": "Elsa.Sequence", "version": 1, "activities": [
            { "id": "first", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "first" } } },
            { "id": "set", "type": "Elsa.SetVariable", "version": 1, "variable": { "id": "v_amount" }, "value": { "typeName": "Int32", "expression": { "type": "Literal", "value": "7" } } },
            { "id": "tell", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": {{System.Text.Json.JsonSerializer.Serialize(expression)}} } } },
            { "id": "last", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "last" } } } ] }
        }
        """).Required);

    private static Burst Start(CompiledWorkflow workflow) => WorkflowRuntime.Start(workflow, new StartWorkflow
    {
        InstanceId = Guid.Parse("0195600a-0000-7000-8000-000000000001"),
        Input = Value.Parse("""{ "Firm": "Daesung" }"""),
        Now = Morning,
        NewId = Guid.NewGuid,
    });

    private static Burst Retry(CompiledWorkflow workflow, InstanceState state) => WorkflowRuntime.Retry(workflow, state, new RetryFaulted { Now = Morning, NewId = Guid.NewGuid });
}
