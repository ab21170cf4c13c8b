using NodaTime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Trying;

/// <summary>A made-up firm and what it applies for. As it is made, it is a small food maker in good standing.</summary>
public sealed class TrialFirm
{
    public string? Tier { get; set; }

    /// <summary>Total cost (won).</summary>
    public long TotalCost { get; set; } = 100_000_000;

    public int Employees { get; set; } = 20;

    /// <summary>Sales of the last year (won); the average and the assets follow.</summary>
    public long Revenue { get; set; } = 4_000_000_000;

    /// <summary>Division of KSIC.</summary>
    public string Sector { get; set; } = "C10";

    /// <summary>Smart level, 0 to 5.</summary>
    public int Level { get; set; } = 1;

    public string Region { get; set; } = "";

    public string Municipality { get; set; } = "";

    public bool Independent { get; set; } = true;

    public bool TaxArrears { get; set; }

    public bool Banned { get; set; }

    public bool HasSupplier { get; set; } = true;

    public bool HasLeadFirm { get; set; }

    /// <summary>Codes of equipment that it wants.</summary>
    public IReadOnlyList<string> Equipment { get; set; } = ["MetalDetector"];

    /// <summary>The award that a top-up adds to: its model, tier and won. No model: it has none.</summary>
    public string AwardModel { get; set; } = "";

    public string AwardTier { get; set; } = "";

    public long AwardNationalGrant { get; set; }

    public long AwardFirmShare { get; set; }

    /// <summary>What of the firm's part is staff or goods (won).</summary>
    public long InKind { get; set; }

    /// <summary>Tiers that it has completed before.</summary>
    public IReadOnlyList<string> CompletedTiers { get; set; } = [];

    /// <summary>The input Application.</summary>
    public Value ToApplication(Instant now) => Value.Object(
        ("receiptNumber", "TRIAL"), ("submittedAt", now.ToString()), ("totalCost", TotalCost), ("requestedTier", Tier is { Length: > 0 } ? Tier : Value.Null),
        ("solution", "MES"), ("equipment", Value.From(Equipment)), ("documents", Value.From(Array.Empty<string>())),
        ("firm", Value.Object(
            ("id", "TRIAL"), ("businessNumber", "000-00-00000"), ("ko", "가상기업"), ("en", "Made-up firm"),
            ("employees", Employees), ("revenue", Revenue), ("averageSales", Revenue), ("assets", Revenue), ("independent", Independent),
            ("ksic", Sector), ("level", Level), ("taxArrears", TaxArrears), ("banned", Banned), ("completedTiers", Value.From(CompletedTiers)))),
        ("facility", Value.Object(("id", "TRIAL"), ("name", "가상공장"), ("region", Region), ("municipality", Municipality))),
        ("supplier", HasSupplier ? Value.Object(("id", "SUPPLIER"), ("ko", "가상공급기업"), ("registered", true)) : Value.Null),
        ("firmInKind", InKind),
        ("award", Value.Object(("model", AwardModel), ("tier", AwardTier), ("nationalGrant", AwardNationalGrant), ("firmShare", AwardFirmShare))),
        ("leadFirm", HasLeadFirm ? Value.Object(("id", "LEAD"), ("tenant", "lead")) : Value.Null));
}
