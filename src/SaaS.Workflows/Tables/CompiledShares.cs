using SaaS.Domain.Money;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Tables;

/// <summary>The shares of a tier over facts, municipalities that are exceptions included, without allocating.</summary>
internal sealed class CompiledShares
{
    private readonly CostDivision _ordinary;
    private readonly (ulong Bit, CostDivision Division)[] exceptions = [];
    private readonly int _cost;
    private readonly int _municipality;

    public CompiledShares(ShareCostActivity.TierShares shares, FactLayout layout)
    {
        Shares = shares;
        _cost = layout.Slot("totalCost");
        _ordinary = new CostDivision(shares.Table);
        if (shares.Overrides.Count > 0)
        {
            _municipality = layout.Slot("facility.municipality");
            exceptions = [.. shares.Overrides.Select(each => (layout[_municipality].AskEqual([each.Key]), new CostDivision(each.Value)))];
        }
    }

    public ShareCostActivity.TierShares Shares { get; }

    /// <summary>The table that holds for this application.</summary>
    public CostDivision Choose(ReadOnlySpan<Fact> facts)
    {
        foreach (var (bit, division) in exceptions)
        {
            if ((facts[_municipality].Bits & bit) != 0)
            {
                return division;
            }
        }

        return _ordinary;
    }

    /// <summary>The cost that is shared (won); zero when there is none.</summary>
    public Won Cost(ReadOnlySpan<Fact> facts) => new(facts[_cost].Whole ?? 0);
}
