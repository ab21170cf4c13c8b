using CsCheck;
using SaaS.Domain.Money;
using Xunit;

namespace SaaS.UnitTests.Domain;

/// <summary>Dividing without allocating gives every won that the rule gives, for any table and any cost.</summary>
public sealed class CostDivisionTests
{
    private static readonly Funder[] Funders = Enum.GetValues<Funder>();

    private static Gen<ShareTable> Tables { get; } = Gen.Select(
        Gen.Shuffle(Funders).Select(Gen.Int[1, 5], (funders, count) => funders[..count]),
        Gen.Int[0, 10_000].Array[5],
        Gen.OneOf(Gen.Const(-1L), Gen.Long[0, 1_000_000_000], Gen.Long[0, 1_000_000_000_000_000]).Array[5],
        Gen.Int[0, 4].Array[5],
        Gen.Select(Gen.Int[0, 9].Array[5], Gen.Int[0, 10_000].Array[5]),
        Gen.Select(Gen.Int[0, 4], Gen.OneOf(Gen.Const(1L), Gen.Const(1_000L), Gen.Long[1, 1_000_000])),
        Gen.Select(Gen.OneOf(Gen.Const(-1L), Gen.Const(-1L), Gen.Long[0, 1_000_000_000]).Array[5], Gen.Int[0, 10_000], Gen.OneOf(Gen.Const(-1L), Gen.Long[0, 1_000_000_000])),
        (funders, targets, caps, overflows, limits, last, more) => new ShareTable(
            [
                .. funders.Select((funder, row) => new Share(funder, targets[row] / (row == 0 ? 1 : 4))
                {
                    Cap = caps[row] < 0 || funders.Length == 1 ? null : new Won(caps[row]),
                    OverflowTo = caps[row] < 0 || funders.Length == 1 ? null : funders[(row + 1 + (overflows[row] % (funders.Length - 1))) % funders.Length],
                    CumulativeCap = more.Item1[row] < 0 || funders.Length == 1 ? null : new Won(more.Item1[row]),
                    Base = limits.Item1[row] switch
                    {
                        0 => ShareBase.NationalGrant,
                        1 => ShareBase.FirmShare,
                        2 => ShareBase.FirmCashShare,
                        3 => ShareBase.PublicGrant,
                        4 => ShareBase.AwardNationalGrant,
                        _ => ShareBase.EligibleCost,
                    },
                    MinBp = limits.Item1[row] > 7 ? limits.Item2[row] / 5 : 0,
                    MaxBp = limits.Item1[row] > 7 ? 5_000 + (limits.Item2[row] / 2) : 10_000,
                }),
            ],
            funders[last.Item1 % funders.Length],
            new Won(last.Item2))
        { Grant = new GrantAsWhole(more.Item2, more.Item3 < 0 ? null : new Won(more.Item3)) });

    private static Gen<long[]> Outside { get; } = Gen.OneOf(Gen.Long[-5, 1_000], Gen.Long[0, 1_000_000_000], Gen.Long[0, 2_000_000_000_000_000]).Array[7];

    private static Gen<long> Costs { get; } = Gen.OneOf(Gen.Long[1, 2_000], Gen.Long[1, 1_000_000_000], Gen.Long[1, 999_999_999_999_999]);

