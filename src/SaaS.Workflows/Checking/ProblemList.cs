using System.Globalization;
using SaaS.Workflows.Definitions;

namespace SaaS.Workflows.Checking;

/// <summary>Problems as they are found.</summary>
internal sealed class ProblemList
{
    private readonly List<Problem> _problems = [];

    public IReadOnlyList<Problem> All => _problems;

    public void Error(string code, string pointer, string? activityId, string ko, string en, string? about = null) => _problems.Add(new Problem(code, pointer, activityId, Severity.Error, ko, en) { About = about });

    public void Error(string code, ActivityDefinition activity, string ko, string en, string? about = null) => Error(code, activity.Pointer, activity.Id, ko, en, about);

    /// <summary>A limit of the national operator is broken: the sentences go on to say which, since when and by what source.</summary>
    public void Error(GuardRail rail, string code, string pointer, string? activityId, string ko, string en, int? limit = null)
    {
        var which = GuardRailWords.Cite(rail);
        _problems.Add(new Problem(code, pointer, activityId, Severity.Error, $"{ko} {which.Ko}", $"{en} {which.En}") { Rail = rail, About = limit?.ToString(CultureInfo.InvariantCulture) });
    }

    public void Warning(string code, ActivityDefinition activity, string ko, string en) => Warning(code, activity.Pointer, activity.Id, ko, en);

    public void Warning(string code, string pointer, string? activityId, string ko, string en) => _problems.Add(new Problem(code, pointer, activityId, Severity.Warning, ko, en));

    public void Add(IEnumerable<Problem> problems) => _problems.AddRange(problems);
}
