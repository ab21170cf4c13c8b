using SaaS.Domain.Money;
using SaaS.Workflows.Programmes;
using Xunit;

namespace SaaS.UnitTests.Programmes;

/// <summary>What an applicant reads of the shares, from the definition alone.</summary>
public sealed class ShareWordsTests
{
    [Theory]
    [InlineData("min-2026", Funder.National, "50 %(최대 200,000,000원, 같은 유형의 과제를 합하여 최대 250,000,000원)", "50 % (at most 200,000,000 won, 250,000,000 won over all projects of the tier)")]
    [InlineData("auto-2026", Funder.National, "50 %(최대 600,000,000원, 한 해 최대 300,000,000원)", "50 % (at most 600,000,000 won, 300,000,000 won a year)")]
    [InlineData("top-uls-2021", Funder.Province, "선정된 과제 국비의 10 %(최대 7,000,000원)", "10 % of the award's central money (at most 7,000,000 won)")]
    [InlineData("top-icn", Funder.Province, "기업 현금 부담의 20 %(최대 25,000,000원)", "20 % of the firm's cash (at most 25,000,000 won)")]
    [InlineData("ww-lh-gn-2025", Funder.LeadFirm, "지원금의 50 %", "50 % of the grant")]
    public void A_share_says_what_it_is_a_part_of_and_where_it_ends(string programme, Funder funder, string ko, string en)
        => Assert.Equal(new(ko, en), ShareWords.WithLimits(Tier(programme).Shares!.Of(funder)!));

    [Fact]
    public void A_grant_as_a_whole_is_said_first()
        => Assert.Equal(new("지원금은 사업비의 100 %, 최대 80,000,000원", "The grant is 100 % of the cost, at most 80,000,000 won"), ShareWords.Grant(Tier("ww-lh-gn-2025").Shares!));

    [Fact]
    public void Places_that_are_exceptions_are_told_by_name_with_their_own_shares()
    {
        var exceptions = Tier("ww-samsung-local-2025").Exceptions;

        Assert.Equal(["부산광역시", "대구광역시", "광주광역시"], exceptions.Keys.Select(place => ShareWords.Place(place).Ko));
        Assert.All(exceptions.Values, table => Assert.Equal((3_000, 0), (table.Of(Funder.Province)!.TargetBp, table.Of(Funder.Municipality)!.TargetBp)));
    }

    [Fact]
    public void An_example_of_a_top_up_takes_the_award_to_be_as_large_as_the_cost()
        => Assert.Equal(new Won(5_000_000), Tier("top-uls-2021").Split(new(50_000_000))!.Of(Funder.Province));

    private static TierOutline Tier(string programme) => ProgrammeOutline.Read(ShippedProgrammes.Definition($"workflows/catalogue/{programme}.json")).Tiers[0];
}
