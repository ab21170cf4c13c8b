using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Evaluations;
using SaaS.Platform.Shares;
using SaaS.Platform.Workflows;
using SaaS.Workflows.Values;

namespace SaaS.Platform.Selections;

/// <summary>Enters an application that passed its evaluation into the ranking of its call.</summary>
public sealed class EnterRanking(IClock clock)
{
    private static readonly Funder[] Public = [Funder.National, Funder.Province, Funder.Municipality];

    /// <param name="db">The tenant's context in a transaction; the caller saves.</param>
    /// <param name="application">It passed.</param>
    /// <param name="evaluation">Its review, concluded.</param>
    /// <param name="points">By criterion.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>False when there is nothing to rank: the stage asks for the pass mark alone, or the application was selected before.</returns>
    public async Task<bool> RunAsync(
        GrantsDb db, GrantApplication application, Evaluation evaluation, IReadOnlyDictionary<string, int> points, CancellationToken cancellationToken)
    {
        var stage = await db.Set<WorkflowBookmark>().Where(bookmark => bookmark.Id == evaluation.BookmarkId).Select(bookmark => bookmark.Payload).SingleOrDefaultAsync(cancellationToken);
        if (stage is null)
        {
            // Nobody waits for the result any more; whoever resumes it is refused.
            return false;
        }

        using var parameters = JsonDocument.Parse(stage);
        var terms = SelectionTerms.Read(parameters.RootElement);
        if (terms.Selection == SelectionMode.PassMark || await db.Set<Candidate>().AnyAsync(candidate => candidate.ApplicationId == application.Id, cancellationToken))
        {
            return false;
        }

        var shares = await db.Set<ApplicationShare>().AsNoTracking().Where(share => share.ApplicationId == application.Id && Public.Contains(share.Funder)).ToListAsync(cancellationToken);
        db.Add(new Candidate(
            application,
            terms,
            evaluation.BookmarkId,
            evaluation.Total!.Value,
            [.. EvaluationCriterion.ReadAll(evaluation.Criteria).Select(criterion => points.GetValueOrDefault(criterion.Code))],
            Value.Parse(application.Facts)["firm"]["awards"].Whole is null or 0,
            new Won(shares.Sum(share => share.Amount.Amount)),
            AssignEvaluator.Lot(application.CallId, application.Id)));
        RankCallJob.Ask(db, new RankMessage(application.CallId), clock.GetCurrentInstant());
        return true;
    }
}
