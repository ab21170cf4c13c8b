using SaaS.Domain.Money;

namespace SaaS.Workflows.Programmes;

/// <summary>A tier with all that its definition says of it.</summary>
/// <param name="Tier">Name, limits, quota, months.</param>
/// <param name="Conditions">What else must hold, in words; cost limits are in <paramref name="Tier"/>.</param>
/// <param name="Shares">Null when no cost is divided on the way of this tier.</param>
/// <param name="Stages">What a firm of this tier meets, in order.</param>
/// <param name="Tranches">The payments, in order.</param>
public sealed record TierOutline(
    Tier Tier, IReadOnlyList<Words> Conditions, ShareTable? Shares, IReadOnlyList<StageOutline> Stages, IReadOnlyList<TrancheOutline> Tranches)
{
    public string Code => Tier.Code;

    /// <summary>Places (code of a municipality or region) where other shares hold.</summary>
    public IReadOnlyDictionary<string, ShareTable> Exceptions { get; init; } = new Dictionary<string, ShareTable>();

    public Words Name => new(Tier.Ko, Tier.En);

    /// <summary>Whether KOSMO must grant money before it opens.</summary>
    public bool TakesNationalMoney => Shares?.Of(Funder.National) is { TargetBp: > 0 };

    /// <summary>A round cost for examples: the most that the tier takes, at most 100 million won where it sets no limit.</summary>
    public Won ExampleCost => Tier.TotalCostMax ?? (Tier.TotalCostMin is { } least && least > new Won(100_000_000) ? least : new Won(100_000_000));

    /// <summary>
    /// Every funder's won for a cost, for a firm that was given nothing before and pays in cash; an award that is topped up is taken to be
    /// as large as the cost. Null when the tier has no shares.
    /// </summary>
    public CostSplit? Split(Won total) => Shares is null ? null : StepShares.Split(Shares, total);

    /// <summary>How an amount flows in this tier's tranches; the last one takes what rounding left.</summary>
    public IReadOnlyList<Won> Payments(Won share)
        => Domain.Money.Tranches.Plan(share, [.. Tranches.Select(tranche => tranche.BasisPoints)], Shares?.RoundingUnit ?? new Won(1));

    internal static IEnumerable<TierOutline> ReadAll(ProgrammePaths paths, Func<string, string, Words?> nameOf)
    {
        var tables = paths.Reachable.Select(activity => activity.Prepared).OfType<TierTable>().SelectMany(table => table.Tiers).DistinctBy(tier => tier.Code).ToList();
        foreach (var tier in tables)
        {
            var path = paths.Completing.FirstOrDefault(path => path.Tier == tier.Code);
            var shares = SharesOf(tier.Code, path, paths);
            yield return new TierOutline(
                tier,
                [.. tier.When.Select(condition => condition.InWords(nameOf))],
                shares?.Table,
                path is null ? [] : [.. path.Steps.Where(StageOutline.IsStage).Select(StageOutline.Of)],
                path is null ? [] : [.. TrancheOutline.ReadAll(path)])
            {
                Exceptions = shares?.Overrides ?? new Dictionary<string, ShareTable>(),
            };
        }
    }

    // The flow decides; a programme that is not finished yet still shows the shares that are written for the tier.
    private static ShareCostActivity.TierShares? SharesOf(string tier, ProgrammePath? path, ProgrammePaths paths)
        => path?.Prepared<ShareCostActivity.TierShares>().Select(step => step.Prepared).FirstOrDefault()
            ?? paths.Reachable.Select(activity => activity.Prepared).OfType<ShareCostActivity.TierShares>().FirstOrDefault(shares => shares.Code == tier);
}

/// <summary>One payment of a tier.</summary>
/// <param name="Number">From 1.</param>
/// <param name="BasisPoints">Its part of every share.</param>
/// <param name="IsLast">Takes what is left.</param>
/// <param name="Payee">Supplier or Firm.</param>
/// <param name="DepositFirst">Waits for the firm's own deposit.</param>
/// <param name="AfterInspection">Interim or Final: the inspection that must be passed since the payment before; null for none.</param>
public sealed record TrancheOutline(int Number, int BasisPoints, bool IsLast, string Payee, bool DepositFirst, string? AfterInspection)
{
    internal static IEnumerable<TrancheOutline> ReadAll(ProgrammePath path)
    {
        string? inspected = null;
        foreach (var (step, payload) in path.Prepared<StagePayload>())
        {
            if (step.TypeName == "Grant.InspectionStage")
            {
                inspected = payload.Value["kind"].Text;
            }
            else if (step.TypeName == "Grant.DisbursementStage")
            {
                yield return Of(payload, inspected);
                inspected = null;
            }
        }
    }

    private static TrancheOutline Of(StagePayload payload, string? inspected) => new(
        (int)payload.Value["tranche"].Whole!.Value,
        (int)payload.Value["percentBp"].Whole!.Value,
        payload.Value["last"].IsTrue,
        payload.Value["payee"].Text!,
        payload.Value["depositFirst"].IsTrue,
        inspected);
}
