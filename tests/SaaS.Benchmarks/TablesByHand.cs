namespace SaaS.Benchmarks;

/// <summary>The tables of the benchmark as somebody would write them in C# for one programme: what cannot be beaten, only be approached.</summary>
internal static class TablesByHand
{
    public delegate bool Tables(TableFacts firm, Span<long> amounts, out uint refused, out int tier);

    public static Tables Delegate { get; } = Decide;

    private static bool Decide(TableFacts firm, Span<long> amounts, out uint refused, out int tier)
    {
        refused = 0;
        refused |= firm.Employees <= 300 || firm.Revenue <= 150_000_000_000 ? 0 : 1U;
        refused |= !firm.Banned ? 0 : 2U;
        refused |= firm.Region == "46" ? 0 : 4U;
        refused |= firm.Ksic is "C10" or "C11" ? 0 : 8U;
        refused |= firm.Supplier != "" ? 0 : 16U;
        refused |= firm.Registered ? 0 : 32U;
        refused |= !firm.TaxArrears ? 0 : 64U;
        refused |= firm.Level <= 4 ? 0 : 128U;
        refused |= firm.Level >= 0 ? 0 : 256U;
        refused |= firm.Assets < 500_000_000_000 ? 0 : 512U;
        refused |= firm.TotalCost >= 10_000_000 ? 0 : 1024U;
        refused |= firm.RequestedTier is not "NONE" ? 0 : 2048U;
        tier = firm.RequestedTier == "BASIC" && firm.TotalCost <= 100_000_000 ? 0
            : firm.RequestedTier == "ADV" && firm.TotalCost <= 400_000_000 && HasDetector(firm.Equipment) ? 1
            : firm.TotalCost <= 200_000_000 && firm.Level <= 1 ? 2
            : -1;
        var total = firm.TotalCost;
        if (total is <= 0 or >= 1_000_000_000_000_000)
        {
            return false;
        }

        amounts[0] = total * 3_000 / 10_000 / 1_000 * 1_000;
        amounts[1] = total * 1_500 / 10_000 / 1_000 * 1_000;
        amounts[2] = total * 1_500 / 10_000 / 1_000 * 1_000;
        amounts[3] = total * 1_000 / 10_000 / 1_000 * 1_000;
        amounts[4] = total - amounts[0] - amounts[1] - amounts[2] - amounts[3];
        return amounts[0] * 10_000 <= (total * 5_000) + 40_000_000 && amounts[4] * 10_000 <= (total * 4_000) + 40_000_000 && amounts[4] * 10_000 >= (total * 2_000) - 40_000_000;
    }

    private static bool HasDetector(string[] equipment)
    {
        foreach (var each in equipment)
        {
            if (each is "MetalDetector" or "XrayInspection")
            {
                return true;
            }
        }

        return false;
    }
}
