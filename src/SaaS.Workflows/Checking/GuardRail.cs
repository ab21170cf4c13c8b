using NodaTime;
using SaaS.Domain.Money;

namespace SaaS.Workflows.Checking;

/// <summary>What a funder may carry of the eligible cost, in basis points.</summary>
public sealed record ShareRange(int MinBp = 0, int MaxBp = 10_000)
{
    public static ShareRange Free { get; } = new();
}

/// <summary>The figures of a guard rail. What is not given is not limited.</summary>
public sealed record GuardRailLimits
{
    /// <summary>By funder; whoever is not named may carry anything.</summary>
    public IReadOnlyDictionary<Funder, ShareRange> Shares { get; init; } = new Dictionary<Funder, ShareRange>();

    /// <summary>The most that central government, province and municipality carry together (basis points of the eligible cost).</summary>
    public int? PublicMaxBp { get; init; }

    /// <summary>The largest project that a tier may take (won).</summary>
    public long? TotalCostMax { get; init; }

    /// <summary>The most central money in one project (won).</summary>
    public long? NationalMax { get; init; }

    /// <summary>The coarsest unit to which shares may be rounded (won).</summary>
    public long? RoundingUnitMax { get; init; }

    /// <summary>A call takes applications for at least so many days.</summary>
    public int? CallDaysMin { get; init; }

    public ShareRange Of(Funder funder) => Shares.GetValueOrDefault(funder, ShareRange.Free);
}

/// <summary>
/// The national operator's limits for the tiers of one model, with or without national money, from a programme year on. They bind every
/// tenant's design, whatever limits it writes itself.
/// </summary>
/// <param name="Model">One of <see cref="GuardRails.Models"/>.</param>
/// <param name="NationalMoney">Of tiers with a central share, or of those without.</param>
/// <param name="FromYear">For programmes of this year and later ones, until another is written for a later year.</param>
/// <param name="ValidFrom">Versions that are published and calls that are announced from this day on must keep it.</param>
/// <param name="Limits">The figures.</param>
/// <param name="Source">The guideline, law or announcement that they rest on.</param>
public sealed record GuardRail(string Model, bool NationalMoney, int FromYear, LocalDate ValidFrom, GuardRailLimits Limits, string Source)
{
    /// <summary>Whether the other one is for the same tiers, so that the later of both holds.</summary>
    public bool IsAbout(GuardRail other) => (Model, NationalMoney, FromYear) == (other.Model, other.NationalMoney, other.FromYear);
}
