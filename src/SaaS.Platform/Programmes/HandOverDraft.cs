using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Programmes;

/// <summary>An author says that a draft is ready: it waits in the inboxes of those who may publish it and did not work on it.</summary>
public sealed class HandOverDraft(PlaneDb planes, IClock clock)
{
    /// <summary>How it stands in the audit trail, with the reason.</summary>
    internal const string Action = "draft.handed-over";

    public sealed record HandedOver(Guid ProgrammeId, Instant At);

    /// <param name="author">Who says so.</param>
    /// <param name="programmeId">The programme.</param>
    /// <param name="revision">The revision of the draft that the person saw.</param>
    /// <param name="reason">Why it is to be published, for whoever does; may be empty.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Outcome<HandedOver>> RunAsync(DraftAuthor author, Guid programmeId, int revision, string? reason, CancellationToken cancellationToken)
    {
        var said = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        if (said?.Length > PublishDraft.LongestReason)
        {
            return new Outcome<HandedOver>.Refused(RefusalKind.Invalid, [new Refusal("reason-too-long", $"까닭은 {PublishDraft.LongestReason:N0}자까지 쓸 수 있습니다.", $"The reason may have {PublishDraft.LongestReason:N0} characters.", "note")]);
        }

        await using var db = author.Open(planes);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await author.WhyNotAsync(db, null, cancellationToken) is { } forbidden)
        {
            return new Outcome<HandedOver>.Refused(RefusalKind.Forbidden, [forbidden]);
        }

        var draft = await db.Set<DefinitionDraft>()
            .FromSql($"select * from definition_drafts where tenant_id = {author.Tenant} and programme_id = {programmeId} for update")
            .SingleOrDefaultAsync(cancellationToken);
        if (draft is null)
        {
            return Absent.Row;
        }

        if (draft.Revision != revision)
        {
            return new Outcome<HandedOver>.Refused(RefusalKind.Conflict, [new Refusal("draft-changed", "그사이 초안이 바뀌었습니다. 달라진 점을 다시 확인하세요.", "The draft has changed meanwhile. Look at the differences again.")]);
        }

        var now = clock.GetCurrentInstant();
        draft.HandOver(author.UserId, now);
        db.AuditEntries.Add(AuditEntry.Of(Action, "programme", programmeId, author.UserId, now, new { revision, reason = said }));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new HandedOver(programmeId, now);
    }
}
