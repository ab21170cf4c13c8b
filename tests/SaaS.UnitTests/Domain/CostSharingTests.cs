using CsCheck;
using SaaS.Domain.Money;
using Xunit;

namespace SaaS.UnitTests.Domain;

/// <summary>Every won of the programme's published ways of sharing, to the won.</summary>
public sealed class CostSharingTests
{
    private static readonly Share[] Standard = [new(Funder.National, 5_000) { MaxBp = 5_000, OverflowTo = Funder.Firm }, new(Funder.Firm, 5_000)];

    private static readonly Share[] WinWin =
    [
        new(Funder.National, 3_000) { MaxBp = 3_000, OverflowTo = Funder.LeadFirm },
        new(Funder.LeadFirm, 3_000) { MinBp = 3_000 },
        new(Funder.Firm, 4_000) { MaxBp = 4_000 },
    ];

    private static readonly Share[] LocalBasic =
        [new(Funder.Province, 3_000) { MaxBp = 3_000 }, new(Funder.Municipality, 3_000) { MaxBp = 3_000 }, new(Funder.Firm, 4_000)];

    private static readonly Share[] LocalAdvanced =
    [
        new(Funder.National, 5_000) { MaxBp = 5_000 }, new(Funder.Province, 1_500), new(Funder.Municipality, 1_500), new(Funder.Firm, 2_000),
    ];

    [Theory]
    [InlineData(120_000_000, 60_000_000, 60_000_000)]
    [InlineData(99_999_999, 49_999_999, 50_000_000)]
    public void The_standard_model_halves_the_cost_and_the_firm_takes_the_odd_won(long total, long central, long firm)
        => AssertSplit(Split(Standard, total), (Funder.National, central), (Funder.Firm, firm));

    [Fact]
    public void A_cap_of_50_million_leaves_the_firm_70_of_120_million()
        => AssertSplit(Split(Capped(Standard, 50_000_000), 120_000_000), (Funder.National, 50_000_000), (Funder.Firm, 70_000_000));

    [Theory]
    [InlineData(400_000_000, 120_000_000, 120_000_000, 160_000_000)]
    [InlineData(400_000_001, 120_000_000, 120_000_000, 160_000_001)]
    public void Win_win_is_30_30_40_and_one_won_over_40_percent_is_within_tolerance(long total, long central, long lead, long firm)
        => AssertSplit(Split(WinWin, total), (Funder.National, central), (Funder.LeadFirm, lead), (Funder.Firm, firm));

    [Fact]
    public void What_exceeds_the_central_cap_goes_to_the_lead_firm_not_to_the_SME()
    {
        var split = Split(Capped(WinWin, 120_000_000), 500_000_000);

        AssertSplit(split, (Funder.National, 120_000_000), (Funder.LeadFirm, 180_000_000), (Funder.Firm, 200_000_000));
        Assert.Equal([2_400, 3_600, 4_000], split.Parts.Select(part => part.BasisPoints));
    }

    [Fact]
    public void A_cap_that_overflows_to_the_SME_is_refused_where_it_would_carry_46_percent()
    {
        Share[] shares = [WinWin[0] with { Cap = new(120_000_000), OverflowTo = Funder.Firm }, WinWin[1], WinWin[2]];

        var split = Split(shares, 500_000_000);

        var problem = Assert.Single(split.Problems);
        Assert.Equal("share-above-maximum", problem.Code);
        Assert.Contains("230,000,000", problem.En, StringComparison.Ordinal);
        Assert.Contains("46 %", problem.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100_000_000, 30_000_000, 30_000_000, 40_000_000)]
    [InlineData(99_999_997, 29_999_999, 29_999_999, 39_999_999)]
    public void Jeonnam_basic_is_30_30_40(long total, long province, long city, long firm)
        => AssertSplit(Split(LocalBasic, total), (Funder.Province, province), (Funder.Municipality, city), (Funder.Firm, firm));

    [Theory]
    [InlineData(1, 400_000_000, 200_000_000, 60_000_000, 60_000_000, 80_000_000)]
    [InlineData(1, 333_333_333, 166_666_666, 49_999_999, 49_999_999, 66_666_669)]
    [InlineData(1_000, 345_678_000, 172_839_000, 51_851_000, 51_851_000, 69_137_000)]
    public void Jeonnam_advanced_is_50_15_15_20(long unit, long total, long central, long province, long city, long firm)
        => AssertSplit(
            CostSharing.Split(new ShareTable(LocalAdvanced, Funder.Firm, new(unit)), new(total)),
            (Funder.National, central), (Funder.Province, province), (Funder.Municipality, city), (Funder.Firm, firm));

    [Fact]
    public void Gyeongnam_with_a_large_firm_is_30_15_15_40()
        => AssertSplit(
            Split([new(Funder.LeadFirm, 3_000), new(Funder.Province, 1_500), new(Funder.Municipality, 1_500), new(Funder.Firm, 4_000)], 100_000_000),
            (Funder.LeadFirm, 30_000_000), (Funder.Province, 15_000_000), (Funder.Municipality, 15_000_000), (Funder.Firm, 40_000_000));

    [Fact]
    public void A_top_up_on_the_national_grant_lowers_what_the_firm_carries()
        => AssertSplit(
            Split([.. Standard, new(Funder.Province, 1_000) { Base = ShareBase.NationalGrant, Cap = new(20_000_000) }], 120_000_000),
            (Funder.National, 60_000_000), (Funder.Firm, 54_000_000), (Funder.Province, 6_000_000));

