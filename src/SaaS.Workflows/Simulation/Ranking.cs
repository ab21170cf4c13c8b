using SaaS.Domain.Money;
using SaaS.Domain.Selections;

namespace SaaS.Workflows.Simulation;

/// <summary>
/// Selects firms in the order of their score while quotas and budgets last, as a call does after it has closed. Equal scores: the smaller
/// part of public money first, as there, then the firm's id, so that the order of the file decides nothing.
/// </summary>
internal static class Ranking
{
    /// <summary>For each candidate in the order of the ranking, why it waits; null when it is selected.</summary>
    public static IEnumerable<(Candidate Candidate, string? Lacks)> Select(SimulationPlan plan, List<Candidate> candidates)
    {
        candidates.Sort(static (left, right) =>
            left.Score != right.Score ? right.Score.CompareTo(left.Score)
            : (left.Public * right.Total).CompareTo(right.Public * left.Total) is var part && part != 0 ? part
            : string.CompareOrdinal(left.Id, right.Id) is var ids && ids != 0 ? ids
            : left.Line.CompareTo(right.Line));
        var budgets = plan.Policy.Budgets;
        var verdicts = Allocation.Run(
            [.. candidates.Select(candidate => new Contender(candidate.Node.Tier, DrawsOf(budgets, candidate), false, plan.Policy.StopsAtTheFirstThatDoesNotFit))],
            [.. budgets.Select(budget => new Won(budget.Won))],
            plan.Quotas);
        return candidates.Zip(verdicts, (candidate, verdict) => (candidate, verdict switch
        {
            { IsSelected: true } => null,
            { StoppedBy: not null } => $"stopped:{candidate.Node.Tier}",
            { LacksPlace: true } => $"quota:{candidate.Node.Tier}",
            _ => budgets[verdict.Short[0].Line].Name,
        }));
    }

    private static List<Draw> DrawsOf(List<Budget> budgets, Candidate candidate)
    {
        var draws = new List<Draw>();
        for (var i = 0; i < budgets.Count; i++)
        {
            if (budgets[i].Place is null || budgets[i].Place == candidate.Node.Tier || budgets[i].Place == candidate.Municipality)
            {
                draws.Add(new Draw(i, new Won(candidate.Won[(int)budgets[i].Funder])));
            }
        }

        return draws;
    }
}
