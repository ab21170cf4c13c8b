using CsCheck;
using SaaS.Domain.Money;
using SaaS.Domain.Selections;
using Xunit;

namespace SaaS.UnitTests.Domain;

/// <summary>Who gets place and money when either ends in the middle of the ranking.</summary>
public sealed class AllocationTests
{
    private const int Central = 0, Province = 1, Naju = 2, Yeosu = 3, Gokseong = 4;

    private static readonly Dictionary<string, int?> NoQuota = [];

    // Central 800, province 240, Naju 60, Yeosu 120, Gokseong 60; every project takes 200, 60 and 60.
    private static readonly Won[] Lines = [new(800), new(240), new(60), new(120), new(60)];

    [Fact]
    public void With_skip_who_does_not_fit_waits_and_the_next_ones_are_tried()
    {
        var verdicts = Allocation.Run(Ranked(false, Naju, Naju, Yeosu, Yeosu, Yeosu, Gokseong), Lines, NoQuota);

        Assert.Equal([true, false, true, true, false, true], verdicts.Select(verdict => verdict.IsSelected));
        Assert.Equal([(Naju, new Won(0))], verdicts[1].Short);
        Assert.Equal([(Yeosu, new Won(0))], verdicts[4].Short);
    }

    [Fact]
    public void With_stop_nobody_below_the_first_who_does_not_fit_is_selected()
    {
        var verdicts = Allocation.Run(Ranked(true, Naju, Naju, Yeosu, Yeosu, Yeosu, Gokseong), Lines, NoQuota);

        Assert.Equal([true, false, false, false, false, false], verdicts.Select(verdict => verdict.IsSelected));
        Assert.Equal([null, null, 1, 1, 1, 1], verdicts.Select(verdict => verdict.StoppedBy));
    }

    [Fact]
    public void When_the_seventh_finds_nothing_left_it_waits_for_that_line_and_a_quota_is_told_apart()
    {
        Won[] granted = [new(1_200), new(10_000), new(10_000), new(0), new(0)];
        var ranked = Ranked(false, [.. Enumerable.Repeat(Naju, 7)]);

        var byMoney = Allocation.Run(ranked, granted, new Dictionary<string, int?> { ["ADV"] = 10 });
        var byQuota = Allocation.Run(ranked, [new(10_000), .. granted[1..]], new Dictionary<string, int?> { ["ADV"] = 6 });

        Assert.Equal(6, byMoney.Count(verdict => verdict.IsSelected));
        Assert.Equal((false, Central), (byMoney[6].LacksPlace, byMoney[6].Short.Single().Line));
        Assert.Equal(6, byQuota.Count(verdict => verdict.IsSelected));
        Assert.True(byQuota[6].LacksPlace);
        Assert.Empty(byQuota[6].Short);
    }

    [Fact]
    public void No_line_is_overdrawn_no_quota_exceeded_nobody_loses_a_place_and_a_second_run_changes_nothing()
        => Rounds.Sample(round =>
        {
            var (ranked, free, quotas) = round;

            var verdicts = Allocation.Run(ranked, free, quotas);

            var left = free.Select(won => won.Amount).ToArray();
            foreach (var (contender, verdict) in ranked.Zip(verdicts))
            {
                Assert.True(verdict.IsSelected || !contender.IsSelected);
                Assert.True(verdict.IsSelected || verdict.LacksPlace || verdict.Short.Count > 0 || verdict.StoppedBy is not null);
                foreach (var draw in contender.Draws.Where(_ => verdict.IsSelected && !contender.IsSelected))
                {
                    left[draw.Line] -= draw.Amount.Amount;
                }
            }

            Assert.All(left, won => Assert.True(won >= 0));
            foreach (var tier in ranked.Zip(verdicts).GroupBy(pair => pair.First.Tier))
            {
                var before = tier.Count(pair => pair.First.IsSelected);
                Assert.True(tier.Count(pair => pair.Second.IsSelected) <= Math.Max(before, quotas.GetValueOrDefault(tier.Key) ?? int.MaxValue));
            }

            var again = Allocation.Run(
                [.. ranked.Zip(verdicts).Select(pair => pair.First with { IsSelected = pair.Second.IsSelected })], [.. left.Select(won => new Won(won))], quotas);
            Assert.Equal(verdicts.Select(Told), again.Select(Told));
        });

