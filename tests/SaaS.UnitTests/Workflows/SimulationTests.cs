using NodaTime;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Simulation;
using SaaS.Workflows.Values;
using Xunit;

namespace SaaS.UnitTests.Workflows;

/// <summary>A definition over many firms.</summary>
public sealed class SimulationTests
{
    private const string Definition = """
        {
          "id": "v1", "definitionId": "small", "version": 1,
          "inputs": [{ "name": "Application", "type": "Object" }],
          "variables": [{ "id": "verdict", "name": "verdict", "typeName": "String" }, { "id": "tier", "name": "tier", "typeName": "String" }, { "id": "reasons", "name": "reasons", "typeName": "Object" }],
          "root": { "id": "root", "type": "Elsa.Flowchart", "version": 1,
            "activities": [
              { "id": "small", "type": "Elsa.FlowDecision", "version": 1, "condition": { "typeName": "Boolean", "expression": { "type": "JavaScript", "value": "getApplication().firm.employees < 50 && setVariable('verdict', 'Eligible') === undefined && setVariable('tier', 'BASIC') === undefined" } } },
              { "id": "wait", "type": "Elsa.Event", "version": 1, "eventName": "Later" },
              { "id": "no", "type": "Elsa.SetVariable", "version": 1, "variable": { "id": "verdict" }, "value": "Ineligible" } ],
            "connections": [
              { "source": { "activity": "small", "port": "True" }, "target": { "activity": "wait" } },
              { "source": { "activity": "small", "port": "False" }, "target": { "activity": "no" } } ] }
        }
        """;

    [Fact]
    public void Who_passes_is_counted_the_same_on_one_thread_and_on_two()
    {
        var workflow = CompiledWorkflow.Compile(WorkflowDefinition.Parse(Definition).Required);
        var now = Instant.FromUtc(2025, 3, 4, 0, 0);
        var row = FirmRow.FromHeader("id,employees,municipality");
        var (alone, first, second) = (new SimulationTally(workflow, now), new SimulationTally(workflow, now), new SimulationTally(workflow, now));

        for (var i = 0; i < 100; i++)
        {
            var application = row.ReadCsv($"f{i},{i},46110");
            alone.Add(application, i);
            (i % 2 == 0 ? first : second).Add(application, i);
        }

        first.Add(second);
        Assert.Equal(50, alone.Passed);
        Assert.Equal(alone.ToValue(), first.ToValue());
        Assert.Equal(Value.From(50), alone.ToValue()["tiers"]["BASIC"]);
    }

    [Fact]
    public void A_cell_with_a_comma_is_quoted_and_a_missing_one_is_a_missing_fact()
    {
        var application = FirmRow.FromHeader("id,solution,employees,banned,equipment").ReadCsv("\"a, b\",,12,true,MetalDetector;XRay");

        Assert.Equal("a, b", application["firm"]["id"].Text);
        Assert.Equal(ValueKind.Undefined, application["solution"].Kind);
        Assert.Equal(12, application["firm"]["employees"].Whole);
        Assert.True(application["firm"]["banned"].IsTrue);
        Assert.Equal(2, application["equipment"].Items.Length);
    }
}
