using SaaS.Domain.Money;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Designing;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Templates;
using Xunit;

namespace SaaS.UnitTests.Programmes;

/// <summary>A new programme begins with a template and four answers: who pays, which tiers, who may apply, when.</summary>
public sealed class StartTests
{
    private static readonly Dictionary<Funder, int> AsItIs = [];

    [Fact]
    public void The_templates_are_the_plain_models_an_empty_programme_and_the_23_that_were_announced()
    {
        Assert.Equal(
            ["standard", "win-win", "local-basic", "local-basic-advanced", "top-up", "award-top-up", "blank"],
            ProgrammeTemplates.All.Where(template => !template.IsAnnounced).Select(template => template.Name));
        Assert.Equal(23, ProgrammeTemplates.All.Count(template => template.IsAnnounced));
        Assert.All(ProgrammeTemplates.All, template => Assert.NotEmpty(template.Title.Ko));
        Assert.Null(ProgrammeTemplates.Find("nowhere"));
    }

    [Fact]
    public void Every_template_but_the_empty_one_is_ready_to_publish_as_it_is()
    {
        foreach (var template in ProgrammeTemplates.All.Where(template => template.Name != "blank"))
        {
            var design = Design.StartFrom(template.Definition, Answers());

            Assert.True(Errors(design).Count == 0, $"{template.Name}: {string.Join("; ", Errors(design))}");
        }
    }

    [Fact]
    public void Jeollanamdo_s_food_programme_from_the_local_template_shares_as_announced()
    {
        var design = Design.StartFrom(ProgrammeTemplates.Find("local-basic-advanced")!.Definition, Answers() with
        {
            Tiers = [new("BASIC", 100_000_000, AsItIs), new("ADV", 400_000_000, AsItIs)],
            Places = ["46"],
            Sectors = ["C10", "C11"],
        });

        var outline = Outline(design);
        Assert.Equal(["BASIC", "ADV"], outline.Tiers.Select(tier => tier.Code));
        Assert.Equal([(Funder.Province, 24_000_000L), (Funder.Municipality, 24_000_000), (Funder.Firm, 32_000_000)], Won(outline.Tiers[0], 80_000_000));
        Assert.Equal(
            [(Funder.National, 200_000_000L), (Funder.Province, 60_000_000), (Funder.Municipality, 60_000_000), (Funder.Firm, 80_000_000)],
            Won(outline.Tiers[1], 400_000_000));
        Assert.Contains("\"operator\":\"in\",\"value\":[\"C10\",\"C11\"]", design.ToJson(), StringComparison.Ordinal);
        Assert.Contains("전라남도에 있는 공장이어야 합니다.", design.ToJson(), StringComparison.Ordinal);
        Assert.Empty(Errors(design));
    }

