using System.Globalization;
using System.Text;

namespace SaaS.Benchmarks;

/// <summary>A file of made-up firms of Jeollanam-do, always the same: CSV with all facts that the programmes ask for.</summary>
public static class FirmFile
{
    private static readonly string[] Municipalities = ["46110", "46130", "46150", "46170", "46230", "46710", "46720", "46730", "46770", "46780"];
    private static readonly string[] Equipment = ["", "MetalDetector", "XrayInspection", "Robot;MetalDetector", "ForeignMatterSorter"];
    private static readonly string[] Sectors = ["C10", "C10", "C10", "C11", "C28"];

    public static void WriteCsv(string path, int firms)
    {
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 20);
        file.WriteLine("id,totalCost,requestedTier,solution,equipment,employees,revenue,averageSales,assets,independent,ksic,level,taxArrears,banned,completedTiers,region,municipality,supplierRegistered");
        foreach (var firm in Firms(firms))
        {
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{firm.Id},{firm.Cost},{firm.Tier},MES,{firm.Equipment},{firm.Employees},{firm.Revenue},{firm.Revenue},{firm.Assets},true,{firm.Ksic},{firm.Level},false,{(firm.Banned ? "true" : "false")},,{firm.Region},{firm.Municipality},true"));
        }
    }

    public static void WriteJsonl(string path, int firms)
    {
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 20);
        foreach (var firm in Firms(firms))
        {
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $$$"""{"totalCost":{{{firm.Cost}}},"requestedTier":"{{{firm.Tier}}}","solution":"MES","equipment":[{{{(firm.Equipment.Length == 0 ? "" : $"\"{firm.Equipment.Replace(";", "\",\"", StringComparison.Ordinal)}\"")}}}],"firm":{"id":"{{{firm.Id}}}","employees":{{{firm.Employees}}},"revenue":{{{firm.Revenue}}},"averageSales":{{{firm.Revenue}}},"assets":{{{firm.Assets}}},"independent":true,"ksic":"{{{firm.Ksic}}}","level":{{{firm.Level}}},"taxArrears":false,"banned":{{{(firm.Banned ? "true" : "false")}}}},"facility":{"region":"{{{firm.Region}}}","municipality":"{{{firm.Municipality}}}"},"supplier":{"id":"s1","registered":true}}"""));
        }
    }

    private static IEnumerable<Firm> Firms(int count)
    {
        var state = 20_251_124UL;
        for (var number = 0; number < count; number++)
        {
            var isBasic = Next(2) == 0;
            yield return new Firm(
                $"F{number:D7}",
                ((20L + Next(isBasic ? 90 : 430)) * 1_000_000) + Next(1_000),
                isBasic ? "BASIC" : "ADV",
                Equipment[Next(Equipment.Length)],
                1 + Next(330),
                (1L + Next(2_000)) * 100_000_000,
                (1L + Next(5_000)) * 100_000_000,
                Sectors[Next(Sectors.Length)],
                Next(4),
                Next(50) == 0,
                Next(20) == 0 ? "48" : "46",
                Municipalities[Next(Municipalities.Length)]);
        }

        int Next(int below)
        {
            state = unchecked((state * 6_364_136_223_846_793_005) + 1_442_695_040_888_963_407);
            return (int)((state >> 33) % (ulong)below);
        }
    }

    private sealed record Firm(string Id, long Cost, string Tier, string Equipment, int Employees, long Revenue, long Assets, string Ksic, int Level, bool Banned, string Region, string Municipality);
}
