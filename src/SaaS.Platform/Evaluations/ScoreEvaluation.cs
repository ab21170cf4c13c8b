using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Evaluations;

/// <summary>An evaluator submits a review, or declares a conflict of interest and steps back. Either is final.</summary>
public sealed class ScoreEvaluation(GrantsDb db, CurrentActor actor, PlaneDb planes, IClock clock)
{
    private const int LongestComment = 4_000;

    /// <param name="HasConflict">The declaration; nothing is taken in without one. True steps back, and points are not looked at.</param>
    /// <param name="Scores">Points by criterion code, each from 0 to its weight.</param>
    /// <param name="Comment">For the file.</param>
    public sealed record Request(bool? HasConflict, IReadOnlyDictionary<string, int?>? Scores, string? Comment);

    public sealed record Response(Guid Id, bool SteppedBack, Instant SubmittedAt);

    public async Task<Outcome<Response>> RunAsync(Guid evaluationId, Request request, CancellationToken cancellationToken)
    {
        var seen = await db.Set<Evaluation>().AsNoTracking()
            .SingleOrDefaultAsync(evaluation => evaluation.Id == evaluationId && evaluation.EvaluatorId == actor.UserId, cancellationToken);
        if (seen is null)
        {
            return Absent.Row;
        }

        var problems = Check(seen, request).ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        await using var tenant = planes.OpenTenant(seen.TenantId, actor.UserId, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);
        var evaluation = await tenant.Set<Evaluation>()
            .FromSql($"select * from evaluations where tenant_id = {seen.TenantId} and id = {evaluationId} for update")
            .SingleAsync(cancellationToken);
        if (evaluation.SubmittedAt is not null)
        {
            return new Outcome<Response>.Refused(RefusalKind.Conflict, [new Refusal("evaluation-closed", "이미 제출한 평가입니다.", "This evaluation was submitted before.")]);
        }

        var now = clock.GetCurrentInstant();
        var comment = request.Comment?.Trim() ?? "";
        if (request.HasConflict is true)
        {
            evaluation.StepBack(comment, now);
        }
        else
        {
            evaluation.Submit(JsonSerializer.Serialize(request.Scores), comment, now);
        }

        tenant.Outbox.Add(OutboxMessage.For(EvaluationResultJob.Kind, evaluation.ApplicationId, new EvaluationMessage(evaluation.Id), now));
        await tenant.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response(evaluation.Id, request.HasConflict is true, now);
    }

    private static IEnumerable<Refusal> Check(Evaluation evaluation, Request request)
    {
        if (request.HasConflict is null)
        {
            yield return new Refusal(
                "conflict-not-declared",
                "이해충돌 여부를 먼저 확인해 주세요.",
                "Declare first whether you have a conflict of interest.",
                "hasConflict");
        }

        if (request.Comment is { Length: > LongestComment })
        {
            yield return new Refusal("comment-too-long", $"의견은 {LongestComment:N0}자까지 쓸 수 있습니다.", $"The comment may have {LongestComment:N0} characters.", "comment");
        }

        if (request.HasConflict is true)
        {
            yield break;
        }

        var criteria = EvaluationCriterion.ReadAll(evaluation.Criteria);
        foreach (var criterion in criteria)
        {
            if (request.Scores?.GetValueOrDefault(criterion.Code) is not { } points)
            {
                yield return new Refusal("score-missing", $"'{criterion.Ko}' 점수를 입력하세요.", $"Give points for '{criterion.En}'.", $"scores.{criterion.Code}");
            }
            else if (points < 0 || points > criterion.Weight)
            {
                yield return new Refusal(
                    "score-out-of-range",
                    $"'{criterion.Ko}' 점수는 0에서 {criterion.Weight} 사이여야 합니다.",
                    $"The points for '{criterion.En}' must lie between 0 and {criterion.Weight}.",
                    $"scores.{criterion.Code}");
            }
        }

        foreach (var unknown in (request.Scores?.Keys ?? []).Where(code => !criteria.Any(criterion => criterion.Code == code)))
        {
            yield return new Refusal("criterion-unknown", $"평가 항목 '{unknown}'은(는) 없습니다.", $"There is no criterion '{unknown}'.", $"scores.{unknown}");
        }
    }
}
