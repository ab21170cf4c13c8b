using SaaS.Domain.Money;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Programmes;

/// <summary>A divided cost as it stands in the variable <c>shares</c>: what every funder bears, in won, and how payments are rounded.</summary>
/// <param name="Tier">The tier whose shares these are.</param>
/// <param name="Total">Total cost (won).</param>
/// <param name="RoundingUnit">What tranches are rounded down to (won).</param>
/// <param name="Parts">One part a funder.</param>
public sealed record Shares(string Tier, Won Total, Won RoundingUnit, Funder Bearer, IReadOnlyList<SharePart> Parts)
{
    internal static Value ToValue(string tier, ShareTable table, CostSplit split)
    {
        var parts = new Value[split.Parts.Count];
        for (var index = 0; index < parts.Length; index++)
        {
            var part = split.Parts[index];
            parts[index] = Value.Object(
                ("funder", part.Funder.ToString()),
                ("amount", part.Amount.Amount),
                ("basisPoints", part.BasisPoints),
                ("capped", part.Capped.Amount),
                ("takenOver", part.TakenOver.Amount),
                ("paidBy", (table.Of(part.Funder)!.PaidBy ?? part.Funder).ToString()));
        }

        return Value.Object(
            ("tier", tier), ("total", split.Total.Amount), ("roundingUnit", table.RoundingUnit.Amount),
            ("bearer", table.Bearer.ToString()), ("parts", Value.From(parts)));
    }

    /// <summary>Null when no cost has been divided yet.</summary>
    public static Shares? FromValue(Value value)
    {
        if (value.Members is null)
        {
            return null;
        }

        var parts = new List<SharePart>();
        foreach (var part in value["parts"].Items)
        {
            parts.Add(new SharePart(
                Enum.Parse<Funder>(part["funder"].Text!),
                new Won(part["amount"].Whole!.Value),
                (int)part["basisPoints"].Whole!.Value,
                new Won(part["capped"].Whole ?? 0),
                new Won(part["takenOver"].Whole ?? 0),
                Enum.Parse<Funder>(part["paidBy"].Text!)));
        }

        return new Shares(
            value["tier"].Text!, new Won(value["total"].Whole!.Value), new Won(value["roundingUnit"].Whole!.Value),
            Enum.Parse<Funder>(value["bearer"].Text!), parts);
    }
}

/// <summary>One funder's part.</summary>
/// <param name="Capped">What a cap kept from this funder (won).</param>
/// <param name="TakenOver">What it took over from others' caps (won).</param>
/// <param name="PaidBy">Whose treasury pays it.</param>
public sealed record SharePart(Funder Funder, Won Amount, int BasisPoints, Won Capped, Won TakenOver, Funder PaidBy);
