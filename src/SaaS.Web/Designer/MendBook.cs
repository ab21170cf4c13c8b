using SaaS.Workflows.Checking;
using SaaS.Workflows.Designing;
using SaaS.Workflows.Designing.Mending;

namespace SaaS.Web.Designer;

/// <summary>The mends of all findings, tried out beside the circuit: an edit is answered first, its mends follow.</summary>
public sealed class MendBook(DesignSession session)
{
    // Findings beyond these get theirs once the first are mended.
    private const int MostProblems = 30;

    private Dictionary<Problem, IReadOnlyList<Mend>> mends = [];
    private Design? of;

    /// <summary>Raised on the circuit when the mends of the newest findings are there.</summary>
    public event Action? Changed;

    /// <summary>None until they have been tried.</summary>
    public IReadOnlyList<Mend> For(Problem problem) => mends.GetValueOrDefault(problem, []);

    /// <summary>Tries the mends of what was found in the design as it stands.</summary>
    public async Task FollowAsync()
    {
        var (design, problems) = (session.Current, session.Problems);
        if (ReferenceEquals(of, design))
        {
            return;
        }

        of = design;
        var found = problems.Count == 0 ? [] : await Task.Run(() =>
        {
            // A copy of its own: the circuit reads the other one meanwhile.
            var copy = Design.Of(design.Definition);
            return problems.Take(MostProblems).Distinct().ToDictionary(problem => problem, problem => Mends.For(problem, copy, problems));
        });
        if (ReferenceEquals(of, design))
        {
            mends = found;
            Changed?.Invoke();
        }
    }

    /// <summary>Does what a mend says, unless the design has become another meanwhile: then the mends follow it first.</summary>
    public void Apply(Mend mend)
    {
        if (ReferenceEquals(of, session.Current))
        {
            session.Apply(mend.After);
        }
    }
}
