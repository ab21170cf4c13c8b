using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.UnitTests.Programmes;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Simulation;
using Xunit;

namespace SaaS.UnitTests.Workflows;

/// <summary>A draft and the published version over the same firms, before anything is published.</summary>
public sealed class VersionSimulationTests
{
    private const string Food = "tenants/jeonnam/programmes/food-2025.json";
    private static readonly Instant Now = Instant.FromUtc(2025, 3, 4, 0, 0);

    [Fact]
    public void A_region_of_made_up_firms_is_always_the_same_and_a_larger_one_begins_with_the_smaller()
    {
        var (small, large) = (Text(100), Text(1_000));

        Assert.Equal(small, Text(100));
        Assert.StartsWith(small, large, StringComparison.Ordinal);
        Assert.Equal(1_001, large.Count(letter => letter == '\n'));
        Assert.Equal(1_000, large.Split('\n').Skip(1).Select(line => line.Split(',')[0]).Where(id => id.Length > 0).Distinct().Count());
    }

    [Fact]
    public void The_firms_of_a_region_lie_in_its_municipalities_and_ask_for_the_programmes_tiers()
    {
        var run = Run(Compile(), null);

        Assert.Equal(1_000, run.Draft.Firms);
        Assert.InRange(run.Draft.Passed, 1, 999);
        Assert.Equal(run.Draft.Passed, run.Draft.Tiers.Values.Sum());
        Assert.Equal(1_000, run.Draft.Verdicts.Values.Sum());
        Assert.Equal(["46110", "46170"], run.Draft.ByMunicipality.Select(place => place.Code).Order());
        Assert.Equal(run.Draft.Won[Funder.Municipality], run.Draft.ByMunicipality.Sum(place => place.Won[Funder.Municipality]));
        Assert.Equal(run.Draft.Won.Values.Sum(), run.Draft.ByTier.Sum(tier => tier.Won.Values.Sum()));
    }

    [Fact]
    public void Made_up_firms_hand_in_the_programmes_documents_and_nothing_that_a_rule_asks_of_them_is_missing()
    {
        var rules = """
            [{ "code": "PLAN", "field": "documents", "operator": "contains", "value": ["PLAN"], "ko": "계획서", "en": "plan" },
             { "code": "ROBOT", "field": "equipment", "operator": "notContains", "value": ["Robot"], "ko": "로봇 제외", "en": "no robot" },
             { "code": "DONE", "field": "firm.completedTiers", "operator": "notContains", "value": ["OTHER"], "ko": "완료", "en": "completed" },
             { "code": "YEAR", "field": "firm.tiersThisYear", "operator": "notContains", "value": ["BASIC"], "ko": "올해", "en": "this year" },
             { "code": "LAST", "field": "firm.yearsWithoutSameAward", "operator": "ge", "value": 3, "ko": "3년", "en": "3 years" },
             { "code": "EVER", "field": "firm.yearsWithoutAward", "operator": "ge", "value": 3, "ko": "3년", "en": "3 years" },
             { "code": "MONEY", "field": "firm.granted", "operator": "le", "value": 0, "ko": "지원금", "en": "money" },
             { "code": "CENTRE", "field": "firm.grantedInTier.National", "operator": "le", "value": 0, "ko": "국비", "en": "money" },
             { "code": "PROVINCE", "field": "firm.grantedInTier.Province", "operator": "le", "value": 0, "ko": "도비", "en": "money" },
             { "code": "CITY", "field": "firm.grantedInTier.Municipality", "operator": "le", "value": 0, "ko": "시비", "en": "money" },
             { "code": "LARGE", "field": "firm.grantedInTier.LeadFirm", "operator": "le", "value": 0, "ko": "주관", "en": "money" },
             { "code": "KIND", "field": "firmInKind", "operator": "le", "value": 0, "ko": "현물", "en": "in kind" },
             { "code": "AWARD", "field": "award.nationalGrant", "operator": "gt", "value": 0, "ko": "선정", "en": "award" },
             { "code": "LEAD", "field": "leadFirm.tenant", "operator": "ne", "value": "", "ko": "주관기업", "en": "lead firm" }]
            """;
        var draft = Compile(definition => definition["root"]!["activities"]!.AsArray().Single(activity => activity!["id"]!.GetValue<string>() == "check")!["rules"] = JsonNode.Parse(rules));
        var outline = ProgrammeOutline.Read(draft);
        Assert.True(outline.Asks("award") && outline.Asks("leadFirm.tenant") && outline.Asks("documents") && !outline.Asks("supplier"));
        var region = new SyntheticRegion("46", ["46110"], "C10", [.. outline.Tiers.Select(tier => tier.Tier)], WithLeadFirm: true, WithAward: true, Documents: [.. outline.Documents.Select(document => document.Code)]);

        var figures = VersionSimulation.Run(
            draft, null, SimulationPolicy.Approved, Now, FirmSource.Of(SyntheticFirms.Write(region, 500), FirmFormat.Csv), new SimulationPace(2, null), TestContext.Current.CancellationToken).Draft;

        Assert.Equal(["Eligible"], figures.Verdicts.Keys);
        Assert.Equal(500, figures.Verdicts["Eligible"]);
    }