    [Fact]
    public void Parts_add_up_and_are_what_the_rule_says()
        => Gen.Select(Tables, Costs, Outside).Sample(
            (table, cost, known) =>
            {
                var division = new CostDivision(table);
                var amounts = new long[5];
                var outside = known[..table.Outside.Count];
                var feasible = division.TryDivide(new Won(cost), outside, amounts);
                var split = CostSharing.Split(table, new Won(cost), outside);

                Assert.Equal(cost, amounts.Sum());
                Assert.Equal(split.Parts.Select(part => part.Amount.Amount), amounts[..table.Shares.Count]);
                Assert.Equal(split.IsFeasible, feasible);
                Assert.Equal(Slowly(table, cost, outside), amounts[..table.Shares.Count]);
                Assert.Equal(BreaksALimit(table, cost, amounts), !feasible);
            },
            iter: 20_000);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_000_000_000_000)]
    public void What_is_no_cost_is_not_divided(long cost)
    {
        long[] amounts = [7, 7];

        Assert.False(new CostDivision(new ShareTable([new(Funder.Province, 5_000), new(Funder.Firm, 5_000)], Funder.Firm, new Won(1))).TryDivide(new Won(cost), amounts));
        Assert.Equal([0, 0], amounts);
    }

    [Fact]
    public void A_cost_that_finds_no_shares_is_told_the_nearest_that_would()
    {
        // SCENARIOS A2: 500 million with a cap of 120 million would leave the SME 46 %.
        var table = new ShareTable(
            [new(Funder.National, 3_000) { Cap = new Won(120_000_000), OverflowTo = Funder.Firm }, new(Funder.LeadFirm, 3_000), new(Funder.Firm, 4_000) { MaxBp = 4_000 }],
            Funder.Firm,
            new Won(1));

        var problem = Assert.Single(CostSharing.Split(table, new Won(500_000_000)).Problems);

        Assert.Equal("A total cost of 400,000,005 won could be shared.", problem.NearestEn);
        Assert.True(CostSharing.Split(table, new Won(400_000_005)).IsFeasible);
        Assert.False(CostSharing.Split(table, new Won(400_000_006)).IsFeasible);
    }

    // The rule with plain arithmetic of any size.
    private static long[] Slowly(ShareTable table, long cost, long[] outside)
    {
        var rows = table.Shares;
        var amounts = rows.Select(row => row.Base == ShareBase.EligibleCost && row.Funder != table.Bearer ? Part(cost, row) : 0).ToArray();
        var bearer = rows.ToList().FindIndex(row => row.Funder == table.Bearer);
        for (var round = 0; round < rows.Count; round++)
        {
            for (var i = 0; i < rows.Count; i++)
            {
                if (rows[i].Base == ShareBase.EligibleCost && i != bearer && amounts[i] > Most(rows[i]))
                {
                    var over = amounts[i] - Most(rows[i]);
                    var receiver = rows.ToList().FindIndex(row => row.Funder == rows[i].OverflowTo);
                    amounts[i] -= over;
                    if (receiver >= 0 && receiver != bearer)
                    {
                        amounts[receiver] += over;
                    }
                }
            }
        }

        var rest = cost - amounts.Where((_, i) => i != bearer).Sum();
        var grant = rows.ToList().FindIndex(row => row.Funder == Funder.National) is >= 0 and var national ? national == bearer ? rest : amounts[national] : 0;
        var firm = rows.ToList().FindIndex(row => row.Funder == Funder.Firm) is >= 0 and var own ? own == bearer ? rest : amounts[own] : 0;
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Base != ShareBase.EligibleCost && i != bearer)
            {
                var of = rows[i].Base switch
                {
                    ShareBase.NationalGrant => grant,
                    ShareBase.FirmShare => firm,
                    ShareBase.FirmCashShare => firm - Known(OutsideAmount.FirmInKind, Funder.Firm),
                    ShareBase.PublicGrant => Math.Min(Floor((System.Numerics.BigInteger)cost * table.Grant!.TargetBp / 10_000), table.Grant.Cap?.Amount ?? long.MaxValue),
                    _ => Known(OutsideAmount.AwardNationalGrant, Funder.National),
                };
                amounts[i] = Math.Min(Part(Math.Max(0, of), rows[i]), Most(rows[i]));
            }
        }

        amounts[bearer] = cost - amounts.Where((_, i) => i != bearer).Sum();
        return amounts;

        long Part(long whole, Share row) => Floor((System.Numerics.BigInteger)whole * row.TargetBp / 10_000);

        long Floor(System.Numerics.BigInteger won) => (long)(won / table.RoundingUnit.Amount * table.RoundingUnit.Amount);

        long Known(OutsideAmount amount, Funder funder)
            => table.Outside.ToList().IndexOf((amount, funder)) is >= 0 and var at ? Math.Clamp(outside[at], 0, 999_999_999_999_999) : 0;

        long Most(Share row) => Math.Min(
            row.Cap?.Amount ?? long.MaxValue,
            row.CumulativeCap is { } all ? Floor(Math.Max(0, all.Amount - Known(OutsideAmount.GivenBefore, row.Funder))) : long.MaxValue);
    }

    private static bool BreaksALimit(ShareTable table, long cost, long[] amounts) => table.Shares.Select((row, i) => (row, amount: amounts[i])).Any(each =>
        each.row.Base == ShareBase.EligibleCost
        && (each.amount < 0
            || ((Int128)each.amount + table.Tolerance.Amount) * 10_000 < (Int128)cost * each.row.MinBp
            || ((Int128)each.amount - table.Tolerance.Amount) * 10_000 > (Int128)cost * each.row.MaxBp));
}
