using SaaS.Domain.Money;
using SaaS.Workflows;
using SaaS.Workflows.Programmes;
using Xunit;

namespace SaaS.UnitTests.Programmes;

public sealed class ProgrammeOutlineTests
{
    private static readonly ProgrammeOutline Food = ProgrammeOutline.Read(ShippedProgrammes.Definition("tenants/jeonnam/programmes/food-2025.json"));

    [Fact]
    public void Jeonnam_food_has_a_basic_and_an_advanced_tier_with_their_limits_and_places()
    {
        Assert.Equal("LocalGovernment", Food.Model);
        Assert.Equal(["BASIC", "ADV"], Food.Tiers.Select(tier => tier.Code));
        Assert.Equal([new Won(100_000_000), new Won(400_000_000)], Food.Tiers.Select(tier => tier.Tier.TotalCostMax!.Value));
        Assert.Equal([30, 10], Food.Tiers.Select(tier => tier.Tier.Quota!.Value));
        Assert.Equal([false, true], Food.Tiers.Select(tier => tier.TakesNationalMoney));
    }

    [Theory]
    [InlineData("tenants/jeonnam/programmes/food-2025.json", "신청 유형 = 기초", "requested tier is Basic")]
    [InlineData("workflows/catalogue/ww-khnp-2019.json", "제출 서류에 주관기업 납품 실적 증명(해당 시) 포함 또는 공장 소재 시·군·구: 경주시 중 하나", "documents includes Evidence of supplies to the lead firm (where there are any), or municipality of the facility is one of Gyeongju")]
    public void Conditions_call_tiers_and_documents_by_their_names(string path, string ko, string en)
    {
        var outline = ProgrammeOutline.Read(ShippedProgrammes.Definition(path));

        Assert.Contains(new Words(ko, en), outline.Rules.Select(rule => rule.Condition).Concat(outline.Tiers.SelectMany(tier => tier.Conditions)));
    }

    [Fact]
    public void It_tells_every_funders_won_for_an_example_cost()
    {
        var basic = Food.Tier("BASIC")!;
        var advanced = Food.Tier("ADV")!;

        Assert.Equal([30_000_000, 30_000_000, 40_000_000], basic.Split(basic.ExampleCost)!.Parts.Select(part => part.Amount.Amount));
        Assert.Equal([200_000_000, 60_000_000, 60_000_000, 80_000_000], advanced.Split(advanced.ExampleCost)!.Parts.Select(part => part.Amount.Amount));
    }

    [Fact]
    public void Only_the_advanced_tier_waits_for_KOSMO()
    {
        Assert.DoesNotContain(Food.Tier("BASIC")!.Stages, stage => stage.Type == "Grant.ReserveNationalShare");
        Assert.Contains(Food.Tier("ADV")!.Stages, stage => stage.Type == "Grant.ReserveNationalShare");
    }

    [Fact]
    public void A_firm_sees_its_stages_in_the_order_in_which_it_meets_them()
        => Assert.Equal(
            [
                "Grant.ApplicationStage", "Grant.EvaluationStage", "Grant.ReserveNationalShare", "Grant.CommitShare", "Grant.CommitShare", "Grant.SignAgreement",
                "Grant.DisbursementStage", "Grant.InspectionStage", "Grant.DisbursementStage", "Grant.InspectionStage", "Grant.DisbursementStage",
            ],
            Food.Tier("ADV")!.Stages.Select(stage => stage.Type));

    [Fact]
    public void Its_three_tranches_wait_for_their_inspections_and_add_up_to_the_share()
    {
        var tranches = Food.Tier("ADV")!.Tranches;

        Assert.Equal([4_000, 3_000, 3_000], tranches.Select(tranche => tranche.BasisPoints));
        Assert.Equal([null, "Interim", "Final"], tranches.Select(tranche => tranche.AfterInspection));
        Assert.Equal([false, false, true], tranches.Select(tranche => tranche.IsLast));
        Assert.Equal([new Won(24_000_000), new Won(18_000_000), new Won(18_000_000)], Food.Tier("ADV")!.Payments(new Won(60_000_000)));
    }

    [Fact]
    public void Rules_stand_in_words_in_both_languages_with_their_source()
    {
        var sector = Assert.Single(Food.Rules, rule => rule.Code == "SECTOR");

        Assert.Contains("C10 식료품 제조업", sector.Condition.Ko, StringComparison.Ordinal);
        Assert.Contains("C10 Food products", sector.Condition.En, StringComparison.Ordinal);
        Assert.Contains("공고", sector.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Criteria_add_up_to_100_points_and_documents_say_which_are_required()
    {
        Assert.Equal(100, Food.Criteria.Sum(criterion => criterion.Weight));
        Assert.Equal(60, Food.PassMark);
        Assert.Contains(Food.Documents, document => document.Required);
        Assert.Contains(Food.Documents, document => !document.Required);
    }

    [Fact]
    public void Every_definition_that_comes_with_the_platform_has_an_outline()
    {
        foreach (var outline in ShippedProgrammes.Paths.Select(path => ProgrammeOutline.Read(ShippedProgrammes.Definition(path))))
        {
            Assert.NotNull(outline.Slug);
            Assert.NotEmpty(outline.Tiers);
            Assert.All(outline.Tiers, tier => Assert.True(tier.Split(tier.ExampleCost)!.IsFeasible));
            Assert.All(outline.Tiers, tier => Assert.NotEmpty(tier.Tranches));
            Assert.All(outline.Stages, stage => Assert.NotEqual(stage.Name.Ko, stage.Name.En));
        }
    }
}