    [Theory]
    [InlineData(100_000_000, 0, 20_000_000)]
    [InlineData(100_000_000, 20_000_000, 16_000_000)]
    [InlineData(125_000_005, 0, 25_000_000)]
    [InlineData(200_000_000, 0, 25_000_000)]
    [InlineData(200_000_000, 200_000_001, 0)]
    public void A_top_up_on_the_firm_s_cash_leaves_out_what_it_gives_in_kind(long firmPart, long inKind, long province)
        => AssertSplit(
            CostSharing.Split(
                new ShareTable([new(Funder.Province, 2_000) { Base = ShareBase.FirmCashShare, Cap = new(25_000_000) }, new(Funder.Firm, 10_000)], Funder.Firm, new(1)),
                new(firmPart),
                [inKind]),
            (Funder.Province, province), (Funder.Firm, firmPart - province));

    [Theory]
    [InlineData(70_000_000, 7_000_000)]
    [InlineData(69_999_999, 6_999_999)]
    [InlineData(70_000_010, 7_000_000)]
    [InlineData(0, 0)]
    public void A_top_up_on_another_award_is_a_part_of_its_central_money(long grant, long province)
        => AssertSplit(
            CostSharing.Split(
                new ShareTable([new(Funder.Province, 1_000) { Base = ShareBase.AwardNationalGrant, Cap = new(7_000_000) }, new(Funder.Firm, 10_000)], Funder.Firm, new(1)),
                new(70_000_000),
                [grant]),
            (Funder.Province, province), (Funder.Firm, 70_000_000 - province));

    [Theory]
    [InlineData(80_000_000, 40_000_000, 0)]
    [InlineData(80_000_001, 40_000_000, 1)]
    [InlineData(100_000_000, 40_000_000, 20_000_000)]
    [InlineData(79_999_999, 39_999_999, 1)]
    public void Two_funders_halve_a_grant_of_at_most_80_million(long total, long each, long firm)
        => AssertSplit(
            CostSharing.Split(
                new ShareTable([new(Funder.LeadFirm, 5_000) { Base = ShareBase.PublicGrant }, new(Funder.Province, 5_000) { Base = ShareBase.PublicGrant }, new(Funder.Firm, 0)], Funder.Firm, new(1))
                {
                    Grant = new(10_000, new(80_000_000)),
                },
                new(total)),
            (Funder.LeadFirm, each), (Funder.Province, each), (Funder.Firm, firm));

    [Theory]
    [InlineData(0, 200_000_000)]
    [InlineData(50_000_000, 200_000_000)]
    [InlineData(50_000_001, 199_999_000)]
    [InlineData(200_000_000, 50_000_000)]
    [InlineData(249_999_001, 0)]
    [InlineData(250_000_000, 0)]
    [InlineData(900_000_000, 0)]
    public void A_ceiling_over_all_projects_leaves_whole_units_of_what_was_not_given_before(long before, long central)
        => AssertSplit(
            CostSharing.Split(
                new ShareTable([new(Funder.National, 5_000) { Cap = new(200_000_000), CumulativeCap = new(250_000_000), OverflowTo = Funder.Firm }, new(Funder.Firm, 5_000)], Funder.Firm, new(1_000)),
                new(400_000_000),
                [before]),
            (Funder.National, central), (Funder.Firm, 400_000_000 - central));

    [Theory]
    [InlineData(0, "cost-not-positive")]
    [InlineData(-1, "cost-not-positive")]
    [InlineData(1_000_000_000_000_000_000, "cost-too-large")]
    public void A_cost_that_cannot_be_is_refused_in_words(long total, string code)
        => Assert.Equal(code, Assert.Single(Split(Standard, total).Problems).Code);

    [Fact]
    public void The_parts_add_up_to_the_whole_for_any_cost_share_cap_and_unit()
        => (from total in Gen.Long[1, 999_999_999_999]
            from central in Gen.Int[0, 5_000]
            from province in Gen.Int[0, 5_000]
            from cap in Gen.Long[0, 500_000_000_000]
            from unit in Gen.OneOf(Gen.Const(1L), Gen.Const(1_000L), Gen.Const(10_000L))
            select (total, central, province, cap, unit))
            .Sample(given =>
            {
                var table = new ShareTable(
                    [
                        new(Funder.National, given.central) { Cap = new(given.cap), OverflowTo = Funder.Province },
                        new(Funder.Province, given.province),
                        new(Funder.Firm, 10_000 - given.central - given.province),
                    ],
                    Funder.Firm,
                    new(given.unit));

                var split = CostSharing.Split(table, new(given.total));

                return split.Parts.Sum(part => part.Amount.Amount) == given.total && split.Parts.All(part => part.Amount >= Won.Zero);
            });

    private static CostSplit Split(Share[] shares, long total) => CostSharing.Split(new ShareTable(shares, Funder.Firm, new(1)), new(total));

    private static Share[] Capped(Share[] shares, long cap) => [shares[0] with { Cap = new(cap) }, .. shares[1..]];

    private static void AssertSplit(CostSplit split, params (Funder Funder, long Amount)[] expected)
    {
        Assert.Empty(split.Problems);
        Assert.Equal(expected, split.Parts.Select(part => (part.Funder, part.Amount.Amount)));
    }
}
