using SaaS.Domain.Money;

namespace SaaS.Domain.Selections;

/// <summary>
/// What one applicant who passed is ranked by. The best comes first. On equal scores, in this order: more points in the first criterion,
/// then in the second and so on; a smaller part of public money in the cost; who was never awarded before; who applied earlier; the lot.
/// </summary>
/// <param name="Score">0 to 100, two decimals.</param>
/// <param name="Points">By criterion, in the order of the score sheet.</param>
/// <param name="Public">What the public funders would pay (won).</param>
/// <param name="Total">The whole cost (won), more than zero.</param>
/// <param name="IsFirstAward">Nobody has awarded the firm anything before.</param>
/// <param name="AppliedAt">When the application arrived, on any clock that only goes forward.</param>
/// <param name="Lot">Drawn from ids, so that it can be drawn again; the same for nobody else.</param>
public sealed record Merit(decimal Score, IReadOnlyList<int> Points, Won Public, Won Total, bool IsFirstAward, long AppliedAt, ulong Lot) : IComparable<Merit>
{
    /// <summary>Less than zero when this one ranks before the other.</summary>
    public int CompareTo(Merit? other)
    {
        if (other is null)
        {
            return -1;
        }

        if (Score != other.Score)
        {
            return other.Score.CompareTo(Score);
        }

        for (var i = 0; i < Math.Min(Points.Count, other.Points.Count); i++)
        {
            if (Points[i] != other.Points[i])
            {
                return other.Points[i].CompareTo(Points[i]);
            }
        }

        // Compared as fractions, without a rounding that could make two of them equal.
        var part = ((Int128)Public.Amount * other.Total.Amount).CompareTo((Int128)other.Public.Amount * Total.Amount);
        return part != 0 ? part
            : IsFirstAward != other.IsFirstAward ? (IsFirstAward ? -1 : 1)
            : AppliedAt != other.AppliedAt ? AppliedAt.CompareTo(other.AppliedAt)
            : Lot.CompareTo(other.Lot);
    }
}
