using SaaS.Domain.Firms;
using Xunit;

namespace SaaS.UnitTests.Domain;

public sealed class SmeRuleTests
{
    [Theory]
    [InlineData(300, 900_000_000_000, Answer.Yes)]
    [InlineData(300, 200_000_000_000, Answer.Yes)]
    [InlineData(2_000, 150_000_000_000, Answer.Yes)]
    [InlineData(301, 150_000_000_000, Answer.Yes)]
    [InlineData(301, 150_000_000_001, Answer.No)]
    [InlineData(300, 150_000_000_000, Answer.Yes)]
    public void By_the_seed_a_firm_is_out_only_when_both_limits_are_exceeded(int employees, long revenue, Answer expected)
        => Assert.Equal(expected, SmeRule.Test(SmeRule.SeedOr, Firm(employees, revenue)));

    [Fact]
    public void A_missing_figure_makes_it_indeterminate_unless_the_other_decides()
    {
        Assert.Equal(Answer.Yes, SmeRule.Test(SmeRule.SeedOr, Firm(300, null)));
        Assert.Equal(Answer.Indeterminate, SmeRule.Test(SmeRule.SeedOr, Firm(301, null)));
        Assert.Equal(Answer.No, SmeRule.Test(SmeRule.StrictAnd, Firm(301, null)));
    }

    [Theory]
    [InlineData(SmeRule.Act2015, 100_000_000_000, Answer.Yes)]
    [InlineData(SmeRule.Act2015, 100_000_000_001, Answer.No)]
    [InlineData(SmeRule.Act2025, 120_000_000_000, Answer.Yes)]
    [InlineData(SmeRule.Act2025, 120_000_000_001, Answer.No)]
    [InlineData(SmeRule.Small2025, 12_000_000_000, Answer.Yes)]
    [InlineData(SmeRule.Small2025, 12_000_000_001, Answer.No)]
    public void By_the_act_the_sector_ceiling_of_the_version_counts(string version, long averageSales, Answer expected)
        => Assert.Equal(expected, SmeRule.Test(version, new(900, null, averageSales, 100_000_000_000, true, "C10")));

    [Fact]
    public void By_the_act_a_member_of_a_large_group_is_out_whatever_its_size()
        => Assert.Equal(Answer.No, SmeRule.Test(SmeRule.Act2025, new(10, null, 1, 1, false, "C10")));

    private static FirmSize Firm(int? employees, long? revenue) => new(employees, revenue, null, null, null, null);
}
