using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Onboarding;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Calls;

/// <summary>Lets a call take applications for longer, with a dated notice. That favours applicants: nobody else has to agree. It cannot be shortened.</summary>
public sealed class ExtendCall(GrantsDb db, CurrentActor actor, PlaneDb planes, IClock clock)
{
    /// <param name="ClosesAt">Seoul time as <c>2025-04-30T18:00</c>.</param>
    /// <param name="Reason">Stands in the public notice.</param>
    public sealed record Request(string? ClosesAt, string? Reason);

    public sealed record Response(Guid Id, Instant ClosesAt);

    public async Task<Outcome<Response>> RunAsync(Guid callId, Request request, CancellationToken cancellationToken)
    {
        if (!await db.Set<Call>().AnyAsync(call => call.Id == callId, cancellationToken))
        {
            return Absent.Row;
        }

        if (actor is not { UserId: { } user } || (!actor.Is(MemberRole.Officer) && !actor.Is(MemberRole.Approver)))
        {
            return new Outcome<Response>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "공고를 연장할 권한이 없습니다.", "Your role may not extend calls.")]);
        }

        await using var tenant = planes.OpenTenant(db.Tenant, user, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);
        var call = await tenant.Set<Call>().FromSql($"select * from calls where tenant_id = {db.Tenant} and id = {callId} for update").SingleAsync(cancellationToken);
        var now = clock.GetCurrentInstant();
        if (call.StandingAt(now) is not (CallStanding.NotYetOpen or CallStanding.Open))
        {
            return new Outcome<Response>.Refused(
                RefusalKind.Conflict, [new Refusal("call-not-open", "이미 마감되었거나 취소된 공고는 연장할 수 없습니다. 새 공고를 내세요.", "A call that is over or cancelled is not extended. Announce a new one.")]);
        }

        var wrong = new List<Refusal>();
        if (!TenantFolder.TryTime(request.ClosesAt, out var closesAt))
        {
            wrong.Add(new Refusal("time-unreadable", "새 마감은 2025-04-30T18:00 형식의 한국 시각이어야 합니다.", "The new end is a Korean time such as 2025-04-30T18:00.", "closesAt"));
        }
        else if (closesAt <= call.ClosesAt)
        {
            wrong.Add(new Refusal("deadline-earlier", "마감은 늦출 수만 있습니다. 지금 마감보다 뒤를 적어 주세요.", "A deadline is only ever put off. Write a moment after the present end.", "closesAt"));
        }

        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Trim().Length > PublishDraft.LongestReason)
        {
            wrong.Add(new Refusal(
                "reason-missing", $"연장하는 까닭을 {PublishDraft.LongestReason:N0}자 안으로 적어 주세요. 공고문에 실립니다.", $"Say why, in at most {PublishDraft.LongestReason:N0} characters. It stands in the notice.", "reason"));
        }

        if (wrong.Count > 0)
        {
            return wrong;
        }

        tenant.Add(CallNotice.Extension(call.Id, request.Reason!.Trim(), call.ClosesAt, closesAt, user, now));
        tenant.AuditEntries.Add(AuditEntry.Of("call.extended", "call", call.Id, user, now, new { before = call.ClosesAt.ToString(), after = closesAt.ToString(), reason = request.Reason.Trim() }));
        call.Extend(closesAt);
        await tenant.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response(call.Id, closesAt);
    }
}
