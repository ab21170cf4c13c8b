using NodaTime;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Cases;

/// <summary>A tenant's worked case: an application, and what the first burst must say about it.</summary>
public static class ProgrammeCase
{
    /// <summary>One sentence for each difference between the case's <c>expected</c> and what the definition says.</summary>
    public static IReadOnlyList<string> Differences(string definition, Value @case, Instant now)
    {
        var parsed = WorkflowDefinition.Parse(definition);
        if (parsed.Definition is not { } read)
        {
            return [.. parsed.Problems.Select(problem => problem.En)];
        }

        var ids = 0;
        var burst = WorkflowRuntime.Start(CompiledWorkflow.Compile(read), new StartWorkflow
        {
            InstanceId = new Guid(0, 0, 0, new byte[8]),
            Input = Value.Object(("Application", @case["application"])),
            Now = now,
            NewId = () => new Guid(++ids, 0, 0, new byte[8]),
        });
        var differences = burst.State.Incidents.Select(incident => $"{incident.ActivityId}: {incident.Message}").ToList();
        var expected = @case["expected"];
        foreach (var key in (string[])["verdict", "tier"])
        {
            Compare(key, expected[key], burst.State.Variable(key), differences);
        }

        if (expected["reasons"].Kind == ValueKind.Array)
        {
            var codes = burst.State.Variable("reasons").Items.ToArray().Select(reason => reason["code"].Text ?? "");
            Compare("reasons", expected["reasons"], Value.From(codes), differences);
        }

        if (expected["shares"].Members is { } shares)
        {
            foreach (var (funder, won) in shares.Members)
            {
                Compare($"shares.{funder}", won, ShareOf(burst.State.Variable("shares"), funder), differences);
            }
        }

        return differences;
    }

    private static Value ShareOf(Value shares, string funder)
    {
        foreach (var part in shares["parts"].Items)
        {
            if (part["funder"].Text == funder)
            {
                return part["amount"];
            }
        }

        return Value.Undefined;
    }

    private static void Compare(string what, Value expected, Value given, List<string> differences)
    {
        if (expected.Kind != ValueKind.Undefined && expected != given)
        {
            differences.Add($"{what}: expected {expected.ToJson()}, got {given.ToJson()}");
        }
    }
}
