using NodaTime;
using SaaS.Workflows.Activities.Elsa;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;
using Xunit;

namespace SaaS.UnitTests.Workflows;

/// <summary>What the recorded cases do not cover, decided by Elsa's public source.</summary>
public sealed class ElsaActivitiesTests
{
    private static readonly Instant Morning = Instant.FromUtc(2025, 3, 4, 0, 0);

    [Fact]
    public void A_bookmark_is_hashed_as_Elsa_hashes_it() =>
        Assert.StartsWith("996520D71ED2902A", BookmarkHash.Of("Elsa.Event", Value.Object(("eventName", "Paid")), null), StringComparison.Ordinal);

    [Fact]
    public void A_workflow_used_as_an_activity_takes_inputs_gives_outputs_and_completes_with_its_outcome()
    {
        var used = Definition("""
            "definitionId": "double", "options": { "usableAsActivity": true }, "inputs": [{ "name": "Number", "type": "Int32" }], "outputs": [{ "name": "Twice", "type": "Int32" }], "outcomes": ["Even", "Odd"],
            "root": { "id": "seq", "type": "Elsa.Sequence", "version": 1, "activities": [
              { "id": "set", "type": "Elsa.SetOutput", "version": 1, "outputName": "Twice", "outputValue": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "getInput('Number') * 2 + getNumber() * 0" } } },
              { "id": "done", "type": "Elsa.Complete", "version": 1, "outcomes": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "getNumber() % 2 == 0 ? 'Even' : 'Odd'" } } } ] }
            """);
        var user = Definition("""
            "definitionId": "user", "variables": [{ "id": "v", "name": "v", "typeName": "Int32", "value": "0" }],
            "root": { "id": "root", "type": "Elsa.Flowchart", "version": 1,
              "activities": [
                { "id": "use", "type": "Double", "version": 1, "workflowDefinitionId": "double",
                  "number": { "typeName": "Int32", "expression": { "type": "Literal", "value": "21" } },
                  "twice": { "typeName": "Int32", "memoryReference": { "id": "v" } } },
                { "id": "odd", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "'odd ' + getV()" } } },
                { "id": "even", "type": "Elsa.WriteLine", "version": 1, "text": "even" } ],
              "connections": [
                { "source": { "activity": "use", "port": "Odd" }, "target": { "activity": "odd" } },
                { "source": { "activity": "use", "port": "Even" }, "target": { "activity": "even" } } ] }
            """);
        WorkflowResolver resolver = id => id == "double" ? CompiledWorkflow.Compile(used) : null;

        var burst = Start(CompiledWorkflow.Compile(user, resolver));

        Assert.Equal(["odd 42"], burst.Lines);
        Assert.Equal(WorkflowSubStatus.Finished, burst.State.SubStatus);
        Assert.Equal(Value.From(42), burst.State.Variable("v"));
        Assert.DoesNotContain(DefinitionChecker.Check(user, new CheckContext { Resolver = resolver }), problem => problem.Severity == Severity.Error);
    }

    [Theory]
    [InlineData("""{ "id": "do", "type": "Elsa.WriteLine", "version": 7 }""", "unknown-activity-version", "/root/activities/0/version")]
    [InlineData("""{ "id": "do", "type": "Elsa.Sequence", "activities": null }""", "null-list", "/root/activities/0/activities")]
    [InlineData("""{ "id": "do", "type": "Elsa.Fork", "joinMode": "WaitSome", "branches": [] }""", "unusable-input", "/root/activities/0/joinMode")]
    [InlineData("""{ "id": "do", "type": "Elsa.Sequence", "variables": [{ "id": "v", "name": "v", "typeName": "Money" }] }""", "unknown-type", "/root/activities/0/variables/0/typeName")]
    [InlineData("""{ "id": "do", "type": "Elsa.Sequence" }""", "unknown-type", "/variables/0/typeName")]
    public void What_Elsa_would_stumble_over_or_drop_in_silence_is_said_before_publishing(string activity, string code, string pointer)
    {
        var definition = WorkflowDefinition.Parse($$"""
            {
              "definitionId": "odd", "variables": [{ "id": "m", "name": "m", "typeName": "{{(pointer.StartsWith("/variables", StringComparison.Ordinal) ? "Money" : "Decimal")}}" }],
              "root": { "id": "root", "type": "Elsa.Sequence", "activities": [{{activity}}] }
            }
            """).Required;

        var problem = Assert.Single(DefinitionChecker.Check(definition), problem => problem.Code == code);

        Assert.Equal(Severity.Error, problem.Severity);
        Assert.Equal(pointer, problem.Pointer);
    }

    [Fact]
    public void A_workflow_that_uses_itself_is_an_unknown_activity_and_not_an_endless_one()
    {
        WorkflowDefinition? itself = null;
        itself = Definition("""
            "definitionId": "self", "root": { "id": "again", "type": "Self", "version": 1, "workflowDefinitionId": "self" }
            """);

        var burst = Start(CompiledWorkflow.Compile(itself, id => CompiledWorkflow.Compile(itself)));

        Assert.Equal(WorkflowSubStatus.Faulted, burst.State.SubStatus);
    }

