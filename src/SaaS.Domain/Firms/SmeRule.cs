using SaaS.Domain.Codes;

namespace SaaS.Domain.Firms;

/// <summary>An answer that may need another document first.</summary>
public enum Answer
{
    Yes,
    No,

    /// <summary>A fact is missing: ask for it, refuse nobody.</summary>
    Indeterminate,
}

/// <summary>What the size test looks at; null is unknown, never zero.</summary>
/// <param name="Employees">Monthly average of the last 12 months.</param>
/// <param name="Revenue">Last financial year (won).</param>
/// <param name="AverageSales">Mean of the last three years (won).</param>
/// <param name="Assets">Total assets (won).</param>
/// <param name="Independent">Not part of a large group, not held by one.</param>
/// <param name="Ksic">Division of the Korean Standard Industrial Classification, for example C10.</param>
public readonly record struct FirmSize(int? Employees, long? Revenue, long? AverageSales, long? Assets, bool? Independent, string? Ksic);

/// <summary>Who counts as a small or medium enterprise: five dated versions of the rule, chosen by the call.</summary>
public static class SmeRule
{
    /// <summary>300 employees or fewer, or revenue of 150 billion won or less; out only when both exceed.</summary>
    public const string SeedOr = "SEED-OR";

    /// <summary>Both limits must hold; for a tenant's own call only, never as the definition of an SME.</summary>
    public const string StrictAnd = "STRICT-AND";

    /// <summary>Decree of the Framework Act on SMEs, sector ceilings of 2015.</summary>
    public const string Act2015 = "ACT-2015";

    /// <summary>The same with the ceilings in force since 2025-09-01.</summary>
    public const string Act2025 = "ACT-2025-09";

    /// <summary>A small firm (소기업) by the decree's annex 3, ceilings since 2025-09-01.</summary>
    public const string Small2025 = "SMALL-2025-09";

    /// <summary>People, by the seed's rule.</summary>
    public const int MaxEmployees = 300;

    /// <summary>Won, by the seed's rule.</summary>
    public const long MaxRevenue = 150_000_000_000;

    private const long MaxAssets = 500_000_000_000;

    public static IReadOnlyList<string> Versions { get; } = [SeedOr, StrictAnd, Act2015, Act2025, Small2025];

    /// <exception cref="ArgumentException">There is no such version.</exception>
    public static Answer Test(string version, FirmSize firm) => version switch
    {
        SeedOr => TestEither(firm.Employees, firm.Revenue),
        StrictAnd => TestBoth(firm.Employees, firm.Revenue),
        Act2015 or Act2025 or Small2025 => TestAct(firm.AverageSales, Ceiling(version, firm.Ksic), firm.Assets, firm.Independent),
        _ => throw new ArgumentException($"There is no SME rule '{version}'.", nameof(version)),
    };

    /// <summary>The seed's rule: one limit kept is enough.</summary>
    public static Answer TestEither(long? employees, long? revenue) => Or(AtMost(employees, MaxEmployees), AtMost(revenue, MaxRevenue));

    /// <summary>The strict rule: both limits.</summary>
    public static Answer TestBoth(long? employees, long? revenue) => And(AtMost(employees, MaxEmployees), AtMost(revenue, MaxRevenue));

    /// <summary>The decree: sales of the sector, assets, independence.</summary>
    /// <param name="averageSales">Won.</param>
    /// <param name="ceiling">The sector's, by <see cref="Ceiling"/>; null when the sector is not known.</param>
    /// <param name="assets">Won.</param>
    /// <param name="independent">Of any large group.</param>
    public static Answer TestAct(long? averageSales, long? ceiling, long? assets, bool? independent)
    {
        var sales = ceiling is { } most ? AtMost(averageSales, most) : Answer.Indeterminate;
        var size = assets is { } amount ? Is(amount < MaxAssets) : Answer.Indeterminate;
        return And(And(sales, size), independent is { } alone ? Is(alone) : Answer.Indeterminate);
    }

    /// <summary>Most average sales of an SME in a sector (won); null when the sector is not in manufacturing or not known.</summary>
    public static long? Ceiling(string version, string? ksic) =>
        ksic is null || Sectors.Find(ksic) is not { } sector ? null : version switch
        {
            Act2015 => sector.SmeSalesMax2015,
            Small2025 => sector.SmallFirmSalesMax2025,
            _ => sector.SmeSalesMax2025,
        };

    private static Answer AtMost(long? value, long limit) => value is { } known ? Is(known <= limit) : Answer.Indeterminate;

    private static Answer Is(bool holds) => holds ? Answer.Yes : Answer.No;

    private static Answer Or(Answer left, Answer right)
        => left == Answer.Yes || right == Answer.Yes ? Answer.Yes
            : left == Answer.No && right == Answer.No ? Answer.No
            : Answer.Indeterminate;

    private static Answer And(Answer left, Answer right)
        => left == Answer.No || right == Answer.No ? Answer.No
            : left == Answer.Yes && right == Answer.Yes ? Answer.Yes
            : Answer.Indeterminate;
}
