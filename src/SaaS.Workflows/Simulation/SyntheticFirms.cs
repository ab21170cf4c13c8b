using System.Globalization;
using System.Text;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Simulation;

/// <summary>Which made-up firms are wanted, and what they ask for.</summary>
/// <param name="Region">Code of the region of every facility.</param>
/// <param name="Municipalities">Codes among which the facilities are spread, the first ones holding more; empty where none is known.</param>
/// <param name="Sector">Division of KSIC of all firms; null for the mix of Korean manufacturing.</param>
/// <param name="Tiers">The tiers that firms may ask for.</param>
/// <param name="WithLeadFirm">Whether a lead firm stands behind each.</param>
/// <param name="WithAward">Whether each was awarded a national grant before, to be topped up.</param>
/// <param name="Documents">Codes of the papers that every firm hands in; null for none.</param>
public sealed record SyntheticRegion(string Region, IReadOnlyList<string> Municipalities, string? Sector, IReadOnlyList<Tier> Tiers, bool WithLeadFirm = false, bool WithAward = false, IReadOnlyList<string>? Documents = null);

/// <summary>
/// A region's manufacturing firms, made up and always the same: as many as are asked for, the first ones of a larger number being those of
/// a smaller. Sizes, smart levels and sectors follow published shares; money follows from the size.
/// </summary>
/// <remarks>
/// Source of sizes (micro 61.8 %, small 27.2 %, medium 9.7 %, larger 1.3 %), of adoption by size (8.7, 28.5, 54.2, 85.7 %) and of levels among
/// adopters (basic 75.5 %, intermediate 22.5 and 1.9 %, advanced 0.1 %): 제1차 스마트제조혁신 실태조사, 2025-04-28. Sectors: projects supported until 2023.
/// Sales a head, ownership, arrears and costs are assumptions.
/// </remarks>
public static class SyntheticFirms
{
    private const ulong Seed = 20_251_124;
    private const string Header = "id,totalCost,requestedTier,solution,equipment,employees,revenue,averageSales,assets,independent,ksic,level,taxArrears,banned,completedTiers,awards,region,municipality,supplier,supplierRegistered,leadFirm,awardModel,awardTier,awardNationalGrant,awardFirmShare,score,documents,yearsWithoutAward,yearsWithoutSameAward,tiersThisYear,granted,grantedNational,grantedProvince,grantedMunicipality,grantedLeadFirm,firmInKind\n";

    // A list of nothing is known; an empty cell is not.
    private const string None = ";";

    // What the facts of earlier projects are to a firm whose last one is long past: nothing this year, and no money in the same tier.
    private const string Before = "10,10,;,0,0,0,0,0,0";

    private static readonly (string Code, double Share)[] SectorShares =
    [
        ("C29", 18.0), ("C25", 13.8), ("C30", 10.1), ("C10", 9.5), ("C22", 8.5), ("C26", 6.1), ("C28", 6.0), ("C20", 5.5), ("C24", 4.0), ("C23", 3.0), ("C27", 2.8), ("C31", 2.2),
        ("C17", 1.8), ("C13", 1.6), ("C33", 1.5), ("C18", 1.2), ("C21", 1.0), ("C32", 0.9), ("C14", 0.6), ("C11", 0.6), ("C16", 0.5), ("C15", 0.4), ("C19", 0.3), ("C34", 0.1),
    ];

    private static readonly Size[] Sizes = [new(61.8, 1, 9, 0.087), new(27.2, 10, 49, 0.285), new(9.7, 50, 299, 0.542), new(1.3, 300, 900, 0.857)];
    private static readonly (int Level, double Share)[] Levels = [(1, 75.5), (2, 22.5), (3, 1.9), (4, 0.1)];
    private static readonly string[] Solutions = ["MES", "MES", "MES", "ERP", "QMS", "FEMS", "SCM", "APS"];
    private static readonly string[] FoodEquipment = ["MetalDetector", "XrayInspection", "ForeignMatterSorter", "WeightChecker", "SmartHaccp", "Sensor"];
    private static readonly string[] OtherEquipment = ["Sensor", "Controller", "Robot", "VisionInspection", "AI", "DigitalTwin"];

    /// <summary>The firms as a CSV file that <see cref="FirmSimulation"/> reads.</summary>
    public static byte[] Write(SyntheticRegion region, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        using var text = new MemoryStream(count * 160);
        using (var writer = new StreamWriter(text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16))
        {
            writer.Write(Header);
            for (var number = 1; number <= count; number++)
            {
                Write(writer, region, number);
            }
        }

        return text.ToArray();
    }

