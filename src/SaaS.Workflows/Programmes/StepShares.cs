using SaaS.Domain.Money;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Definitions;

namespace SaaS.Workflows.Programmes;

/// <summary>What the shares of one step give, read from that step alone: quick enough to be shown with the edit itself.</summary>
public static class StepShares
{
    /// <summary>
    /// Every funder's won for a cost, for a firm that was given nothing before and pays in cash; an award that is topped up is taken to be
    /// as large as the cost.
    /// </summary>
    /// <returns>Null when the shares cannot be read; the checker says why.</returns>
    public static CostSplit? Split(ActivityDefinition step, Won total)
    {
        try
        {
            return Split(new ShareTableReader(
                GrantActivities.Raw(step, "shares"), GrantActivities.Raw(step, "bearer"), GrantActivities.Raw(step, "roundingUnit"), GrantActivities.Raw(step, "grant")).Read(), total);
        }
        catch (PreparationException)
        {
            return null;
        }
    }

    internal static CostSplit Split(ShareTable shares, Won total)
        => CostSharing.Split(shares, total, [.. shares.Outside.Select(outside => outside.Amount == OutsideAmount.AwardNationalGrant ? total.Amount : 0)]);
}
