using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Evaluations;

/// <summary>One review with its criteria and the case that is judged, for the evaluator to whom it was given.</summary>
public sealed class ViewEvaluation(GrantsDb db, CurrentActor actor, ViewApplication cases)
{
    /// <param name="Id">The review.</param>
    /// <param name="Case">What is judged.</param>
    /// <param name="Criteria">What to judge it by.</param>
    /// <param name="PassMark">The least total that passes.</param>
    /// <param name="AssignedAt">When it was given.</param>
    /// <param name="ConflictDeclared">Null before the declaration.</param>
    /// <param name="Scores">Points by criterion, once submitted.</param>
    /// <param name="Total">Once it was reckoned.</param>
    /// <param name="Comment">Once submitted.</param>
    /// <param name="SubmittedAt">Null while it is open.</param>
    public sealed record Review(
        Guid Id, ViewApplication.Case Case, IReadOnlyList<EvaluationCriterion> Criteria, decimal PassMark, Instant AssignedAt, bool? ConflictDeclared,
        IReadOnlyDictionary<string, int>? Scores, decimal? Total, string? Comment, Instant? SubmittedAt);

    public async Task<Outcome<Review>> RunAsync(Guid evaluationId, CancellationToken cancellationToken)
    {
        var evaluation = await db.Set<Evaluation>().AsNoTracking()
            .SingleOrDefaultAsync(evaluation => evaluation.Id == evaluationId && evaluation.EvaluatorId == actor.UserId, cancellationToken);
        if (evaluation is null || !(await cases.RunAsync(evaluation.ApplicationId, cancellationToken)).IsDone(out var judged))
        {
            return Absent.Row;
        }

        return new Review(
            evaluation.Id, judged, EvaluationCriterion.ReadAll(evaluation.Criteria), evaluation.PassMark, evaluation.AssignedAt, evaluation.ConflictDeclared,
            evaluation.Scores is { } scores ? JsonSerializer.Deserialize<Dictionary<string, int>>(scores) : null,
            evaluation.Total, evaluation.Comment, evaluation.SubmittedAt);
    }
}
