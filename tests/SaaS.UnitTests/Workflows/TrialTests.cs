using NodaTime;
using SaaS.Domain.Money;
using SaaS.UnitTests.Programmes;
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
    public void An_answer_that_the_step_does_not_have_changes_nothing()
    {
        var trial = Start(new TrialFirm { Tier = "BASIC", Region = "46", Municipality = "46110" });

        Assert.Same(trial, trial.Answer(trial.Waiting[0], "Perhaps", Now));
        Assert.Same(trial, trial.Answer("nowhere", "Accepted", Now));
    }

    private static Trial Start(TrialFirm firm) => Trial.Start(ShippedProgrammes.Compile("tenants/jeonnam/programmes/food-2025.json"), firm.ToApplication(Now), Now);
}
