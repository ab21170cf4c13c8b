using NodaTime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Trying;

/// <summary>A made-up firm and what it applies for. As it is made, it is a small food maker in good standing.</summary>
public sealed class TrialFirm
{
    private const string InTier = "firm.grantedInTier.";

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

    public string Solution { get; set; } = "MES";

    /// <summary>Codes of the papers that it hands in.</summary>
    public IReadOnlyList<string> Documents { get; set; } = [];

    /// <summary>Tiers that it has completed before.</summary>
    public IReadOnlyList<string> CompletedTiers { get; set; } = [];

    /// <summary>Tiers that it was awarded this year.</summary>
    public IReadOnlyList<string> TiersThisYear { get; set; } = [];

    /// <summary>What programmes ask of its projects before, by the name of the fact. As it is made, it has had none.</summary>
    public Dictionary<string, long> Before { get; } = new(StringComparer.Ordinal)
    {
        ["firm.awards"] = 0,
        ["firm.yearsWithoutAward"] = 10,
        ["firm.yearsWithoutSameAward"] = 10,
        ["firm.granted"] = 0,
        [InTier + "National"] = 0,
        [InTier + "Province"] = 0,
        [InTier + "Municipality"] = 0,
        [InTier + "LeadFirm"] = 0,
    };

    /// <summary>Gives it an award to add to: of the same tier, with as much central money as its own part, which is what it applies for relief of.</summary>
    public void BeAwarded() => (AwardModel, AwardTier, AwardNationalGrant, AwardFirmShare) = ("Standard", Tier ?? "", TotalCost, TotalCost);

    /// <summary>Applies for another tier; the award that is topped up goes along where it was of the tier before.</summary>
    public void Ask(string? tier)
    {
        if (AwardModel.Length > 0 && AwardTier == (Tier ?? ""))
        {
            AwardTier = tier ?? "";
        }

        Tier = tier;
    }

    /// <summary>The input Application.</summary>
    public Value ToApplication(Instant now) => Value.Object(
        ("receiptNumber", "TRIAL"), ("submittedAt", now.ToString()), ("totalCost", TotalCost), ("requestedTier", Tier is { Length: > 0 } ? Tier : Value.Null),
        ("solution", Solution), ("equipment", Value.From(Equipment)), ("documents", Value.From(Documents)),
        ("firm", Value.Object([
            ("id", "TRIAL"), ("businessNumber", "000-00-00000"), ("ko", "가상기업"), ("en", "Made-up firm"),
            ("employees", Employees), ("revenue", Revenue), ("averageSales", Revenue), ("assets", Revenue), ("independent", Independent),
            ("ksic", Sector), ("level", Level), ("taxArrears", TaxArrears), ("banned", Banned), ("completedTiers", Value.From(CompletedTiers)),
            ("tiersThisYear", Value.From(TiersThisYear)),
            .. Before.Where(fact => !fact.Key.StartsWith(InTier, StringComparison.Ordinal)).Select(fact => (fact.Key["firm.".Length..], Value.From(fact.Value))),
            ("grantedInTier", Value.Object([.. Before.Where(fact => fact.Key.StartsWith(InTier, StringComparison.Ordinal)).Select(fact => (fact.Key[InTier.Length..], Value.From(fact.Value)))]))])),
        ("facility", Value.Object(("id", "TRIAL"), ("name", "가상공장"), ("region", Region), ("municipality", Municipality))),
        ("supplier", HasSupplier ? Value.Object(("id", "SUPPLIER"), ("ko", "가상공급기업"), ("registered", true)) : Value.Object(("id", ""))),
        ("firmInKind", InKind),
        ("award", Value.Object(("model", AwardModel), ("tier", AwardTier), ("nationalGrant", AwardNationalGrant), ("firmShare", AwardFirmShare))),
        ("leadFirm", HasLeadFirm ? Value.Object(("id", "LEAD"), ("tenant", "lead")) : Value.Object(("id", ""), ("tenant", ""))));
}
