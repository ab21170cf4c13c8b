using System.Text.Json;
using NodaTime;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;
using Xunit;

namespace SaaS.UnitTests.Workflows;

/// <summary>The JSON in which waiting instances lie in the database, for years perhaps. It may grow; what is here may not change its meaning.</summary>
public sealed class SavedInstanceTests
{
    private const string Definition = """
        {
          "id": "v1", "definitionId": "small", "version": 3,
          "inputs": [{ "name": "Application", "type": "Object", "storageDriverType": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" }],
          "variables": [
            { "id": "v_a", "name": "a", "typeName": "Int32", "value": "1", "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" },
            { "id": "v_b", "name": "b", "typeName": "Int32", "value": "1" } ],
          "root": { "id": "root", "type": "Elsa.Flowchart", "version": 1,
            "activities": [
              { "id": "set", "type": "Elsa.SetVariable", "version": 1, "variable": { "id": "v_a" }, "value": { "typeName": "Int32", "expression": { "type": "Literal", "value": "7" } } },
              { "id": "lose", "type": "Elsa.SetVariable", "version": 1, "variable": { "id": "v_b" }, "value": { "typeName": "Int32", "expression": { "type": "Literal", "value": "7" } } },
              { "id": "wait", "type": "Elsa.Event", "version": 1, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "접수" } } },
              { "id": "tell", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "getA() + ',' + getB() + ',' + getApplication().firm" } } } ],
            "connections": [
              { "source": { "activity": "set", "port": "Done" }, "target": { "activity": "lose", "port": "In" } },
              { "source": { "activity": "lose", "port": "Done" }, "target": { "activity": "wait", "port": "In" } },
              { "source": { "activity": "wait", "port": "Done" }, "target": { "activity": "tell", "port": "In" } } ] }
        }
        """;

    private const string Saved = """
        {"v":1,"id":"0195600a-0000-7000-8000-000000000001","definition":"small","versionId":"v1","version":3,"correlation":"2025-0001","status":"Suspended","input":{"Application":{"firm":"대성정밀"}},"variables":{"a":7,"b":7},"bookmarks":[{"id":"0195600a-0000-7000-8000-000000000002","name":"Elsa.Event","hash":"C192247355347DB12715CE6CD44C7FE364214B6A9C29ED17F42763BD3B961B51","payload":{"eventName":"접수"},"activity":"wait","instance":5,"created":"2025-03-04T00:00:00Z"}],"created":"2025-03-04T00:00:00Z","updated":"2025-03-04T00:00:00Z","bursts":1,"last":5,"activities":[{"n":5,"p":2,"node":"Workflow1:root:wait","status":"Running"},{"n":2,"p":1,"node":"Workflow1:root","status":"Running","pending":["Workflow1:root:wait"],"visits":[1,1,0,0],"passes":[1,1,0],"followed":[1,1,0]},{"n":1,"node":"Workflow1","status":"Running","pending":["Workflow1:root"]}]}
        """;

    private static readonly CompiledWorkflow Workflow = CompiledWorkflow.Compile(WorkflowDefinition.Parse(Definition).Required);
    private static readonly Instant Morning = Instant.FromUtc(2025, 3, 4, 0, 0);

    [Fact]
    public void A_waiting_instance_is_saved_in_this_shape()
    {
        var burst = WorkflowRuntime.Start(Workflow, new StartWorkflow
        {
            InstanceId = Guid.Parse("0195600a-0000-7000-8000-000000000001"),
            CorrelationId = "2025-0001",
            Input = Value.Parse("""{ "Application": { "firm": "대성정밀" } }"""),
            Now = Morning,
            NewId = () => Guid.Parse("0195600a-0000-7000-8000-000000000002"),
        });

        Assert.Equal(Saved.Trim(), burst.State.ToJson());
    }

    [Fact]
    public void An_instance_of_that_shape_goes_on_with_what_its_definition_keeps()
    {
        var burst = WorkflowRuntime.Resume(Workflow, InstanceState.FromJson(Saved), new ResumeBookmark { ActivityId = "wait", Now = Morning, NewId = Guid.NewGuid });

        Assert.Equal(["7,1,대성정밀"], burst.Lines);
        Assert.Equal(WorkflowSubStatus.Finished, burst.State.SubStatus);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "v": 2 }""")]
    [InlineData("[]")]
    [InlineData("7")]
    public void What_is_no_instance_is_refused(string json) => Assert.Throws<FormatException>(() => InstanceState.FromJson(json));

    [Theory]
    [InlineData("")]
    [InlineData("""{ "v": 1, "bookmarks": [{ """)]
    [InlineData("""{ "v": 1 } , 2""")]
    public void What_is_cut_off_or_goes_on_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => InstanceState.FromJson(json));

    [Fact]
    public void What_a_later_version_wrote_in_addition_is_passed_over()
    {
        var grown = Saved.Replace("\"last\":5", "\"last\":5,\"later\":{\"list\":[1,{\"deep\":true}]}", StringComparison.Ordinal)
            .Replace("\"n\":5", "\"n\":5,\"later\":[[]]", StringComparison.Ordinal);

        Assert.Equal(Saved.Trim(), InstanceState.FromJson(grown).ToJson());
    }
}
