using System.Text.Json.Nodes;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.UnitTests.Programmes;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Designing;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Trying;
using Xunit;

namespace SaaS.UnitTests.Workflows;

/// <summary>One made-up firm through a design.</summary>
public sealed class TrialTests
{
    private static readonly Instant Now = Instant.FromUtc(2025, 3, 4, 0, 0);

    [Fact]
    public void A_firm_that_fits_waits_at_the_application_with_its_shares_and_goes_on_by_answers()
    {
        var trial = Start(new TrialFirm { Tier = "BASIC", Region = "46", Municipality = "46110" });

        var waiting = Assert.Single(trial.Waiting);
        Assert.Equal(100_000_000, trial.Shares!.Parts.Sum(part => part.Amount.Amount));
        Assert.Contains(trial.Shares.Parts, part => part is { Funder: Funder.Province, Amount.Amount: 30_000_000 });

        var next = trial.Answer(waiting, "Accepted", Now);
        Assert.DoesNotContain(waiting, next.Waiting);
        Assert.Contains(waiting, next.Done);
        Assert.True(next.Moments.Count > trial.Moments.Count);
        Assert.Equal([waiting], trial.Waiting);
    }

    [Fact]
    public void A_firm_that_does_not_fit_ends_with_the_reasons()
    {
        var trial = Start(new TrialFirm { Tier = "BASIC", Region = "46", Municipality = "46110", Sector = "C29" });

        Assert.True(trial.IsFinished);
        Assert.Empty(trial.Waiting);
        Assert.NotEmpty(trial.Reasons);
        Assert.Null(trial.Shares);
    }

    [Fact]
    public void A_top_up_is_tried_with_the_award_that_it_adds_to()
    {
        var firm = new TrialFirm { Tier = "ADV1", Region = "31", Municipality = "31140", TotalCost = 200_000_000, AwardModel = "Standard", AwardTier = "ADV1", AwardNationalGrant = 200_000_000, AwardFirmShare = 200_000_000 };

        var trial = Trial.Start(ShippedProgrammes.Compile("workflows/catalogue/top-uls-2021.json"), firm.ToApplication(Now), Now);

        Assert.Empty(trial.Reasons);
        Assert.Contains(trial.Shares!.Parts, part => part is { Funder: Funder.Province, Amount.Amount: 20_000_000 });
    }

    [Fact]
    public void A_rule_on_the_tiers_of_this_year_is_answered_by_the_made_up_firm()
    {
        var rules = """[{ "code": "REPEAT", "field": "firm.tiersThisYear", "operator": "notContains", "value": ["BASIC"], "ko": "올해 기초에 선정된 기업은 신청할 수 없습니다.", "en": "Awarded this year." }, { "code": "AWARDS", "field": "firm.awards", "operator": "le", "value": 2, "ko": "두 번까지입니다.", "en": "At most two." }, { "code": "MONEY", "field": "firm.grantedInTier.Province", "operator": "le", "value": 0, "ko": "도비를 받은 적이 없어야 합니다.", "en": "No provincial money before." }]""";
        var design = Design.Of(ShippedProgrammes.Definition("tenants/jeonnam/programmes/food-2025.json")).SetInput("check", "rules", JsonNode.Parse(rules));
        Trial Try(TrialFirm firm) => Trial.Start(CompiledWorkflow.Compile(design.Definition), firm.ToApplication(Now), Now);

        Assert.Empty(Try(new TrialFirm { Tier = "BASIC", Region = "46", Municipality = "46110" }).Reasons);
        var firm = new TrialFirm { Tier = "BASIC", Region = "46", Municipality = "46110", TiersThisYear = ["BASIC"] };
        (firm.Before["firm.awards"], firm.Before["firm.grantedInTier.Province"]) = (3, 1);
        Assert.Equal(["REPEAT", "AWARDS", "MONEY"], Try(firm).Reasons.Select(reason => reason.Code));
    }

    [Fact]
    public void A_firm_without_a_lead_firm_or_a_supplier_is_refused_in_the_rules_own_words_and_not_asked_for_more()
    {
        var rules = """[{ "code": "LEAD", "operator": "anyOf", "value": [{ "field": "leadFirm.tenant", "operator": "ne", "value": "" }, { "field": "facility.municipality", "operator": "in", "value": ["47130"] }], "ko": "협력사이거나 경주시 기업이어야 합니다.", "en": "A partner, or in Gyeongju." }, { "code": "SUPPLIER", "field": "supplier.id", "operator": "ne", "value": "", "ko": "공급기업과 함께 신청해야 합니다.", "en": "A supplier must take part." }]""";
        var design = Design.Of(ShippedProgrammes.Definition("tenants/jeonnam/programmes/food-2025.json")).SetInput("check", "rules", JsonNode.Parse(rules));
        Trial Try(TrialFirm firm) => Trial.Start(CompiledWorkflow.Compile(design.Definition), firm.ToApplication(Now), Now);
        var firm = new TrialFirm { Tier = "BASIC", Region = "46", Municipality = "46110", HasSupplier = false };

        Assert.Equal(["협력사이거나 경주시 기업이어야 합니다.", "공급기업과 함께 신청해야 합니다."], Try(firm).Reasons.Select(reason => reason.Ko));
        (firm.HasSupplier, firm.HasLeadFirm) = (true, true);
        Assert.Empty(Try(firm).Reasons);
    }

    [Fact]
    public void An_award_that_is_topped_up_is_of_the_tier_that_is_tried_and_left_the_firm_the_cost_that_it_applies_for()
    {
        var firm = new TrialFirm { Tier = "BASIC", TotalCost = 100_000_001 };

        firm.BeAwarded();
        firm.Ask("ADV1");

        Assert.Equal(("Standard", "ADV1", 100_000_001, 100_000_001), (firm.AwardModel, firm.AwardTier, firm.AwardNationalGrant, firm.AwardFirmShare));
        firm.AwardTier = "BASIC";
        firm.Ask("ADV2");
        Assert.Equal("BASIC", firm.AwardTier);
    }

    [Theory]
    [InlineData("workflows/catalogue/top-uls-2021.json", "48", "48120", "31", "31110")]
    [InlineData("workflows/catalogue/top-uls-2021.json", "31", "31140", "31", "31140")]
    [InlineData("tenants/jeonnam/programmes/food-2025.json", "46", "", "46", "")]
    [InlineData("workflows/standard.json", "48", "48120", "48", "48120")]
    public void A_made_up_firm_stands_where_the_rules_take_it(string programme, string region, string municipality, string takenRegion, string takenMunicipality)
        => Assert.Equal((takenRegion, takenMunicipality), ProgrammeOutline.Read(ShippedProgrammes.Definition(programme)).PlaceFor(region, municipality));

    [Fact]
    public void An_answer_that_the_step_does_not_have_changes_nothing()
    {
        var trial = Start(new TrialFirm { Tier = "BASIC", Region = "46", Municipality = "46110" });

        Assert.Same(trial, trial.Answer(trial.Waiting[0], "Perhaps", Now));
        Assert.Same(trial, trial.Answer("nowhere", "Accepted", Now));
    }

    private static Trial Start(TrialFirm firm) => Trial.Start(ShippedProgrammes.Compile("tenants/jeonnam/programmes/food-2025.json"), firm.ToApplication(Now), Now);
}