    private static void Write(StreamWriter writer, SyntheticRegion region, int number)
    {
        var chance = new Chance(Seed + (ulong)number);
        var size = chance.Pick(Sizes, static each => each.Share);
        var employees = (int)Math.Round(size.From * Math.Pow((double)size.To / size.From, chance.Next()));
        var revenue = Round(employees * 220_000_000d * Math.Exp(0.55 * chance.Normal()), 1_000_000);
        var averageSales = Round(revenue * (0.85 + (0.2 * chance.Next())), 1_000_000);
        var assets = Round(revenue * 0.8 * Math.Exp(0.4 * chance.Normal()), 1_000_000);
        var sector = region.Sector ?? chance.Pick(SectorShares, static each => each.Share).Code;
        var level = chance.Next() < size.Adopting ? chance.Pick(Levels, static each => each.Share).Level : 0;
        var tier = region.Tiers.Count == 0 ? null : Ask(region.Tiers, level, employees, ref chance);
        var cost = Cost(tier, ref chance);
        var equipment = Equipment(sector, ref chance);
        var municipality = region.Municipalities.Count == 0 ? "" : region.Municipalities[(int)(region.Municipalities.Count * Math.Pow(chance.Next(), 1.5))];
        var hasSupplier = chance.Next() < 0.94;
        var score = Math.Clamp(Math.Round(68 + (12 * chance.Normal())), 0, 100);
        writer.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"S{number:D6},{cost},{tier?.Code},{Solutions[(int)(Solutions.Length * chance.Next())]},{equipment},{employees},{revenue},{averageSales},{assets},{Truth(chance.Next() < 0.96)},{sector},{level},{Truth(chance.Next() < 0.02)},{Truth(chance.Next() < 0.005)},"));
        writer.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{(level > 0 && region.Tiers.Count > 1 ? region.Tiers[0].Code : None)},{(level > 0 ? 1 : 0)},{region.Region},{municipality},{(hasSupplier ? "SUPPLIER" : "")},{(hasSupplier ? Truth(chance.Next() < 0.95) : "")},{(region.WithLeadFirm ? "LEAD" : "")},{Award(region, cost)},{score},{Items(region.Documents)},{Before}\n"));
    }

    // Firms with some automation, and larger ones, ask for the later tiers.
    private static Tier Ask(IReadOnlyList<Tier> tiers, int level, int employees, ref Chance chance)
    {
        var wish = (0.45 * chance.Next()) + (level > 0 ? 0.25 : 0) + (employees >= 50 ? 0.2 : employees >= 10 ? 0.1 : 0);
        return tiers[Math.Min(tiers.Count - 1, (int)(wish * 2 * tiers.Count * 0.75))];
    }

    // Most firms plan near to the ceiling; a few above it.
    private static long Cost(Tier? tier, ref Chance chance)
    {
        var most = tier?.TotalCostMax?.Amount ?? Math.Max(200_000_000, (tier?.TotalCostMin?.Amount ?? 0) * 2);
        var least = Math.Max(tier?.TotalCostMin?.Amount ?? 0, most * 0.35);
        var planned = least + ((most - least) * Math.Sqrt(chance.Next()));
        return (long)Round(chance.Next() < 0.06 ? most * (1 + (0.15 * chance.Next())) : planned, 100_000);
    }

    private static string Equipment(string sector, ref Chance chance)
    {
        var offered = sector is "C10" or "C11" ? FoodEquipment : OtherEquipment;
        var (first, second) = (chance.Next(), chance.Next());
        return first < 0.35 ? None : second < 0.3 ? $"{Of(first)};{Of(second)}" : Of(first);

        string Of(double place) => offered[(int)(place * 997 % offered.Length)];
    }

    private static string Award(SyntheticRegion region, long cost) =>
        region.WithAward ? string.Create(CultureInfo.InvariantCulture, $"Standard,{(region.Tiers.Count > 0 ? region.Tiers[0].Code : "BASIC")},{cost / 2},{cost / 2}") : ",,,";

    private static string Items(IReadOnlyList<string>? codes) => codes is [_, ..] ? string.Join(';', codes) : None;

    private static string Truth(bool truth) => truth ? "true" : "false";

    private static double Round(double won, double unit) => Math.Max(unit, Math.Round(won / unit) * unit);

    private sealed record Size(double Share, int From, int To, double Adopting);

    /// <summary>Numbers that follow from the firm's own number.</summary>
    private struct Chance(ulong state)
    {
        private ulong _state = unchecked(state * 0x9E3779B97F4A7C15);

        public double Next()
        {
            unchecked
            {
                _state += 0x9E3779B97F4A7C15;
                var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
                mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
                return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
            }
        }

        public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Next())) * Math.Cos(2 * Math.PI * Next());

        public T Pick<T>(T[] choices, Func<T, double> share)
        {
            var at = Next() * choices.Sum(share);
            foreach (var choice in choices)
            {
                at -= share(choice);
                if (at < 0)
                {
                    return choice;
                }
            }

            return choices[^1];
        }
    }
}
