using SaaS.Domain.Money;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Tables;

/// <summary>The shares of a tier over facts, places that are exceptions included, without allocating.</summary>
internal sealed class CompiledShares
{
    private readonly Place _ordinary;
    private readonly (ulong Bit, Place Place)[] municipalities = [];
    private readonly (ulong Bit, Place Place)[] regions = [];
    private readonly int _cost;
    private readonly int _municipality;
    private readonly int _region;

    public CompiledShares(ShareCostActivity.TierShares shares, FactLayout layout)
    {
        Shares = shares;
        _cost = layout.Slot("totalCost");
        _ordinary = Compile(shares.Table, layout);
        if (shares.Overrides.Count > 0)
        {
            _municipality = layout.Slot("facility.municipality");
            _region = layout.Slot("facility.region");
            municipalities = [.. shares.Overrides.Select(each => (layout[_municipality].AskEqual([each.Key]), Compile(each.Value, layout)))];
            regions = [.. shares.Overrides.Select(each => (layout[_region].AskEqual([each.Key]), Compile(each.Value, layout)))];
        }
    }

    public ShareCostActivity.TierShares Shares { get; }

    /// <summary>The table that holds for this application.</summary>
    public CostDivision Choose(ReadOnlySpan<Fact> facts) => Find(facts).Division;

    /// <summary>Divides the cost of this application.</summary>
    /// <param name="facts">The application, by this table's layout.</param>
    /// <param name="amounts">Receives one amount (won) a row.</param>
    /// <returns>Whether every limit holds.</returns>
    public bool TryDivide(ReadOnlySpan<Fact> facts, Span<long> amounts)
    {
        var place = Find(facts);
        if (place.Outside.Length == 0)
        {
            return place.Division.TryDivide(Cost(facts), amounts);
        }

        Span<long> outside = stackalloc long[place.Outside.Length];
        Read(place, facts, outside);
        return place.Division.TryDivide(Cost(facts), outside, amounts);
    }

    /// <summary>What the table asks for besides the cost, for this application (won).</summary>
    public long[] Outside(ReadOnlySpan<Fact> facts)
    {
        var place = Find(facts);
        var outside = new long[place.Outside.Length];
        Read(place, facts, outside);
        return outside;
    }

    /// <summary>The cost that is shared (won); zero when there is none.</summary>
    public Won Cost(ReadOnlySpan<Fact> facts) => new(facts[_cost].Whole ?? 0);

    private static Place Compile(ShareTable table, FactLayout layout)
        => new(new CostDivision(table), [.. table.Outside.Select(outside => layout.Slot(OutsideFacts.Path(outside)))]);

    private static void Read(Place place, ReadOnlySpan<Fact> facts, Span<long> outside)
    {
        for (var index = 0; index < outside.Length; index++)
        {
            outside[index] = facts[place.Outside[index]].Whole ?? 0;
        }
    }

    private Place Find(ReadOnlySpan<Fact> facts) => Find(municipalities, _municipality, facts) ?? Find(regions, _region, facts) ?? _ordinary;

    private static Place? Find((ulong Bit, Place Place)[] exceptions, int slot, ReadOnlySpan<Fact> facts)
    {
        foreach (var (bit, place) in exceptions)
        {
            if ((facts[slot].Bits & bit) != 0)
            {
                return place;
            }
        }

        return null;
    }

    private sealed record Place(CostDivision Division, int[] Outside);
}
