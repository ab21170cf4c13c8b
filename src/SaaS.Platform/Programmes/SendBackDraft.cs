using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Programmes;

/// <summary>
/// The second person does not publish a draft that was handed over, but sends it back and says why: the request ends, and the authors find
/// the reason in their inboxes until they ask again.
/// </summary>
public sealed class SendBackDraft(PlaneDb planes, IClock clock)
{
    public sealed record SentBack(Guid ReturnId, Instant At);

    /// <param name="author">Who sends it back: may publish, and neither worked on the draft nor handed it over.</param>
    /// <param name="programmeId">The programme.</param>
    /// <param name="revision">The revision of the draft that the person saw.</param>
    /// <param name="reason">Must be said; the authors read it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Outcome<SentBack>> RunAsync(DraftAuthor author, Guid programmeId, int revision, string? reason, CancellationToken cancellationToken)
    {
        await using var db = author.Open(planes);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await author.WhyNotPublishAsync(db, cancellationToken) is { } forbidden)
        {
            return Refused(RefusalKind.Forbidden, forbidden);
        }

        // Of two who decide at once the second finds it published or sent back.
        var draft = await db.Set<DefinitionDraft>()
            .FromSql($"select * from definition_drafts where tenant_id = {author.Tenant} and programme_id = {programmeId} for update")
            .SingleOrDefaultAsync(cancellationToken);
        if (draft is null)
        {
            return await db.Set<Programme>().AnyAsync(programme => programme.Id == programmeId, cancellationToken)
                ? Refused(RefusalKind.Conflict, new Refusal("draft-gone", "반려할 초안이 없습니다. 이미 게시되었거나 버려졌습니다.", "There is no draft to send back: it was published or discarded."))
                : Absent.Row;
        }

        if (draft.Revision != revision)
        {
            return Refused(RefusalKind.Conflict, new Refusal("draft-changed", "그사이 초안이 바뀌었습니다. 달라진 점을 다시 확인하세요.", "The draft has changed meanwhile. Look at the differences again."));
        }

        if (draft.ReadyAt is null)
        {
            return Refused(RefusalKind.Conflict, new Refusal(
                "draft-not-handed-over", "검토를 요청받지 않은 초안이라 반려할 수 없습니다. 이미 반려했거나 요청이 취소되었습니다.", "Nobody asks for this draft to be looked over: it was sent back before, or the request was taken back."));
        }

        if (draft.Authors.Contains(author.UserId) || draft.ReadyBy == author.UserId)
        {
            return Refused(RefusalKind.Conflict, new Refusal(
                "second-person-needed", "초안을 고치거나 검토를 요청한 사람은 반려할 수 없습니다. 고칠 점이 있으면 초안을 바로 고치세요.", "Whoever worked on the draft or asked for it to be looked over cannot send it back. Change the draft instead."));
        }

        var said = reason?.Trim() ?? "";
        if (said.Length == 0)
        {
            return new Refusal("reason-missing", "반려하는 까닭을 적어 주세요. 초안을 만든 사람이 그대로 봅니다.", "Say why it is sent back. Whoever made the draft reads it.", "reason");
        }

        if (said.Length > PublishDraft.LongestReason)
        {
            return new Refusal("reason-too-long", $"까닭은 {PublishDraft.LongestReason:N0}자까지 쓸 수 있습니다.", $"The reason may have {PublishDraft.LongestReason:N0} characters.", "reason");
        }

        var now = clock.GetCurrentInstant();
        var newest = await db.Set<DefinitionVersion>().Where(version => version.ProgrammeId == programmeId).MaxAsync(version => (int?)version.Version, cancellationToken) ?? 0;
        var sentBack = new DraftReturn(draft, newest + 1, said, author.UserId, now);
        db.Add(sentBack);
        draft.SendBack(sentBack.Id);
        db.AuditEntries.Add(AuditEntry.Of("draft.sent-back", "programme", programmeId, author.UserId, now, new { revision, version = sentBack.Version, reason = said }));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new SentBack(sentBack.Id, now);
    }

    private static Outcome<SentBack> Refused(RefusalKind kind, Refusal reason) => new Outcome<SentBack>.Refused(kind, [reason]);
}
