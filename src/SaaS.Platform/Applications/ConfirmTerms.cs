using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Audit;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Inbox;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Applications;

/// <summary>A firm has seen the changed terms of a call, and goes on with its draft under them.</summary>
public sealed class ConfirmTerms(GrantsDb db, PlaneDb planes, CurrentActor actor, IClock clock)
{
    /// <param name="callId">The call.</param>
    /// <param name="versionId">The version that the firm was shown.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Outcome<Guid>> RunAsync(Guid callId, Guid versionId, CancellationToken cancellationToken)
    {
        if (actor is not { UserId: { } user, OrganisationId: { } firm } || (actor.Roles.Count > 0 && actor.Roles.All(role => role == MemberRole.Viewer)))
        {
            return new Outcome<Guid>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "신청 권한이 없습니다.", "Your role may not apply.")]);
        }

        var call = await db.Set<Call>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == callId, cancellationToken);
        if (call is null)
        {
            return Absent.Row;
        }

        if (call.DefinitionVersionId != versionId)
        {
            return new Outcome<Guid>.Refused(RefusalKind.Conflict, [ChangedTerms.Refusal]);
        }

        await using var tenant = planes.OpenTenant(call.TenantId, user, firm);
        var draft = await tenant.Set<ApplicationDraft>().SingleOrDefaultAsync(row => row.CallId == callId && row.FirmId == firm, cancellationToken);
        if (draft is null)
        {
            return Absent.Row;
        }

        if (draft.DefinitionVersionId != versionId)
        {
            tenant.AuditEntries.Add(AuditEntry.Of(
                "application-draft.terms-confirmed", "application-draft", draft.Id, user, clock.GetCurrentInstant(), new { before = draft.DefinitionVersionId, now = versionId }));
            draft.Confirm(versionId);

            // Should they change once more, that is told once more.
            await tenant.Set<InboxNotice>().Where(notice => notice.Kind == WaitingKind.TermsChanged && notice.ItemId == draft.Id).ExecuteDeleteAsync(cancellationToken);
            await tenant.SaveChangesAsync(cancellationToken);
        }

        return draft.Id;
    }
}

/// <summary>What a firm is told whose draft stands under terms that no longer hold.</summary>
internal static class ChangedTerms
{
    public static Refusal Refusal { get; } = new(
        "terms-changed",
        "작성하는 동안 공고의 조건이 바뀌었습니다. 정정 내용과 다시 계산한 사업비 분담을 보고 확인하면 이어 쓸 수 있습니다.",
        "The terms of the call have changed since you began. Look at the correction and at the shares reckoned anew; once you have confirmed them you can go on.");
}
