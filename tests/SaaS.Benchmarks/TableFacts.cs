using SaaS.Workflows.Values;

namespace SaaS.Benchmarks;

/// <summary>What the tables of the benchmark look at, as an ordinary C# program would hold it.</summary>
public sealed class TableFacts
{
    public required long Employees { get; init; }

    public required long Revenue { get; init; }

    public required long Assets { get; init; }

    public required long Level { get; init; }

    public required string Ksic { get; init; }

    public required string Region { get; init; }

    public required string Supplier { get; init; }

    public required bool Registered { get; init; }

    public required bool Banned { get; init; }

    public required bool TaxArrears { get; init; }

    public required long TotalCost { get; init; }

    public required string RequestedTier { get; init; }

    public required string[] Equipment { get; init; }

    /// <summary>Firms of which some pass and the others fail for all kinds of reasons, always the same.</summary>
    public static TableFacts[] Examples { get; } = [.. Enumerable.Range(0, 64).Select(number => new TableFacts
    {
        Employees = 20 + (number % 16 == 3 ? 400 : number),
        Revenue = number % 16 == 3 ? 200_000_000_000 : 5_000_000_000,
        Assets = 9_000_000_000,
        Level = number % 9 == 5 ? 5 : number % 3,
        Ksic = number % 11 == 7 ? "C28" : number % 2 == 0 ? "C10" : "C11",
        Region = number % 13 == 9 ? "48" : "46",
        Supplier = "narae",
        Registered = true,
        Banned = number % 21 == 20,
        TaxArrears = false,
        TotalCost = 80_000_001 + (number * 4_444_444),
        RequestedTier = number % 3 == 0 ? "ADV" : "BASIC",
        Equipment = number % 6 == 0 ? ["Robot", "MetalDetector"] : ["Robot"],
    })];

    public Value ToApplication() => Value.Object(
        ("totalCost", TotalCost),
        ("requestedTier", RequestedTier),
        ("equipment", Value.From(Equipment)),
        ("firm", Value.Object(("employees", Employees), ("revenue", Revenue), ("assets", Assets), ("level", Level), ("ksic", Ksic), ("banned", Banned), ("taxArrears", TaxArrears))),
        ("facility", Value.Object(("region", Region))),
        ("supplier", Value.Object(("id", Supplier), ("registered", Registered))));
}
