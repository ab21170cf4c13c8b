using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using SaaS.Workflows.Cases;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Values;
using Xunit;

namespace SaaS.UnitTests.Workflows;

/// <summary>The recorded answers of Elsa 3 itself (elsa-cases), and definitions of our own for what those leave out, with what Elsa does (worked-cases).</summary>
public sealed class ElsaCasesTests
{
    private static readonly Instant Now = Instant.FromUtc(2025, 3, 4, 0, 0);
    private static readonly IReadOnlyList<WorkflowCase> Cases = [.. Lines("elsa-cases"), .. Lines("worked-cases")];

    public static TheoryData<string> Names => [.. Cases.Select(@case => @case.Name)];

    private static IEnumerable<WorkflowCase> Lines(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Workflows", file + ".ndjson")).Where(line => line.Length > 0).Select(WorkflowCase.Read);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_case_runs_as_Elsa_ran_it(string name)
    {
        var @case = Cases.Single(each => each.Name == name);

        Assert.Empty(CaseComparison.Differences(@case.Expected, CaseRun.Run(@case, Now, Guid.CreateVersion7)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_altered_value_is_named(string name)
    {
        var @case = Cases.Single(each => each.Name == name);
        var altered = Value.From((@case.Expected.Members ?? new ValueObject()).Copy());
        altered.Members!.Set("journal", Value.From([.. altered["journal"].Items.ToArray().SkipLast(1), Value.From("Completed:somebody else")]));

        var difference = Assert.Single(CaseComparison.Differences(altered, CaseRun.Run(@case, Now, Guid.CreateVersion7)));

        Assert.StartsWith("journal[", difference, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_definition_survives_reading_and_writing(string name)
    {
        var json = Cases.Single(each => each.Name == name).Definition;
        var unknown = JsonNode.Parse(json)!.AsObject();
        unknown["somethingNew"] = new JsonObject { ["kept"] = true };
        unknown["root"]!["somethingElse"] = 7;

        var canonical = WorkflowDefinition.Parse(unknown.ToJsonString()).Required.ToCanonicalJson();

        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(unknown.ToJsonString()).RootElement, JsonDocument.Parse(canonical).RootElement));
        Assert.Equal(canonical, WorkflowDefinition.Parse(canonical).Required.ToCanonicalJson());
    }
}
