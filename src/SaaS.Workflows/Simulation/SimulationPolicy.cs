using System.Globalization;

namespace SaaS.Workflows.Simulation;

/// <summary>How the people and jobs that a case waits for are taken to answer. Everything that one run decides by chance follows from the seed.</summary>
public sealed class SimulationPolicy
{
    private readonly List<StageRule> _rules = [];
    private readonly List<string> _facts = [];

    private SimulationPolicy()
    {
    }

    /// <summary>Every step is answered with its best outcome.</summary>
    public static SimulationPolicy Approved { get; } = new();

    public long Seed { get; private init; } = 1;

    /// <summary>Whether the ranking goes on to the next firm when one does not fit into a budget (skip), or ends there (stop).</summary>
    public bool StopsAtTheFirstThatDoesNotFit { get; private init; }

    /// <summary>Numbers to be selected by tier, in place of the definition's.</summary>
    internal Dictionary<string, int> Quotas { get; } = new(StringComparer.Ordinal);

    /// <summary>Won by funder, or by funder and tier or municipality.</summary>
    internal List<Budget> Budgets { get; } = [];

    /// <summary>Paths of the facts that rules look at.</summary>
    internal IReadOnlyList<string> Facts => _facts;

    /// <summary>Whether every step is answered with its best outcome.</summary>
    internal bool ApprovesAll => _rules.Count == 0;

    /// <summary>Whether firms are ranked and selected within quotas and budgets, at the evaluation.</summary>
    internal bool Ranks => _rules.Exists(rule => rule.Kind == StageRuleKind.Rank);

    /// <summary>Reads the parts of a policy as they are written on a command line.</summary>
    /// <param name="rules">For example <c>approve</c>, <c>evaluation=0.6</c>, <c>evaluation=score>=70</c>, <c>evaluation=rank:score>=60</c>.</param>
    /// <param name="quotas"><c>TIER=number</c>.</param>
    /// <param name="budgets"><c>FUNDER=won</c>, <c>FUNDER@TIER=won</c>, <c>FUNDER@municipality=won</c>.</param>
    /// <param name="seed">Of everything left to chance.</param>
    /// <param name="stops">Whether the ranking ends at the first firm that does not fit.</param>
    /// <exception cref="FormatException">A part cannot be read; Korean, then English.</exception>
    public static SimulationPolicy Parse(IEnumerable<string> rules, IEnumerable<string> quotas, IEnumerable<string> budgets, long seed = 1, bool stops = false)
    {
        var policy = new SimulationPolicy { Seed = seed, StopsAtTheFirstThatDoesNotFit = stops };
        foreach (var text in rules.SelectMany(rule => rule.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (text != "approve")
            {
                policy._rules.Add(StageRule.Parse(text, policy._facts));
            }
        }

        foreach (var text in quotas)
        {
            var (tier, number) = Pair(text);
            policy.Quotas[tier] = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var quota) ? quota : throw Unreadable(text);
        }

        policy.Budgets.AddRange(budgets.Select(Budget.Parse));
        if ((policy.Quotas.Count > 0 || policy.Budgets.Count > 0) && !policy.Ranks)
        {
            policy._rules.Add(StageRule.Parse("evaluation=rank", policy._facts));
        }

        return policy;
    }

    internal static (string Name, string Value) Pair(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0 ? (text[..at].Trim(), text[(at + 1)..].Trim()) : throw Unreadable(text);
    }

    internal static FormatException Unreadable(string text) => new($"'{text}'을(를) 읽을 수 없습니다. --help를 보십시오 / '{text}' cannot be read; see --help");

    /// <summary>Whether the answer waits until all firms are ranked.</summary>
    internal bool IsRanked(Wait wait) => Find(wait)?.Kind == StageRuleKind.Rank;

    /// <summary>Whether a firm with this score is ranked; else it has failed the evaluation.</summary>
    internal bool MayBeRanked(Wait wait, double score) => score >= Find(wait)!.Number || wait.Outcomes.Count < 2;

    /// <summary>The answer to a wait.</summary>
    /// <param name="wait">What waits.</param>
    /// <param name="row">The firm's place in the file.</param>
    /// <param name="visit">How often this case was answered before.</param>
    /// <param name="facts">The numbers of <see cref="Facts"/>; not a number where one is missing.</param>
    internal string? Answer(Wait wait, long row, int visit, ReadOnlySpan<double> facts)
    {
        if (wait.Outcomes.Count == 0)
        {
            return null;
        }

        var approved = Find(wait) is not { } rule || rule.Approves(row, visit, Seed, facts);
        return wait.Outcomes[approved || wait.Outcomes.Count == 1 ? 0 : 1];
    }

    /// <summary>What a firm is ranked by: the named fact, or a number by chance where it is missing.</summary>
    internal double Score(Wait wait, long row, ReadOnlySpan<double> facts)
    {
        var rule = Find(wait)!;
        return double.IsNaN(facts[rule.Fact]) ? 100 * Chance(Seed, row, 0) : facts[rule.Fact];
    }

    /// <summary>A number from 0 to 1 that follows from the seed, the firm and the place.</summary>
    internal static double Chance(long seed, long row, int place)
    {
        unchecked
        {
            var mixed = ((ulong)seed * 0x9E3779B97F4A7C15) ^ ((ulong)row * 0xBF58476D1CE4E5B9) ^ ((ulong)place * 0x94D049BB133111EB);
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }

    // A rule for the very step counts before one for all steps of the stage.
    private StageRule? Find(Wait wait) => _rules.Find(rule => rule.Place == wait.ActivityId) ?? _rules.Find(rule => rule.Place == wait.Stage);
}