    [Fact]
    public void Firms_at_the_margin_are_told_nearest_first_with_what_would_let_them_pass()
    {
        var near = Run(Compile(), null).Draft.Near;

        Assert.NotEmpty(near);
        Assert.Equal(near.Select(firm => firm.Distance).Order(), near.Select(firm => firm.Distance));
        Assert.All(near, firm => Assert.False(string.IsNullOrEmpty(firm.Nearest.Ko) || string.IsNullOrEmpty(firm.Nearest.En)));
    }

    [Fact]
    public void A_draft_that_changes_nothing_changes_nothing_for_any_firm()
    {
        var run = Run(Compile(), Compile());

        Assert.True(run.Difference!.IsNone);
        Assert.Equal(0, run.Difference.Public);
    }

    [Fact]
    public void A_lower_ceiling_takes_exactly_the_firms_that_lie_above_it_and_the_difference_in_won_is_that_of_the_sums()
    {
        var run = Run(Compile(definition => TierOf(definition)["totalCostMax"] = 60_000_000), Compile());

        var difference = run.Difference!;
        Assert.Equal(run.Published!.Supported - run.Draft.Supported, difference.NoLongerSupported - difference.NewlySupported);
        Assert.True(difference.NoLongerSupported > 0);
        Assert.Equal(Public(run.Draft) - Public(run.Published), difference.Public);
        Assert.Equal(10, difference.LosingFirms.Count);
    }

    [Fact]
    public void Lists_of_different_firms_are_not_compared()
    {
        var one = new OutcomeList();
        _ = FirmSimulation.Run(new SimulationPlan(Compile(), SimulationPolicy.Approved, Now), new MemoryStream(Firms(1)), FirmFormat.Csv, one.Add, TestContext.Current.CancellationToken);

        Assert.Throws<ArgumentException>(() => VersionDifference.Between(one, new OutcomeList()));
    }

    [Fact]
    public void It_tells_how_far_it_is_until_both_versions_have_run_all_firms()
    {
        var told = new Told();

        Run(Compile(), Compile(), told);

        Assert.Equal(2_000, told.Most);
    }

    [Fact]
    public void It_ends_when_it_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        var told = new Told { At = 1_000, Then = stop.Cancel };

        Assert.ThrowsAny<OperationCanceledException>(() => VersionSimulation.Run(
            Compile(), Compile(), SimulationPolicy.Approved, Now, FirmSource.Of(Firms(20_000), FirmFormat.Csv), SimulationPace.BesideOthers(told), stop.Token));
        Assert.InRange(told.Most, 1_000, 20_000);
    }

    private static VersionSimulation Run(CompiledWorkflow draft, CompiledWorkflow? published, IProgress<long>? progress = null) => VersionSimulation.Run(
        draft, published, SimulationPolicy.Approved, Now, FirmSource.Of(Firms(1_000), FirmFormat.Csv), new SimulationPace(2, progress), TestContext.Current.CancellationToken);

    private static long Public(SimulationFigures figures) => figures.Won.Where(part => part.Key != Funder.Firm).Sum(part => part.Value);

    private static byte[] Firms(int count) =>
        SyntheticFirms.Write(new SyntheticRegion("46", ["46110", "46170"], "C10", [.. ProgrammeOutline.Read(Definition()).Tiers.Select(tier => tier.Tier)]), count);

    private static string Text(int count) => Encoding.UTF8.GetString(Firms(count));

    private static CompiledWorkflow Compile(Action<JsonNode>? change = null) => CompiledWorkflow.Compile(Definition(change));

    private static WorkflowDefinition Definition(Action<JsonNode>? change = null)
    {
        var root = JsonNode.Parse(ShippedProgrammes.Text(Food))!;
        change?.Invoke(root);
        return WorkflowDefinition.Parse(root.ToJsonString()).Required;
    }

    private static JsonNode TierOf(JsonNode definition) =>
        definition["root"]!["activities"]!.AsArray().Single(activity => activity!["id"]!.GetValue<string>() == "tier")!["tiers"]![0]!;

    private sealed class Told : IProgress<long>
    {
        private long most;

        public long Most => Volatile.Read(ref most);

        public long At { get; init; } = long.MaxValue;

        public Action? Then { get; init; }

        public void Report(long value)
        {
            Interlocked.Exchange(ref most, Math.Max(most, value));
            if (value >= At)
            {
                Then?.Invoke();
            }
        }
    }
}
