using CsCheck;
using SaaS.Domain.Money;
using Xunit;

namespace SaaS.UnitTests.Domain;

public sealed class ShareLimitsTests
{
    private static readonly Won Most = new(CostSharing.CostLimit.Amount - 1);

    [Fact]
    public void A_broken_limit_is_shown_at_a_round_cost()
    {
        var found = Assert.Single(ShareLimits.FindBroken(WinWinOverflowingToTheFirm(new(120_000_000)), new(1), Most));

        Assert.Equal(new Won(500_000_000), found.Cost);
        Assert.Equal("share-above-maximum", found.Reason.Code);
    }

    [Fact]
    public void Between_round_costs_the_cost_itself_is_shown()
    {
        var found = Assert.Single(ShareLimits.FindBroken(WinWinOverflowingToTheFirm(new(120_000_000)), new(1), new(400_000_100)));

        Assert.Equal(new Won(400_000_100), found.Cost);
    }

    [Fact]
    public void A_ceiling_over_all_projects_is_tried_when_it_is_used_up()
    {
        var table = new ShareTable(
            [
                new(Funder.National, 3_000) { CumulativeCap = new(250_000_000), OverflowTo = Funder.Firm },
                new(Funder.LeadFirm, 3_000),
                new(Funder.Firm, 4_000) { MaxBp = 4_000 },
            ],
            Funder.Firm,
            new(1_000));

        // Where nothing was given yet 100 million is shared well; a firm that had 250 million would carry 70 %.
        Assert.True(CostSharing.Split(table, new(100_000_000), [0]).IsFeasible);
        Assert.Equal("share-above-maximum", Assert.Single(ShareLimits.FindBroken(table, new(1), new(100_000_000))).Reason.Code);
        Assert.Empty(ShareLimits.FindBroken(table with { Shares = [.. table.Shares.Select(share => share with { MaxBp = 10_000 })] }, new(1), Most));
    }

    [Fact]
    public void A_grant_as_a_whole_is_tried_where_its_cap_begins()
    {
        var table = new ShareTable(
            [new(Funder.Province, 10_000) { Base = ShareBase.PublicGrant }, new(Funder.Firm, 5_000) { MaxBp = 5_000 }], Funder.Firm, new(1))
        { Grant = new(5_000, new(61_234_567)) };

        Assert.Empty(ShareLimits.FindBroken(table, new(1), new(122_469_134)));
        Assert.Equal(new Won(122_469_234), Assert.Single(ShareLimits.FindBroken(table, new(1), new(122_469_300))).Cost);
    }

    [Fact]
    public void A_table_without_caps_keeps_its_limits_at_every_cost()
        => Assert.Empty(ShareLimits.FindBroken(
            new ShareTable([new(Funder.Province, 3_000) { MinBp = 3_000, MaxBp = 3_000 }, new(Funder.Firm, 7_000) { MinBp = 7_000, MaxBp = 7_000 }], Funder.Firm, new(1_000)),
            new(1),
            Most));

    [Fact]
    public void Where_nothing_is_found_no_cost_breaks_a_limit()
        => (from central in Gen.Int[0, 5_000]
            from lead in Gen.Int[0, 5_000]
            from cap in Gen.Long[1_000_000, 1_000_000_000]
            from leadCap in Gen.Long[1_000_000, 1_000_000_000]
            from firmMost in Gen.Int[0, 10_000]
            from toFirm in Gen.Bool
            from unit in Gen.OneOf(Gen.Const(1L), Gen.Const(1_000L))
            from cost in Gen.Long[1, 100_000_000_000]
            select (central, lead, cap, leadCap, firmMost, toFirm, unit, cost))
            .Sample(given =>
            {
                var table = new ShareTable(
                    [
                        new(Funder.National, given.central) { Cap = new(given.cap), OverflowTo = given.toFirm ? Funder.Firm : Funder.LeadFirm },
                        new(Funder.LeadFirm, given.lead) { Cap = new(given.leadCap), OverflowTo = Funder.Firm },
                        new(Funder.Firm, 10_000 - given.central - given.lead) { MaxBp = given.firmMost },
                    ],
                    Funder.Firm,
                    new(given.unit));

                // Tolerances are whole units: a limit that is just reached may be passed by one of them between two tested costs.
                var broken = ShareLimits.FindBroken(table, new(1), new(100_000_000_000));
                return broken.Count > 0 || CostSharing.Split(table with { RoundingUnit = new(given.unit) }, new(given.cost)).IsFeasible;
            });

    private static ShareTable WinWinOverflowingToTheFirm(Won cap) => new(
        [
            new(Funder.National, 3_000) { MaxBp = 3_000, Cap = cap, OverflowTo = Funder.Firm },
            new(Funder.LeadFirm, 3_000) { MinBp = 3_000 },
            new(Funder.Firm, 4_000) { MaxBp = 4_000 },
        ],
        Funder.Firm,
        new(1));
}
