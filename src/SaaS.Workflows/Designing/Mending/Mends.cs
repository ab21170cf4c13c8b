using SaaS.Workflows.Checking;

namespace SaaS.Workflows.Designing.Mending;

/// <summary>
/// What can be done about a finding of the checker. Only what the checker itself is content with is offered: the finding is gone, and
/// nothing else has come. Findings that only their author can answer, as an expression that cannot be read, have no mend.
/// </summary>
public static class Mends
{
    private const int Most = 3;
    private const int MostTried = 12;

    /// <summary>The likeliest first; at most three.</summary>
    /// <param name="problem">One of <paramref name="problems"/>.</param>
    /// <param name="design">The design that was checked.</param>
    /// <param name="problems">All that was found in it.</param>
    /// <param name="context">What it was checked against.</param>
    public static IReadOnlyList<Mend> For(Problem problem, Design design, IReadOnlyList<Problem> problems, CheckContext? context = null)
    {
        var before = Count(problems);
        return [.. Candidates(problem, design).DistinctBy(mend => mend.After.ToJson()).Take(MostTried).Where(mend => IsGood(mend)).Take(Most)];

        bool IsGood(Mend mend)
        {
            var after = Count(DefinitionChecker.Check(mend.After.Definition, context));
            return after.GetValueOrDefault(Key(problem)) < before[Key(problem)] && after.All(found => found.Value <= before.GetValueOrDefault(found.Key));
        }
    }

    private static Dictionary<(string, string?), int> Count(IReadOnlyList<Problem> problems)
        => problems.GroupBy(Key).ToDictionary(alike => alike.Key, alike => alike.Count());

    // Without the place: rows and steps move up when one goes.
    private static (string Code, string? ActivityId) Key(Problem problem) => (problem.Code, problem.ActivityId);

    private static IEnumerable<Mend> Candidates(Problem problem, Design design) => problem.Code switch
    {
        "shares-total" or "grant-shares-total" or "grant-missing" or "lead-firm-missing" or "national-share-above-limit" or "lead-share-below-limit" or "firm-share-above-limit"
            => ShareMends.Balance(problem, design),
        "bearer-without-share" => ShareMends.Bearer(problem, design),
        "share-outside-limits" or "overflow-unnamed" or "overflow-unknown" or "share-base-missing" or "bearer-base" or "share-limit-broken"
            => ShareMends.Limits(problem, design),
        "tier-empty-range" or "tier-unreachable" or "tier-overlap" or "tier-gap" or "tier-without-completion" => TierMends.For(problem, design),
        "stage-missing" or "stage-order" or "payment-before-agreement" or "last-payment-before-inspection" or "no-completion" or "shares-missing"
            or "reservation-missing" or "commitment-missing" => StageMends.For(problem, design),
        "outcome-tracking-missing" or "tranches-total" or "tranche-order" or "tier-mismatch" or "yearly-cap-without-cap" or "yearly-cap-broken" => PaymentMends.For(problem, design),
        "unknown-field" or "unknown-code" or "code-not-valid-then" => CodeMends.For(problem, design),
        "document-not-asked" => DocumentMends.For(problem, design).Concat(CodeMends.For(problem, design)),
        "row-unnamed" => DocumentMends.Name(problem, design),
        "unusable-input" or "missing-input" or "wrong-type" or "ignored-input" => InputMends.For(problem, design),
        "programme-unnamed" or "programme-model-unknown" => ProgrammeMends.For(problem, design),
        _ => FlowMends.For(problem, design),
    };
}
