using SaaS.Domain.Money;

namespace SaaS.Cli.Demonstration;

/// <summary>One application that is walked from the first click to the last tranche, with the won that must come out.</summary>
internal sealed record DemoCase
{
    public required string Ko { get; init; }

    public required string En { get; init; }

    /// <summary>The tenant's id.</summary>
    public required string Tenant { get; init; }

    /// <summary>The number of the call within the tenant.</summary>
    public required string Call { get; init; }

    /// <summary>The tier asked for.</summary>
    public required string Tier { get; init; }

    /// <summary>The firm that applies, by its name in the register.</summary>
    public required string Firm { get; init; }

    /// <summary>The supplier of its consortium; null for none.</summary>
    public string? Supplier { get; init; }

    public string Solution { get; init; } = "MES";

    public IReadOnlyList<string> Equipment { get; init; } = [];

    /// <summary>Won, without value-added tax.</summary>
    public required long Total { get; init; }

    /// <summary>What the lead firm gives in kind (won).</summary>
    public long InKind { get; init; }

    public required IReadOnlyList<ExpectedShare> Shares { get; init; }
}

/// <summary>What one funder must have borne in the end (won).</summary>
/// <param name="Amount">In cash and in kind.</param>
/// <param name="Tranches">What it pays in each tranche; together the part in cash.</param>
internal sealed record ExpectedShare(Funder Funder, long Amount, long InKind, IReadOnlyList<long> Tranches)
{
    /// <summary>A share whose cash part is divided by basis points, rounded down to a unit; the last tranche takes the rest.</summary>
    public static ExpectedShare Divided(Funder funder, long amount, IReadOnlyList<int> basisPoints, long unit, long inKind = 0)
        => new(funder, amount, inKind, [.. Domain.Money.Tranches.Plan(new Won(amount - inKind), basisPoints, new Won(unit)).Select(tranche => tranche.Amount)]);
}
