namespace SaaS.Domain.Money;

/// <summary>What a share is a percentage of.</summary>
public enum ShareBase
{
    /// <summary>The reviewed cost without VAT.</summary>
    EligibleCost,

    /// <summary>The central government's part: a top-up on a national grant.</summary>
    NationalGrant,

    /// <summary>The firm's part before the top-up.</summary>
    FirmShare,
}

/// <summary>One funder's share. Percentages are basis points of <see cref="Base"/>, 0 to 10,000.</summary>
public sealed record Share(Funder Funder, int TargetBp)
{
    public int MinBp { get; init; }

    public int MaxBp { get; init; } = 10_000;

    public ShareBase Base { get; init; } = ShareBase.EligibleCost;

    /// <summary>The most that this funder gives (won); null means no cap.</summary>
    public Won? Cap { get; init; }

    /// <summary>Who takes what exceeds the cap; it must be named where there is a cap.</summary>
    public Funder? OverflowTo { get; init; }

    /// <summary>Whose treasury pays it out: the funder's own, or KOSMO's for <see cref="Funder.National"/>.</summary>
    public Funder? PaidBy { get; init; }
}

/// <summary>How the cost of a tier is divided.</summary>
/// <param name="Shares">One row a funder.</param>
/// <param name="Bearer">Who takes the rest that rounding and limits leave.</param>
/// <param name="RoundingUnit">Parts are rounded down to this many won; 1,000 by custom (천원 미만 절사), 1 allowed.</param>
public sealed record ShareTable(IReadOnlyList<Share> Shares, Funder Bearer, Won RoundingUnit)
{
    /// <summary>How far a percentage limit may be missed because of rounding: (funders − 1) × rounding unit.</summary>
    public Won Tolerance => new((Shares.Count - 1) * RoundingUnit.Amount);

    public Share? Of(Funder funder) => Shares.FirstOrDefault(share => share.Funder == funder);
}
