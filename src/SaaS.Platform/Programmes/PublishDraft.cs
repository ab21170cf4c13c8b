using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Comparison;
using SaaS.Workflows.Definitions;

namespace SaaS.Platform.Programmes;

/// <summary>
/// Publishes a programme's draft as its next version. What changes money or rules is published by somebody who did not write it; while a
/// call is open its terms change only in favour of the applicants. Calls that are not closed follow the new version for new applications.
/// </summary>
public sealed class PublishDraft(PlaneDb planes, PublishDefinition publish, IClock clock)
{
    /// <param name="author">Who publishes.</param>
    /// <param name="programmeId">The programme.</param>
    /// <param name="revision">The revision of the draft that the person saw.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Outcome<PublishDefinition.Published>> RunAsync(DraftAuthor author, Guid programmeId, int revision, CancellationToken cancellationToken)
    {
        await using var db = author.Open(planes);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await author.WhyNotAsync(db, cancellationToken) is { } forbidden)
        {
            return Refused(RefusalKind.Forbidden, forbidden);
        }

        // Of two who publish at once the second finds no draft.
        var draft = await db.Set<DefinitionDraft>()
            .FromSql($"select * from definition_drafts where tenant_id = {author.Tenant} and programme_id = {programmeId} for update")
            .SingleOrDefaultAsync(cancellationToken);
        if (draft is null)
        {
            return await db.Set<Programme>().AnyAsync(programme => programme.Id == programmeId, cancellationToken)
                ? Refused(RefusalKind.Conflict, new Refusal("draft-gone", "게시할 초안이 없습니다. 이미 게시되었거나 버려졌습니다.", "There is no draft to publish: it was published or discarded."))
                : Absent.Row;
        }

        if (draft.Revision != revision)
        {
            return Refused(RefusalKind.Conflict, new Refusal("draft-changed", "그사이 초안이 바뀌었습니다. 달라진 점을 다시 확인하세요.", "The draft has changed meanwhile. Look at the differences again."));
        }

        var definition = WorkflowDefinition.Parse(draft.Json).Required;
        var before = await NewestAsync(db, programmeId, cancellationToken);
        var differences = before is null ? [] : DefinitionDifferences.Between(WorkflowDefinition.Parse(before.Json).Required, definition);
        var calls = await OpenCallsAsync(db, programmeId, cancellationToken);
        if (WhyNot(author, draft, differences, before is null, calls) is { Count: > 0 } reasons)
        {
            return new Outcome<PublishDefinition.Published>.Refused(RefusalKind.Conflict, reasons);
        }

        var outcome = await publish.RunAsync(db, definition, author.UserId, cancellationToken);
        if (!outcome.IsDone(out var published))
        {
            return outcome;
        }

        db.Remove(draft);
        foreach (var call in calls)
        {
            call.UseVersion(published.VersionId);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return published;
    }

    private List<Refusal> WhyNot(DraftAuthor author, DefinitionDraft draft, IReadOnlyList<Difference> differences, bool isFirst, List<Call> calls)
    {
        var reasons = new List<Refusal>();
        if (draft.Authors.Contains(author.UserId) && (isFirst || differences.Any(difference => difference.ConcernsMoneyOrRules)))
        {
            reasons.Add(new Refusal(
                "second-person-needed",
                "금액이나 규칙이 바뀌므로 초안을 고치지 않은 다른 담당자가 게시해야 합니다.",
                "Money or rules change: somebody who did not work on the draft must publish it."));
        }

        var now = clock.GetCurrentInstant();
        if (calls.Any(call => call.StandingAt(now) is CallStanding.Open))
        {
            reasons.AddRange(differences.Where(difference => difference.WorseForFirms).Select(difference => new Refusal(
                "terms-worse-while-open",
                $"접수 중인 공고의 조건은 기업에 불리하게 바꿀 수 없습니다: {difference.Sentence.Ko}. 공고를 취소하고 다시 내거나 접수가 끝난 뒤 게시하세요.",
                $"While a call is open its terms may not become worse for firms: {difference.Sentence.En}. Cancel and reissue the call, or publish after it has closed.",
                difference.ActivityId)));
        }

        return reasons;
    }

    private static Task<DefinitionVersion?> NewestAsync(GrantsDb db, Guid programmeId, CancellationToken cancellationToken)
        => db.Set<DefinitionVersion>().AsNoTracking().Where(version => version.ProgrammeId == programmeId).OrderByDescending(version => version.Version).FirstOrDefaultAsync(cancellationToken);

    private async Task<List<Call>> OpenCallsAsync(GrantsDb db, Guid programmeId, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        return [.. (await db.Set<Call>().Where(call => call.ProgrammeId == programmeId).ToListAsync(cancellationToken))
            .Where(call => call.StandingAt(now) is CallStanding.Draft or CallStanding.NotYetOpen or CallStanding.Open)];
    }

    private static Outcome<PublishDefinition.Published> Refused(RefusalKind kind, Refusal reason) => new Outcome<PublishDefinition.Published>.Refused(kind, [reason]);
}
