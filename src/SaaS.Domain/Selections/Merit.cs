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
public sealed record Merit(decimal Score, IReadOnlyList<int> Points, Won Public, Won Total, bool IsFirstAward, long AppliedAt, ulong Lot)
{
    /// <summary>The order of a ranking.</summary>
    public static readonly Comparer<Merit> BestFirst = Comparer<Merit>.Create(Compare);

    private static int Compare(Merit left, Merit right)
    {
        if (left.Score != right.Score)
        {
            return right.Score.CompareTo(left.Score);
        }

        for (var i = 0; i < Math.Min(left.Points.Count, right.Points.Count); i++)
        {
            if (left.Points[i] != right.Points[i])
            {
                return right.Points[i].CompareTo(left.Points[i]);
            }
        }

        // Compared as fractions, without a rounding that could make two of them equal.
        var part = ((Int128)left.Public.Amount * right.Total.Amount).CompareTo((Int128)right.Public.Amount * left.Total.Amount);
        return part != 0 ? part
            : left.IsFirstAward != right.IsFirstAward ? (left.IsFirstAward ? -1 : 1)
            : left.AppliedAt != right.AppliedAt ? left.AppliedAt.CompareTo(right.AppliedAt)
            : left.Lot.CompareTo(right.Lot);
    }
}
