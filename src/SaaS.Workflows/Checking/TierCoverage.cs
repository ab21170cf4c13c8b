using SaaS.Domain.Money;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Checking;

/// <summary>Whether the rows of a table of tiers leave costs out, or stand in each other's way, over the whole range of costs.</summary>
internal sealed class TierCoverage(ProblemList problems)
{
    private static readonly Won Least = new(1);
    private static readonly Won Most = new(CostSharing.CostLimit.Amount - 1);

    public void Check(CompiledActivity activity)
    {
        var rows = ((TierTable)activity.Prepared!).Tiers;
        for (var row = 0; row < rows.Count; row++)
        {
            var pointer = $"{activity.Definition!.Pointer}/tiers/{row}";
            var tier = rows[row];
            if (From(tier) > To(tier))
            {
                problems.Error(
                    "tier-empty-range", pointer, activity.Id,
                    $"{tier.Ko} 유형의 총사업비 범위({From(tier)}원~{To(tier)}원)에 드는 금액이 없습니다.",
                    $"No cost lies in the range of the tier {tier.En} ({From(tier)} to {To(tier)} won).");
                continue;
            }

            var before = rows.Take(row).Where(other => From(other) <= To(other)).ToList();
            if (before.Find(other => Covers(other, tier) && From(other) <= From(tier) && To(other) >= To(tier)) is { } hiding)
            {
                problems.Error(
                    "tier-unreachable", pointer, activity.Id,
                    $"{tier.Ko} 유형은 결코 정해지지 않습니다. 위의 {hiding.Ko} 유형에 모두 먼저 듭니다.",
                    $"The tier {tier.En} can never be chosen: whatever fits it fits the tier {hiding.En} above it first.");
            }
            else if (before.Find(other => Covers(other, tier) && Covers(tier, other) && Crosses(other, tier)) is { } other)
            {
                var from = From(other) > From(tier) ? From(other) : From(tier);
                var to = To(other) < To(tier) ? To(other) : To(tier);
                problems.Warning(
                    "tier-overlap", pointer, activity.Id,
                    $"총사업비 {from}원~{to}원은 {other.Ko} 유형과 {tier.Ko} 유형에 모두 듭니다. 예: {from}원은 위에 있는 {other.Ko} 유형이 됩니다.",
                    $"Costs from {from} to {to} won fit both the tier {other.En} and the tier {tier.En}; {from} won, for example, becomes {other.En}, which stands first.");
            }
        }

        CheckGaps(activity, rows);
    }

    // Rows under the same conditions divide the costs among themselves: what lies between two of them should belong to one.
    private void CheckGaps(CompiledActivity activity, IReadOnlyList<Tier> rows)
    {
        foreach (var alike in rows.Where(row => From(row) <= To(row)).GroupBy(row => rows.First(other => Covers(row, other) && Covers(other, row))).Where(group => group.Count() > 1))
        {
            var reached = new Won(0);
            foreach (var row in alike.OrderBy(row => From(row).Amount))
            {
                var next = reached + Least;
                if (reached > Won.Zero && From(row) > next && !rows.Any(other => Covers(other, row) && From(other) <= next && To(other) >= next))
                {
                    problems.Warning(
                        "tier-gap", $"{activity.Definition!.Pointer}/tiers/{rows.ToList().IndexOf(row)}/totalCostMin", activity.Id,
                        $"총사업비 {next}원~{From(row) - Least}원은 어느 유형에도 들지 않습니다. 예: {next}원.",
                        $"Costs from {next} to {From(row) - Least} won fit no tier; {next} won, for example.");
                }

                reached = To(row) > reached ? To(row) : reached;
            }
        }
    }

    /// <summary>Whether all conditions of one stand in the other too: what fits the other then fits it, as far as conditions go.</summary>
    private static bool Covers(Tier wide, Tier narrow) => wide.When.All(condition => narrow.When.Any(other => other.Field == condition.Field && other.Operator == condition.Operator && other.Value.Equals(condition.Value)));

    // That a later row takes all that an earlier one takes, and more, is how tables are written: the first that fits. A range that begins
    // within another is a slip.
    private static bool Crosses(Tier first, Tier second) =>
        (From(second) > From(first) && From(second) <= To(first)) || (From(first) > From(second) && From(first) <= To(second) && To(second) <= To(first));

    private static Won From(Tier tier) => tier.TotalCostMin is { } least && least > Least ? least : Least;

    private static Won To(Tier tier) => tier.TotalCostMax is { } most && most < Most ? most : Most;
}