    [Fact]
    public void A_city_takes_its_own_factories_alone()
    {
        var design = Design.StartFrom(ProgrammeTemplates.Find("local-basic-advanced")!.Definition, Answers() with { Places = ["46230"] });

        Assert.Contains("\"field\":\"facility.municipality\",\"operator\":\"in\",\"value\":[\"46230\"]", design.ToJson(), StringComparison.Ordinal);
        Assert.Contains("광양시에 있는 공장이어야 합니다.", design.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("전라남도", design.ToJson(), StringComparison.Ordinal);
        Assert.Empty(Errors(design));
    }

    [Fact]
    public void Regions_and_cities_together_are_one_rule_of_which_one_place_is_enough()
    {
        var design = Design.StartFrom(ProgrammeTemplates.Find("win-win")!.Definition, Answers() with { Places = ["43", "26", "47190"] });

        Assert.Contains("다음 지역에 있는 공장이어야 합니다: 충청북도, 부산광역시, 구미시.", design.ToJson(), StringComparison.Ordinal);
        Assert.Empty(Errors(design));
    }

    [Fact]
    public void A_share_of_something_else_than_the_cost_stays_one_when_its_percentage_is_changed()
    {
        var design = Design.StartFrom(ProgrammeTemplates.Find("top-up")!.Definition, Answers() with { Tiers = [new("BASIC", null, new Dictionary<Funder, int> { [Funder.Province] = 500 })] });

        var share = Assert.Single(Outline(design).Tiers[0].Shares!.Shares, share => share.Funder == Funder.Province);
        Assert.Equal((500, ShareBase.NationalGrant), (share.TargetBp, share.Base));
        Assert.Empty(Errors(design));
    }

    [Fact]
    public void A_firm_that_pays_nothing_still_bears_what_rounding_leaves()
    {
        var design = Design.StartFrom(ProgrammeTemplates.Find("local-basic")!.Definition, Answers() with
        {
            Tiers = [new("BASIC", 100_000_000, new Dictionary<Funder, int> { [Funder.Province] = 5_000, [Funder.Municipality] = 5_000, [Funder.Firm] = 0 })],
        });

        Assert.Equal([(Funder.Province, 25_000_000L), (Funder.Municipality, 25_000_000), (Funder.Firm, 1_000)], Won(Outline(design).Tiers[0], 50_001_000));
        Assert.Empty(Errors(design));
    }

    [Fact]
    public void A_tier_that_is_not_kept_goes_with_the_funders_that_only_it_had()
    {
        var design = Design.StartFrom(ProgrammeTemplates.Find("local-basic-advanced")!.Definition, Answers() with { Tiers = [new("BASIC", 50_000_000, AsItIs)] });

        Assert.Equal(["BASIC"], Outline(design).Tiers.Select(tier => tier.Code));
        Assert.Equal(new Won(50_000_000), Outline(design).Tiers[0].Tier.TotalCostMax);
        Assert.DoesNotContain(design.Definition.Root.Flowchart.Activities, activity => activity.Type == "Grant.ReserveNationalShare");
        Assert.Empty(Errors(design));
    }

    [Fact]
    public void Who_pays_is_answered_in_per_cent_and_a_new_funder_is_asked_to_commit()
    {
        var design = Design.StartFrom(ProgrammeTemplates.Find("local-basic")!.Definition, Answers() with
        {
            Tiers = [new("BASIC", 200_000_000, new Dictionary<Funder, int> { [Funder.National] = 4_000, [Funder.Province] = 2_000, [Funder.Municipality] = 0, [Funder.Firm] = 4_000 })],
        });

        var tier = Assert.Single(Outline(design).Tiers);
        Assert.Equal([(Funder.National, 40_000_000L), (Funder.Province, 20_000_000), (Funder.Firm, 40_000_000)], Won(tier, 100_000_000));
        var steps = design.Definition.Root.Flowchart.Activities.Select(activity => activity.Type).ToList();
        Assert.Contains("Grant.ReserveNationalShare", steps);
        Assert.Single(steps, step => step == "Grant.CommitShare");
        Assert.Empty(Errors(design));
    }

    [Fact]
    public void An_empty_programme_becomes_a_whole_one_by_its_stages_alone()
    {
        var design = Design.StartFrom(ProgrammeTemplates.Find("blank")!.Definition, Answers() with
        {
            Tiers = [new("BASIC", 100_000_000, new Dictionary<Funder, int> { [Funder.LeadFirm] = 3_000, [Funder.Province] = 1_500, [Funder.Municipality] = 1_500, [Funder.Firm] = 4_000 })],
        })
            .AddStep("Grant.HumanTask", "application", "Accepted", out var opinion)
            .AddStep("Grant.EvaluationStage", opinion, "Yes", out var evaluation)
            .AddStep("Grant.SignAgreement", evaluation, "Selected", out var agreement)
            .AddStep("Grant.DisbursementStage", agreement, "Signed", out var first)
            .AddStep("Grant.InspectionStage", first, "Paid", out var inspection)
            .AddStep("Grant.DisbursementStage", inspection, "Passed", out _);

        Assert.Empty(Errors(design));
        var tier = Assert.Single(Outline(design).Tiers);
        Assert.Equal([(Funder.Province, 15_000_000L), (Funder.Municipality, 15_000_000), (Funder.LeadFirm, 30_000_000), (Funder.Firm, 40_000_000)], Won(tier, 100_000_000));
        Assert.Equal(3, design.Definition.Root.Flowchart.Activities.Count(activity => activity.Type == "Grant.CommitShare"));
        Assert.Equal(["Firm", "Supplier", "LeadFirm", "Tenant"], design.Definition.Root.Flowchart.Activities.Single(activity => activity.Id == agreement).Property("signers")!.Value.EnumerateArray().Select(signer => signer.GetString()));
        Assert.Equal([3_000, 7_000], design.Definition.Root.Flowchart.Activities.Where(activity => activity.Type == "Grant.DisbursementStage").Select(activity => activity.Property("percentBp")!.Value.GetInt32()));
    }

    [Fact]
    public void Wrong_percentages_are_kept_and_named_by_the_checker()
    {
        var design = Design.StartFrom(ProgrammeTemplates.Find("local-basic")!.Definition, Answers() with
        {
            Tiers = [new("BASIC", null, new Dictionary<Funder, int> { [Funder.Province] = 3_500, [Funder.Municipality] = 3_000, [Funder.Firm] = 4_000 })],
        });

        Assert.Contains(DefinitionChecker.Check(design.Definition), problem => problem.Ko.Contains("105", StringComparison.Ordinal));
    }

    [Fact]
    public void The_template_itself_stays_as_it_was()
    {
        var template = ProgrammeTemplates.Find("win-win")!.Definition;
        var before = template.ToCanonicalJson();

        var design = Design.StartFrom(template, Answers());

        Assert.Equal(before, template.ToCanonicalJson());
        Assert.Equal("jeonnam-food-2026", design.Definition.DefinitionId);
        Assert.Equal("2026년 식품 스마트공장", ProgrammeOutline.Read(CompiledWorkflow.Compile(design.Definition)).Name.Ko);
    }

    private static StartAnswers Answers() => new()
    {
        DefinitionId = "jeonnam-food-2026",
        Slug = "food-2026",
        Title = new("2026년 식품 스마트공장", "Food smart factory 2026"),
        Year = 2026,
    };

    private static List<string> Errors(Design design) =>
        [.. DefinitionChecker.Check(design.Definition).Where(problem => problem.Severity is Severity.Error).Select(problem => $"{problem.Code} {problem.Pointer} {problem.En}")];

    private static ProgrammeOutline Outline(Design design) => ProgrammeOutline.Read(CompiledWorkflow.Compile(design.Definition));

    private static IEnumerable<(Funder Funder, long Won)> Won(TierOutline tier, long total) =>
        tier.Split(new Won(total))!.Parts.Select(part => (part.Funder, part.Amount.Amount));
}
