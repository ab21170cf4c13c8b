using CsCheck;
using SaaS.Domain.Money;
using Xunit;

namespace SaaS.UnitTests.Domain;

public sealed class TranchesTests
{
    [Fact]
    public void Sixty_million_flows_as_24_18_and_18()
        => Assert.Equal([new(24_000_000), new(18_000_000), new Won(18_000_000)], Tranches.Plan(new(60_000_000), [4_000, 3_000, 3_000], new(1)));

    [Fact]
    public void The_last_tranche_takes_what_rounding_left()
        => Assert.Equal([new(20_740_000), new(15_555_000), new Won(15_556_000)], Tranches.Plan(new(51_851_000), [4_000, 3_000, 3_000], new(1_000)));

    [Fact]
    public void All_tranches_together_are_the_share()
        => Gen.Select(Gen.Long[0, 999_999_999_999], Gen.Int[0, 10_000], Gen.OneOf(Gen.Const(1L), Gen.Const(1_000L))).Sample((share, first, unit) =>
            Tranches.Plan(new(share), [first, 10_000 - first], new(unit)).Sum(amount => amount.Amount) == share);
}
