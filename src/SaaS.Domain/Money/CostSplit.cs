namespace SaaS.Domain.Money;

/// <summary>One funder's part of a cost.</summary>
/// <param name="Amount">Won, never negative in a feasible split.</param>
/// <param name="BasisPoints">The part as basis points of the total, rounded half up; for people, never reckoned with.</param>
/// <param name="Capped">What the cap kept from this funder (won), else zero.</param>
/// <param name="TakenOver">What this funder took over from others' caps (won), else zero.</param>
public sealed record FunderPart(Funder Funder, Won Amount, int BasisPoints, Won Capped, Won TakenOver);

/// <summary>A cost divided between funders, or the reasons why it cannot be.</summary>
public sealed record CostSplit(Won Total, IReadOnlyList<FunderPart> Parts, IReadOnlyList<Reason> Problems)
{
    public bool IsFeasible => Problems.Count == 0;

    /// <summary>Zero for a funder that has no part.</summary>
    public Won Of(Funder funder) => Parts.FirstOrDefault(part => part.Funder == funder)?.Amount ?? Won.Zero;
}