    [Fact]
    public void With_skip_nobody_waits_for_whom_there_was_enough()
        => Rounds.Sample(round =>
        {
            var (contenders, free, quotas) = round;
            var ranked = contenders.Select(contender => contender with { StopsOthers = false }).ToList();

            var verdicts = Allocation.Run(ranked, free, quotas);

            var left = free.Select(won => won.Amount).ToArray();
            foreach (var draw in ranked.Zip(verdicts).Where(pair => pair.Second.IsSelected && !pair.First.IsSelected).SelectMany(pair => pair.First.Draws))
            {
                left[draw.Line] -= draw.Amount.Amount;
            }

            foreach (var (contender, _) in ranked.Zip(verdicts).Where(pair => !pair.Second.IsSelected))
            {
                var taken = ranked.Zip(verdicts).Count(pair => pair.First.Tier == contender.Tier && pair.Second.IsSelected);
                Assert.True(
                    taken >= (quotas.GetValueOrDefault(contender.Tier) ?? int.MaxValue)
                    || contender.Draws.GroupBy(draw => draw.Line).Any(line => line.Any(draw => draw.Amount.Amount > left[draw.Line])));
            }
        });

    [Fact]
    public void The_order_of_the_rows_decides_nothing_even_when_scores_are_equal()
        => Gen.Select(Merits.Array[2, 12], Gen.Int).Sample((merits, seed) =>
        {
            var one = merits.Select((merit, place) => merit with { Lot = (ulong)place }).ToList();
            var other = one.ToArray();
            new Random(seed).Shuffle(other);

            Assert.Equal(one.Order(Merit.BestFirst).Select(merit => merit.Lot), other.Order(Merit.BestFirst).Select(merit => merit.Lot));
        });

    [Fact]
    public void Equal_scores_are_told_apart_by_points_then_public_part_then_first_award_then_arrival_then_lot()
    {
        var merit = new Merit(80, [20, 20, 40], new Won(50), new Won(100), false, 10, 7);
        Merit[] ranked =
        [
            merit with { Score = 80.01m },
            merit with { Points = [21, 19, 40] },
            merit with { Public = new Won(49) },
            merit with { IsFirstAward = true },
            merit with { AppliedAt = 9 },
            merit with { Lot = 6 },
            merit,
        ];

        Assert.Equal(ranked, ranked.Reverse().Order(Merit.BestFirst));
    }

    private static string Told(Verdict verdict) => $"{verdict.IsSelected} {verdict.LacksPlace} {verdict.StoppedBy} {string.Join(' ', verdict.Short)}";

    private static Contender[] Ranked(bool stops, params int[] cities)
        => [.. cities.Select(city => new Contender("ADV", [new(Central, new Won(200)), new(Province, new Won(60)), new(city, new Won(60))], false, stops))];

    private static readonly Gen<Merit> Merits =
        from score in Gen.Int[60, 62]
        from first in Gen.Int[0, 2]
        from money in Gen.Int[1, 3]
        from isFirst in Gen.Bool
        from at in Gen.Long[0, 2]
        select new Merit(score, [first, 2 - first], new Won(money), new Won(4), isFirst, at, 0);

    // What the selected hold was taken before and is not in the free money.
    private static readonly Gen<(Contender[] Ranked, Won[] Free, Dictionary<string, int?> Quotas)> Rounds =
        from contenders in (
            from isBasic in Gen.Bool
            from central in Gen.Long[0, 5]
            from city in Gen.Int[1, 3]
            from share in Gen.Long[0, 5]
            from isSelected in Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true)))
            from stops in Gen.Bool
            select new Contender(isBasic ? "BASIC" : "ADV", [new(0, new Won(central)), new(city, new Won(share))], isSelected, stops)).Array[0, 10]
        from free in Gen.Long[0, 12].Select(won => new Won(won)).Array[4]
        from quota in Gen.Int[0, 5]
        select (contenders, free, new Dictionary<string, int?> { ["BASIC"] = quota, ["ADV"] = null });
}
