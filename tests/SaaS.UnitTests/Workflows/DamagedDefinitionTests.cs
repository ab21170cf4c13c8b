using System.Text.Json.Nodes;
using NodaTime;
using SaaS.Workflows.Cases;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;
using Xunit;

namespace SaaS.UnitTests.Workflows;

/// <summary>Whatever stands in a definition, there is an answer and no crash.</summary>
public sealed class DamagedDefinitionTests
{
    private static readonly string[] Replacements = ["null", "true", "-1", "1e999", "\"\"", "\"x\"", "[]", "{}", "[null]", "\"Elsa.While\"", "\"Elsa.FlowJoin\"", "\"Elsa.ExecuteWorkflow\"", "\"JavaScript\"", "\"Variable\"", "\"[1,2\""];

    [Fact]
    public void Each_value_of_real_definitions_replaced_by_something_else_is_answered()
    {
        var turn = 0;
        foreach (var definition in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Workflows", "elsa-cases.ndjson")).Where(line => line.Length > 0).Take(24).Select(line => WorkflowCase.Read(line).Definition))
        {
            var places = Places(JsonNode.Parse(definition)!).Count();
            for (var place = 0; place < places; place += 7)
            {
                var damaged = JsonNode.Parse(definition)!;
                var (parent, key) = Places(damaged).ElementAt(place);
                var replacement = JsonNode.Parse(Replacements[turn++ % Replacements.Length]);
                if (parent is JsonObject members)
                {
                    members[(string)key] = replacement;
                }
                else
                {
                    parent.AsArray()[(int)key] = replacement;
                }

                Answer(damaged.ToJsonString());
            }
        }
    }

    private static void Answer(string json)
    {
        var parsed = WorkflowDefinition.Parse(json);
        if (parsed.Definition is not { } definition)
        {
            Assert.NotEmpty(parsed.Problems);
            return;
        }

        DefinitionChecker.Check(definition);
        var burst = WorkflowRuntime.Start(CompiledWorkflow.Compile(definition), new StartWorkflow { InstanceId = Guid.Empty, Input = Value.Object(("Amount", 5)), Now = Instant.FromUnixTimeSeconds(0), NewId = Guid.NewGuid, StepBudget = 500 });
        Assert.Equal(burst.State.ToJson(), InstanceState.FromJson(burst.State.ToJson()).ToJson());
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    yield return (members, name);
                    foreach (var inner in Places(value))
                    {
                        yield return inner;
                    }
                }

                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    yield return (items, i);
                    foreach (var inner in Places(items[i]))
                    {
                        yield return inner;
                    }
                }

                break;
        }
    }
}