    [Fact]
    public void Triggers_of_a_published_definition_are_found_with_their_hashes()
    {
        var workflow = CompiledWorkflow.Compile(Definition("""
            "definitionId": "t", "root": { "id": "root", "type": "Elsa.Flowchart", "version": 1, "activities": [
              { "id": "paid", "type": "Elsa.Event", "version": 1, "customProperties": { "canStartWorkflow": true }, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Paid" } } },
              { "id": "later", "type": "Elsa.Event", "version": 1, "eventName": "Later" },
              { "id": "out", "type": "Elsa.WriteLine", "version": 1, "text": "started" } ],
              "connections": [{ "source": { "activity": "paid", "port": "Done" }, "target": { "activity": "out", "port": "In" } }] }
            """));

        var trigger = Assert.Single(WorkflowTriggers.Of(workflow));
        var burst = WorkflowRuntime.Start(workflow, new StartWorkflow { InstanceId = Guid.Empty, Now = Morning, NewId = Guid.NewGuid, TriggerActivityId = trigger.ActivityId });

        Assert.Equal(BookmarkHash.Of("Elsa.Event", Value.Object(("eventName", "Paid")), null), trigger.Hash);
        Assert.Equal(["started"], burst.Lines);
        Assert.Equal(WorkflowSubStatus.Finished, burst.State.SubStatus);
    }

    [Theory]
    [InlineData("0 0 9 * * *", "2025-03-04T09:00:00Z")]
    [InlineData("0 */5 * * * *", "2025-03-04T00:05:00Z")]
    [InlineData("0 0 0 1 * *", "2025-04-01T00:00:00Z")]
    [InlineData("0 0 0 29 2 *", "2028-02-29T00:00:00Z")]
    [InlineData("0 30 8 * * MON-FRI", "2025-03-04T08:30:00Z")]
    [InlineData("0 0 12 ? * 7", "2025-03-09T12:00:00Z")]
    [InlineData("15,45 0 0 * JAN *", "2026-01-01T00:00:15Z")]
    public void Cron_says_when_it_is_next(string expression, string next) =>
        Assert.Equal(next, CronExpression.TryParse(expression, out _)!.Next(Morning)!.Value.ToString());

    [Theory]
    [InlineData("* * * * *")]
    [InlineData("60 * * * * *")]
    [InlineData("0 0 0 0 * *")]
    [InlineData("a b c d e f")]
    [InlineData("0 0 0 1-99999999999 * *")]
    [InlineData("*/0 * * * * *")]
    public void What_is_no_cron_expression_is_refused(string expression) => Assert.Null(CronExpression.TryParse(expression, out _));

    [Fact]
    public void A_delay_beyond_the_calendar_faults_and_harms_nothing()
    {
        var burst = Start(CompiledWorkflow.Compile(Definition("""
            "definitionId": "d", "root": { "id": "wait", "type": "Elsa.Delay", "version": 1, "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "10675199.00:00:00" } } }
            """)));

        Assert.Equal(WorkflowSubStatus.Faulted, burst.State.SubStatus);
    }

    [Fact]
    public void Five_thousand_steps_that_are_skipped_one_after_the_other_do_no_harm()
    {
        var steps = Enumerable.Range(0, 4_900).Select(i => $$"""{ "id": "s{{i}}", "type": "Elsa.WriteLine", "version": 1 }""");
        var links = Enumerable.Range(0, 4_899).Select(i => $$"""{ "source": { "activity": "s{{i}}", "port": "Done" }, "target": { "activity": "s{{i + 1}}", "port": "In" } }""");
        var workflow = CompiledWorkflow.Compile(Definition($$"""
            "definitionId": "long", "root": { "id": "root", "type": "Elsa.Flowchart", "version": 1,
              "activities": [{ "id": "d", "type": "Elsa.FlowDecision", "version": 1 }, {{string.Join(',', steps)}}],
              "connections": [{ "source": { "activity": "d", "port": "True" }, "target": { "activity": "s0", "port": "In" } }, {{string.Join(',', links)}}] }
            """));

        Assert.Equal(WorkflowSubStatus.Finished, Start(workflow).State.SubStatus);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_with_a_sentence() =>
        Assert.Equal("not-json", Assert.Single(WorkflowDefinition.Parse("""{ "root": { "id": "\ud800", "type": "Elsa.End" } }""").Problems).Code);

    private static WorkflowDefinition Definition(string members) => WorkflowDefinition.Parse($$"""{ "id": "v1", "version": 1, {{members}} }""").Required;

    private static Burst Start(CompiledWorkflow workflow) => WorkflowRuntime.Start(workflow, new StartWorkflow { InstanceId = Guid.Empty, Now = Morning, NewId = Guid.NewGuid });
}
