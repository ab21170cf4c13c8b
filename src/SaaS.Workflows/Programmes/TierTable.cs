using SaaS.Domain;
using SaaS.Domain.Firms;
using SaaS.Domain.Money;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Programmes;

/// <summary>A size class of a call. An application is in the first tier whose conditions and cost limits it meets.</summary>
public sealed record Tier(string Code, string Ko, string En, IReadOnlyList<Condition> When)
{
    public Won? TotalCostMin { get; init; }

    public Won? TotalCostMax { get; init; }

    /// <summary>Planned number of awards; null means no limit but the budget.</summary>
    public int? Quota { get; init; }

    /// <summary>Most months from the agreement to the final inspection.</summary>
    public int? Months { get; init; }

    /// <summary>Smart level aimed at, in the programme's words.</summary>
    public string? Level { get; init; }
}

/// <summary>The decision table of tiers: the first row that fits decides.</summary>
public sealed class TierTable
{
    private TierTable(IReadOnlyList<Tier> tiers) => Tiers = tiers;

    public IReadOnlyList<Tier> Tiers { get; }

    /// <exception cref="PreparationException">A row cannot be read.</exception>
    public static TierTable Read(Value rows)
    {
        if (rows.Kind != ValueKind.Array || rows.Items.Length == 0)
        {
            throw new PreparationException("tiers", "유형(tiers)이 하나 이상 있어야 합니다.", "There must be at least one tier.");
        }

        var tiers = new List<Tier>();
        foreach (var row in rows.Items)
        {
            var code = row["tier"].Text;
            if (string.IsNullOrWhiteSpace(code) || code == "None" || tiers.Any(tier => tier.Code == code))
            {
                throw new PreparationException("tiers", $"유형 코드 '{code}'이(가) 비었거나 두 번 쓰였습니다.", $"The tier code '{code}' is empty or used twice.");
            }

            var when = new List<Condition>();
            foreach (var condition in row["when"].Items)
            {
                when.Add(Condition.Read(condition, "tiers", new($"{row["ko"].Text ?? code} 유형의 조건", $"Conditions of the tier {row["en"].Text ?? code}")));
            }

            tiers.Add(new Tier(code, row["ko"].Text ?? code, row["en"].Text ?? code, when)
            {
                TotalCostMin = row["totalCostMin"].Whole is { } least ? new Won(least) : null,
                TotalCostMax = row["totalCostMax"].Whole is { } most ? new Won(most) : null,
                Quota = (int?)row["quota"].Whole,
                Months = (int?)row["months"].Whole,
                Level = row["level"].Text,
            });
        }

        return new TierTable(tiers);
    }

    /// <summary>The tier, or the reasons why the nearest one does not fit: the requested tier where one was requested.</summary>
    public (Tier? Tier, IReadOnlyList<Reason> Reasons) Choose(Value application)
    {
        foreach (var tier in Tiers)
        {
            if (Misfits(tier, application).Count == 0)
            {
                return (tier, []);
            }
        }

        return (null, Misfits(Nearest(application), application));
    }

    /// <summary>The requested tier; where none was requested, the one with the fewest misfits.</summary>
    internal Tier Nearest(Value application)
    {
        var requested = application["requestedTier"].Text;
        return Tiers.FirstOrDefault(tier => tier.Code == requested) ?? Tiers.MinBy(tier => Misfits(tier, application).Count)!;
    }

    private List<Reason> Misfits(Tier tier, Value application)
    {
        var reasons = new List<Reason>();
        var cost = application["totalCost"] is { Kind: ValueKind.Number } given ? given.Number : 0;
        if (tier.TotalCostMax is { } most && cost > most.Amount)
        {
            reasons.Add(Limit(tier, "tier-cost-above", $"총사업비는 {most}원 이하", $"a total cost of at most {most} won", $"총사업비 ≤ {most}원", $"total cost ≤ {most} won"));
        }

        if (tier.TotalCostMin is { } least && cost < least.Amount)
        {
            reasons.Add(Limit(tier, "tier-cost-below", $"총사업비는 {least}원 이상", $"a total cost of at least {least} won", $"총사업비 ≥ {least}원", $"total cost ≥ {least} won"));
        }

        foreach (var condition in tier.When)
        {
            if (condition.Test(application) != Answer.Yes)
            {
                var words = condition.InWords(NameOf);
                var nearest = condition.Nearest(application);
                reasons.Add(new Reason("tier-condition", $"{tier.Ko} 유형의 조건({words.Ko})에 맞지 않습니다.", $"The tier {tier.En} asks that {words.En}.")
                {
                    Field = condition.Field,
                    NearestKo = nearest?.Ko,
                    NearestEn = nearest?.En,
                });
            }
        }

        return reasons;
    }

    private Words? NameOf(string field, string code)
        => field == "requestedTier" && Tiers.FirstOrDefault(tier => tier.Code == code) is { } tier ? new Words(tier.Ko, tier.En) : null;

    private static Reason Limit(Tier tier, string code, string ko, string en, string nearestKo, string nearestEn)
        => new(code, $"{tier.Ko} 유형의 {ko}여야 합니다.", $"The tier {tier.En} takes {en}.") { Field = "totalCost", NearestKo = nearestKo, NearestEn = nearestEn };
}
