using SaaS.Workflows;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Designing;
using SaaS.Workflows.Designing.Mending;

namespace SaaS.Web.Designer;

/// <summary>The mends of all findings, tried out beside the circuit: an edit is answered first, its mends follow.</summary>
public sealed class MendBook(DesignSession session)
{
    // Findings beyond these get theirs once the first are mended.
    private const int MostProblems = 30;

    private Dictionary<Problem, IReadOnlyList<Words>> mends = [];
    private Design? of;

    /// <summary>Raised on the circuit when the mends of the newest findings are there.</summary>
    public event Action? Changed;

    /// <summary>What each says; none until they have been tried. Only the words are kept: a design for every mend would be many.</summary>
    public IReadOnlyList<Words> For(Problem problem) => mends.GetValueOrDefault(problem, []);

    /// <summary>Tries the mends of what was found in the design as it stands.</summary>
    public async Task FollowAsync()
    {
        var (design, problems) = (session.Settled, session.Problems);
        if (ReferenceEquals(of, design))
        {
            return;
        }

        of = design;
        var found = problems.Count == 0 ? [] : await Task.Run(() =>
        {
            // A copy of its own: the circuit reads the other one meanwhile.
            var copy = Design.Of(design.Definition);
            // What nobody looks at any more is not tried.
            return problems.Take(MostProblems).Distinct().TakeWhile(_ => ReferenceEquals(of, design))
                .ToDictionary(problem => problem, problem => (IReadOnlyList<Words>)[.. Mends.For(problem, copy, problems, session.Context).Select(mend => mend.Says)]);
        });
        if (ReferenceEquals(of, design))
        {
            mends = found;
            Changed?.Invoke();
        }
    }

    /// <summary>Does what a mend says, if it can still be done: the design may have become another meanwhile.</summary>
    public void Apply(Problem problem, Words says)
    {
        if (session.Problems.Contains(problem) && Mends.For(problem, session.Current, session.Problems, session.Context).FirstOrDefault(mend => mend.Says == says) is { } mend)
        {
            session.Apply(mend.After);
        }
    }
}
