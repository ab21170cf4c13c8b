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

    /// <summary>What of the firm's part before the top-up is money, not staff or goods.</summary>
    FirmCashShare,

    /// <summary>The grant as a whole, by <see cref="ShareTable.Grant"/>: several funders divide it among themselves.</summary>
    PublicGrant,

    /// <summary>The central government's part of another project of the firm, which this one tops up.</summary>
    AwardNationalGrant,
}

/// <summary>One funder's share. Percentages are basis points of <see cref="Base"/>, 0 to 10,000.</summary>
public sealed record Share(Funder Funder, int TargetBp)
{
    public int MinBp { get; init; }

    public int MaxBp { get; init; } = 10_000;

    public ShareBase Base { get; init; } = ShareBase.EligibleCost;

    /// <summary>The most that this funder gives (won); null means no cap.</summary>
    public Won? Cap { get; init; }

    /// <summary>The most that this funder gives a firm in a tier over all its projects (won); null means no such ceiling.</summary>
    public Won? CumulativeCap { get; init; }

    /// <summary>The most that flows in one year of the project (won); the plan of payments is held to it.</summary>
    public Won? CapPerYear { get; init; }

    /// <summary>Who takes what exceeds the cap; it must be named where there is a cap.</summary>
    public Funder? OverflowTo { get; init; }

    /// <summary>Whose treasury pays it out: the funder's own, or KOSMO's for <see cref="Funder.National"/>.</summary>
    public Funder? PaidBy { get; init; }
}

/// <summary>A grant reckoned as a whole before its funders divide it. What exceeds the cap is the bearer's.</summary>
/// <param name="TargetBp">Basis points of the eligible cost, 0 to 10,000.</param>
/// <param name="Cap">The most that all of them give together (won); null means no cap.</param>
public sealed record GrantAsWhole(int TargetBp, Won? Cap);

/// <summary>What a table reckons with besides the cost: something known of the firm.</summary>
public enum OutsideAmount
{
    /// <summary>What a funder gave the firm in this tier before (won).</summary>
    GivenBefore,

    /// <summary>What of its own part the firm gives as staff and goods (won).</summary>
    FirmInKind,

    /// <summary>The central government's part of the project that is topped up (won).</summary>
    AwardNationalGrant,
}

/// <summary>How the cost of a tier is divided.</summary>
/// <param name="Shares">One row a funder.</param>
/// <param name="Bearer">Who takes the rest that rounding and limits leave.</param>
/// <param name="RoundingUnit">Parts are rounded down to this many won; 1,000 by custom (천원 미만 절사), 1 allowed.</param>
public sealed record ShareTable(IReadOnlyList<Share> Shares, Funder Bearer, Won RoundingUnit)
{
    /// <summary>How far a percentage limit may be missed because of rounding: (funders − 1) × rounding unit.</summary>
    public Won Tolerance => new((Shares.Count - 1) * RoundingUnit.Amount);

    /// <summary>Null where no row's base is <see cref="ShareBase.PublicGrant"/>.</summary>
    public GrantAsWhole? Grant { get; init; }

    /// <summary>What must be known besides the cost, in the order in which it is asked for; most tables need nothing.</summary>
    public IReadOnlyList<(OutsideAmount Amount, Funder Funder)> Outside =>
    [
        .. Shares.Where(share => share.CumulativeCap is not null).Select(share => (OutsideAmount.GivenBefore, share.Funder)),
        .. Shares.Where(share => share.Base == ShareBase.FirmCashShare).Take(1).Select(_ => (OutsideAmount.FirmInKind, Funder.Firm)),
        .. Shares.Where(share => share.Base == ShareBase.AwardNationalGrant).Take(1).Select(_ => (OutsideAmount.AwardNationalGrant, Funder.National)),
    ];

    public Share? Of(Funder funder) => Shares.FirstOrDefault(share => share.Funder == funder);
}
