using SaaS.Domain.Money;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Simulation;

/// <summary>The sums of a simulation, read from its JSON object.</summary>
public sealed record SimulationFigures
{
    public required long Firms { get; init; }

    /// <summary>Eligible, in a tier, with a cost that could be shared.</summary>
    public required long Passed { get; init; }

    /// <summary>Of those, the ones that no later stage turned down.</summary>
    public required long Supported { get; init; }

    /// <summary>Those that the ranking left on the waiting list.</summary>
    public required long Waitlisted { get; init; }

    /// <summary>Firms by the answer of the eligibility check.</summary>
    public required IReadOnlyDictionary<string, long> Verdicts { get; init; }

    /// <summary>Firms that passed, by tier.</summary>
    public required IReadOnlyDictionary<string, long> Tiers { get; init; }

    /// <summary>How often each reason was told; a firm may have several.</summary>
    public required IReadOnlyDictionary<string, long> Reasons { get; init; }

    /// <summary>Won of the supported firms.</summary>
    public required IReadOnlyDictionary<Funder, long> Won { get; init; }

    /// <summary>Supported firms and their won by tier.</summary>
    public required IReadOnlyList<FiguresOf> ByTier { get; init; }

    /// <summary>Supported firms and their won by the code of the municipality.</summary>
    public required IReadOnlyList<FiguresOf> ByMunicipality { get; init; }

    /// <summary>Firms that one small change would let pass, the nearest first.</summary>
    public required IReadOnlyList<NearFirm> Near { get; init; }

    /// <summary>Reads what <see cref="FirmSimulation"/> returned.</summary>
    public static SimulationFigures Read(Value sums) => new()
    {
        Firms = (long)sums["firms"].Number,
        Passed = (long)sums["passed"].Number,
        Supported = (long)sums["supported"].Number,
        Waitlisted = sums["results"][SimulationTally.Waitlisted].Whole ?? 0,
        Verdicts = Counts(sums["verdicts"]),
        Tiers = Counts(sums["tiers"]),
        Reasons = Counts(sums["reasons"]),
        Won = WonOf(sums["won"]),
        ByTier = Rows(sums["tierWon"]),
        ByMunicipality = Rows(sums["municipalities"]),
        Near = [.. sums["marginal"].Items.ToArray().Select(firm => new NearFirm(
            (long)firm["line"].Number, firm["id"].Text ?? "", firm["reason"].Text ?? "", firm["distance"].Number, new Words(firm["nearestKo"].Text ?? "", firm["nearestEn"].Text ?? "")))],
    };

    private static Dictionary<string, long> Counts(Value counts) => counts.Members!.Members.ToArray().ToDictionary(each => each.Key, each => (long)each.Value.Number);

    private static Dictionary<Funder, long> WonOf(Value won) => Enum.GetValues<Funder>().ToDictionary(funder => funder, funder => (long)won[funder.ToString()].Number);

    private static List<FiguresOf> Rows(Value rows) => [.. rows.Members!.Members.ToArray().Select(row => new FiguresOf(row.Key, (long)row.Value["firms"].Number, WonOf(row.Value)))];
}

/// <summary>Supported firms of a tier or a place.</summary>
/// <param name="Code">The tier, or the municipality; empty where none is known.</param>
/// <param name="Firms">How many.</param>
/// <param name="Won">What they get, and what they pay themselves.</param>
public sealed record FiguresOf(string Code, long Firms, IReadOnlyDictionary<Funder, long> Won)
{
    /// <summary>All but the firms' own part.</summary>
    public long Public => Won.Where(part => part.Key != Funder.Firm).Sum(part => part.Value);
}

/// <summary>A firm that one small change would let pass.</summary>
/// <param name="Line">Its line in the file.</param>
/// <param name="Id">The firm.</param>
/// <param name="Reason">The code of the one reason against it.</param>
/// <param name="Distance">How far it is from the limit, as a part of it.</param>
/// <param name="Nearest">The change, in words.</param>
public sealed record NearFirm(long Line, string Id, string Reason, double Distance, Words Nearest);
