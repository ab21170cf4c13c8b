using SaaS.Domain.Firms;
using SaaS.Domain.Money;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Programmes;

/// <summary>How far a firm is from passing, as a part of the limit that it misses: 0.01 is one per cent beyond.</summary>
internal static class Nearness
{
    /// <summary>The same for a single limit.</summary>
    public static double Of(double fact, double limit) => Math.Abs(fact - limit) / Math.Max(1, Math.Abs(limit));

    /// <summary>Of an application that one reason keeps out; null where no number decides.</summary>
    /// <param name="table">The table that said no.</param>
    /// <param name="application">The facts.</param>
    /// <param name="code">The reason's code.</param>
    public static double? Of(object? table, Value application, string? code) => table switch
    {
        RuleTable rules => rules.Rules.FirstOrDefault(rule => rule.Code == code && rule.Condition.Test(application) == Answer.No)?.Condition.Distance(application),
        TierTable tiers => OfTier(tiers.Nearest(application), application),
        ShareCostActivity.TierShares shares => OfCost(shares, application),
        _ => null,
    };

    /// <summary>How far a cost is from one that can be shared.</summary>
    public static double? OfCost(ShareCostActivity.TierShares shares, Value application)
    {
        var table = shares.For(application);
        return OfCost(new CostDivision(table), new Won(application["totalCost"].Whole ?? 0), OutsideFacts.Read(table, application));
    }

    public static double? OfCost(CostDivision division, Won cost, ReadOnlySpan<long> outside) =>
        CostSharing.CheckCost(cost.Amount).Count == 0 && division.NearestCost(cost, outside) is { } nearest ? Of(nearest.Amount, cost.Amount) : null;

    private static double? OfTier(Tier tier, Value application)
    {
        var cost = application["totalCost"] is { Kind: ValueKind.Number } given ? given.Number : 0;
        return cost > tier.TotalCostMax?.Amount ? Of(cost, tier.TotalCostMax.Value.Amount)
            : cost < tier.TotalCostMin?.Amount ? Of(cost, tier.TotalCostMin.Value.Amount)
            : tier.When.FirstOrDefault(condition => condition.Test(application) != Answer.Yes)?.Distance(application);
    }

    /// <summary>By the size rules that have fixed limits; null by the decree's.</summary>
    public static double? OfSize(string version, long? employees, long? revenue)
    {
        double? people = employees > SmeRule.MaxEmployees ? Of(employees.Value, SmeRule.MaxEmployees) : null;
        double? sales = revenue > SmeRule.MaxRevenue ? Of(revenue.Value, SmeRule.MaxRevenue) : null;
        return version switch
        {
            SmeRule.SeedOr when people is not null && sales is not null => Math.Min(people.Value, sales.Value),
            SmeRule.StrictAnd when people is not null && sales is not null => Math.Max(people.Value, sales.Value),
            SmeRule.SeedOr or SmeRule.StrictAnd => people ?? sales,
            _ => null,
        };
    }
}
