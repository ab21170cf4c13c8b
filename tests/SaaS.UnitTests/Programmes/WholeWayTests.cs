using SaaS.Workflows.Checking;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;
using Xunit;

namespace SaaS.UnitTests.Programmes;

/// <summary>The way of a case through the shipped programmes, from application to the end.</summary>
public sealed class WholeWayTests
{
    internal static readonly Dictionary<string, string> Good = new()
    {
        ["application"] = "Accepted",
        ["evaluation"] = "Selected",
        ["reservation"] = "Reserved",
        ["commitment"] = "Committed",
        ["agreement"] = "Signed",
        ["disbursement"] = "Paid",
        ["inspection"] = "Passed",
    };

    public static TheoryData<string> Programmes() => [.. ShippedProgrammes.Paths];

    [Theory]
    [MemberData(nameof(Programmes))]
    public void A_shipped_programme_has_no_problem(string path)
        => Assert.Empty(DefinitionChecker.Check(ShippedProgrammes.Definition(path)).Select(problem => $"{problem.Pointer}: {problem.Code}: {problem.En}"));

    [Fact]
    public void Jeonnam_advanced_asks_for_the_national_share_and_pays_three_tranches()
        => Assert.Equal(
            [
                "application", "evaluation", "reservation", "commitment", "commitment", "agreement",
                "disbursement", "inspection", "disbursement", "inspection", "disbursement",
            ],
            Walk("ADV", out _, equipment: "MetalDetector"));

    [Fact]
    public void Jeonnam_basic_needs_no_national_share()
        => Assert.DoesNotContain("reservation", Walk("BASIC", out _));

    [Fact]
    public void A_case_that_went_well_ends_completed()
    {
        Walk("BASIC", out var end);

        Assert.Equal("Completed", end);
    }

    [Theory]
    [InlineData("application", "Rejected", "Rejected")]
    [InlineData("evaluation", "NotSelected", "NotSelected")]
    [InlineData("reservation", "Refused", "Refused")]
    [InlineData("commitment", "Refused", "Refused")]
    [InlineData("agreement", "Declined", "Declined")]
    [InlineData("inspection", "Failed", "Failed")]
    [InlineData("disbursement", "Stopped", "Failed")]
    public void A_no_at_any_stage_ends_the_case_with_its_result(string stage, string outcome, string result)
    {
        Walk("ADV", out var end, equipment: "MetalDetector", (stage, outcome));

        Assert.Equal(result, end);
    }

    private static List<string> Walk(string tier, out string? end, string? equipment = null, (string Stage, string Outcome)? no = null)
    {
        var workflow = ShippedProgrammes.Compile("tenants/jeonnam/programmes/food-2025.json");
        var application = Value.Object(
            ("totalCost", 100_000_000d),
            ("requestedTier", tier),
            ("equipment", equipment is null ? Value.From(Array.Empty<Value>()) : Value.From([equipment])),
            ("firm", Value.Parse("""{ "employees": 40, "revenue": 1, "ksic": "C10", "banned": false }""")),
            ("facility", Value.Parse("""{ "region": "46", "municipality": "46170" }""")),
            ("supplier", Value.Parse("""{ "id": "s", "registered": true }""")));
        var stages = new List<string>();
        end = null;

        var burst = ShippedProgrammes.Start(workflow, application);
        while (burst.State.SubStatus == WorkflowSubStatus.Suspended)
        {
            var stage = Assert.Single(burst.State.Bookmarks).Payload["stage"].Text!;
            stages.Add(stage);
            burst = ShippedProgrammes.Answer(workflow, burst.State, no is { } refused && refused.Stage == stage ? refused.Outcome : Good[stage]);
            end = burst.Effects.Where(effect => effect.Kind == "close").Select(effect => effect.Payload["result"].Text).SingleOrDefault();
        }

        Assert.Empty(burst.State.Incidents.Select(incident => incident.Message));
        Assert.Equal(WorkflowSubStatus.Finished, burst.State.SubStatus);
        return stages;
    }
}
