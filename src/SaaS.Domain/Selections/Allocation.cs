using SaaS.Domain.Money;

namespace SaaS.Domain.Selections;

/// <summary>
/// Gives places and money away in the order of a ranking. Nobody loses what it has: who was selected stays so, whoever ranks higher now.
/// Running it again on what it left changes nothing.
/// </summary>
public static class Allocation
{
    /// <param name="ranked">The best first.</param>
    /// <param name="free">What can still be taken of each line (won); what the selected hold is not in it.</param>
    /// <param name="quotas">Places by tier; null, or no entry, means no limit but the money.</param>
    /// <returns>
    /// One verdict a contender, in the same order. Who waits is told what lacked when its turn came in the ranking, after those above it had
    /// taken theirs; where nothing lacked then, what lacks because those below it were served before.
    /// </returns>
    public static IReadOnlyList<Verdict> Run(IReadOnlyList<Contender> ranked, IReadOnlyList<Won> free, IReadOnlyDictionary<string, int?> quotas)
    {
        var left = free.Select(won => won.Amount).ToArray();
        var atTurn = left.ToArray();
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var contender in ranked.Where(contender => contender.IsSelected))
        {
            taken[contender.Tier] = taken.GetValueOrDefault(contender.Tier) + 1;
            Add(atTurn, contender, 1);
        }

        var takenAtTurn = new Dictionary<string, int>(StringComparer.Ordinal);
        var stopped = new Dictionary<string, int>(StringComparer.Ordinal);
        var verdicts = new Verdict[ranked.Count];
        for (var i = 0; i < ranked.Count; i++)
        {
            var contender = ranked[i];
            verdicts[i] = contender.IsSelected ? Verdict.Selected : Judge(contender);
            if (verdicts[i].IsSelected)
            {
                takenAtTurn[contender.Tier] = takenAtTurn.GetValueOrDefault(contender.Tier) + 1;
                Add(atTurn, contender, -1);
            }
            else if (contender.StopsOthers)
            {
                stopped.TryAdd(contender.Tier, i);
            }
        }

        for (var i = 0; i < ranked.Count; i++)
        {
            if (verdicts[i] is { IsSelected: false, LacksPlace: false, Short: [], StoppedBy: null })
            {
                verdicts[i] = Lacks(ranked[i], quotas.GetValueOrDefault(ranked[i].Tier), taken, left);
            }
        }

        return verdicts;

        Verdict Judge(Contender contender)
        {
            if (stopped.TryGetValue(contender.Tier, out var by))
            {
                return new Verdict(false, false, [], by);
            }

            var quota = quotas.GetValueOrDefault(contender.Tier);
            if (taken.GetValueOrDefault(contender.Tier) < (quota ?? int.MaxValue) && Short(left, contender) is [])
            {
                taken[contender.Tier] = taken.GetValueOrDefault(contender.Tier) + 1;
                Add(left, contender, -1);
                return Verdict.Selected;
            }

            return Lacks(contender, quota, takenAtTurn, atTurn);
        }
    }

    private static Verdict Lacks(Contender contender, int? quota, Dictionary<string, int> taken, long[] left)
        => new(false, taken.GetValueOrDefault(contender.Tier) >= (quota ?? int.MaxValue), Short(left, contender), null);

    private static IReadOnlyList<(int Line, Won Left)> Short(long[] left, Contender contender)
        => [.. contender.Draws.Where(draw => draw.Amount.Amount > left[draw.Line]).Select(draw => (draw.Line, new Won(left[draw.Line])))];

    private static void Add(long[] left, Contender contender, int sign)
    {
        foreach (var draw in contender.Draws)
        {
            left[draw.Line] += sign * draw.Amount.Amount;
        }
    }
}
