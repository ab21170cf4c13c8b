using System.Globalization;
using SaaS.Domain.Money;

namespace SaaS.Workflows.Simulation;

internal enum StageRuleKind
{
    Rate,
    Threshold,
    Rank,
}

/// <summary>How one stage, or one step, is answered.</summary>
/// <param name="Place">Stage or activity id.</param>
/// <param name="Kind">By chance, by a fact, or by ranking all firms.</param>
/// <param name="Number">The rate from 0 to 1, or the threshold; of a ranking, the least with which a firm is ranked.</param>
/// <param name="Fact">Which of the policy's facts decides; minus one for none.</param>
/// <param name="IsLeast">Whether the threshold is a least, else a most.</param>
internal sealed record StageRule(string Place, StageRuleKind Kind, double Number, int Fact, bool IsLeast)
{
    private const string Score = "score";

    /// <exception cref="FormatException">The text is no rule.</exception>
    public static StageRule Parse(string text, List<string> facts)
    {
        var (place, rule) = SimulationPolicy.Pair(text);
        if (rule is "approve" or "refuse")
        {
            return new StageRule(place, StageRuleKind.Rate, rule == "approve" ? 1 : 0, -1, false);
        }

        if (rule == "rank" || rule.StartsWith("rank:", StringComparison.Ordinal))
        {
            var ranked = rule.Length > 5 ? rule[5..] : Score;
            return Compared(ranked, StageRuleKind.Rank) is { IsLeast: true } with ? with : new StageRule(place, StageRuleKind.Rank, double.NegativeInfinity, Slot(ranked.Trim(), facts), true);
        }

        if (Compared(rule, StageRuleKind.Threshold) is { } compared)
        {
            return compared;
        }

        return Number(rule, out var rate) && rate is >= 0 and <= 1
            ? new StageRule(place, StageRuleKind.Rate, rate, -1, false)
            : throw SimulationPolicy.Unreadable(text);

        StageRule? Compared(string text, StageRuleKind kind)
        {
            foreach (var comparison in new[] { ">=", "<=" })
            {
                var at = text.IndexOf(comparison, StringComparison.Ordinal);
                if (at > 0 && Number(text[(at + 2)..], out var threshold))
                {
                    return new StageRule(place, kind, threshold, Slot(text[..at].Trim(), facts), comparison == ">=");
                }
            }

            return null;
        }

        static bool Number(string text, out double number) => double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out number);
    }

    public bool Approves(long row, int visit, long seed, ReadOnlySpan<double> facts) => Kind switch
    {
        StageRuleKind.Rate => SimulationPolicy.Chance(seed, row, visit + 1) < Number,
        StageRuleKind.Threshold => IsLeast ? facts[Fact] >= Number : facts[Fact] <= Number,
        _ => true,
    };

    private static int Slot(string fact, List<string> facts)
    {
        var at = facts.IndexOf(fact);
        if (at < 0)
        {
            at = facts.Count;
            facts.Add(fact);
        }

        return at;
    }
}

/// <summary>Money that a ranking may spend.</summary>
/// <param name="Funder">Whose.</param>
/// <param name="Place">A tier or municipality that it is for; null for all.</param>
/// <param name="Won">How much.</param>
internal sealed record Budget(Funder Funder, string? Place, long Won)
{
    public string Name => Place is null ? $"budget:{Funder}" : $"budget:{Funder}@{Place}";

    /// <exception cref="FormatException">The text is no budget.</exception>
    public static Budget Parse(string text)
    {
        var (name, won) = SimulationPolicy.Pair(text);
        var at = name.IndexOf('@', StringComparison.Ordinal);
        return Enum.TryParse<Funder>(at < 0 ? name : name[..at], ignoreCase: true, out var funder)
            && long.TryParse(won.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
                ? new Budget(funder, at < 0 ? null : name[(at + 1)..], amount)
                : throw SimulationPolicy.Unreadable(text);
    }
}
