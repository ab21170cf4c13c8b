namespace SaaS.Workflows.Simulation;

/// <summary>
/// Selects firms in the order of their score while quotas and budgets last. Equal scores: the lower cost first, then the firm's id, so
/// that the order of the file decides nothing.
/// </summary>
internal static class Ranking
{
    /// <summary>For each candidate in the order of the ranking, why it is not selected; null when it is.</summary>
    public static IEnumerable<(Candidate Candidate, string? Refusal)> Select(SimulationPlan plan, List<Candidate> candidates)
    {
        candidates.Sort(static (left, right) =>
            left.Score != right.Score ? right.Score.CompareTo(left.Score)
            : left.Total != right.Total ? left.Total.CompareTo(right.Total)
            : string.CompareOrdinal(left.Id, right.Id) is var ids && ids != 0 ? ids
            : left.Line.CompareTo(right.Line));
        var selected = new Dictionary<string, int>(StringComparer.Ordinal);
        var spent = new Int128[plan.Policy.Budgets.Count];
        var stopped = new HashSet<string>(StringComparer.Ordinal);
        foreach (var candidate in candidates)
        {
            var tier = candidate.Node.Tier;
            var refusal = stopped.Contains(tier) ? $"stopped:{tier}" : Refusal(plan, candidate, selected.GetValueOrDefault(tier), spent);
            if (refusal is null)
            {
                selected[tier] = selected.GetValueOrDefault(tier) + 1;
                Spend(plan, candidate, spent);
            }
            else if (plan.Policy.StopsAtTheFirstThatDoesNotFit)
            {
                stopped.Add(tier);
            }

            yield return (candidate, refusal);
        }
    }

    private static string? Refusal(SimulationPlan plan, Candidate candidate, int selected, Int128[] spent)
    {
        if (plan.Quotas.GetValueOrDefault(candidate.Node.Tier) is { } quota && selected >= quota)
        {
            return $"quota:{candidate.Node.Tier}";
        }

        for (var i = 0; i < spent.Length; i++)
        {
            var budget = plan.Policy.Budgets[i];
            if (Concerns(budget, candidate) && spent[i] + candidate.Won[(int)budget.Funder] > budget.Won)
            {
                return budget.Name;
            }
        }

        return null;
    }

    private static void Spend(SimulationPlan plan, Candidate candidate, Int128[] spent)
    {
        for (var i = 0; i < spent.Length; i++)
        {
            var budget = plan.Policy.Budgets[i];
            spent[i] += Concerns(budget, candidate) ? candidate.Won[(int)budget.Funder] : 0;
        }
    }

    private static bool Concerns(Budget budget, Candidate candidate) => budget.Place is null || budget.Place == candidate.Node.Tier || budget.Place == candidate.Municipality;
}
