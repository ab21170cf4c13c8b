using SaaS.Domain.Money;
using SaaS.Workflows.Programmes;

namespace SaaS.Platform.Programmes;

/// <summary>What a programme wants of the national budget.</summary>
public static class NationalMoney
{
    /// <summary>The tiers that KOSMO must open.</summary>
    public static IReadOnlyList<TierOutline> Tiers(ProgrammeOutline outline) => [.. outline.Tiers.Where(tier => tier.TakesNationalMoney)];

    /// <summary>The most national money that one project of the tier takes; null where the definition sets no limit.</summary>
    public static Won? Most(TierOutline tier)
    {
        var share = tier.Shares?.Of(Funder.National);
        if (share is null)
        {
            return null;
        }

        var reckoned = tier.Tier.TotalCostMax is { } cost ? tier.Split(cost)?.Parts.FirstOrDefault(part => part.Funder == Funder.National)?.Amount : null;
        return reckoned ?? share.Cap;
    }

    /// <summary>Enough for every project of the tier's quota; null where the definition does not say how much that is.</summary>
    public static Won? Wanted(TierOutline tier) => Most(tier) is { } most && tier.Tier.Quota is { } quota ? new Won(checked(most.Amount * quota)) : null;

    /// <summary>How many projects the tier takes with so much granted: the quota, or fewer when KOSMO granted less.</summary>
    public static int? Quota(TierOutline tier, Won granted)
        => Most(tier) is { Amount: > 0 } most ? (int)Math.Min(tier.Tier.Quota ?? int.MaxValue, granted.Amount / most.Amount) : tier.Tier.Quota;
}
