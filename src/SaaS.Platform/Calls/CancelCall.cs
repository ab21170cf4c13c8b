using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Agreements;
using SaaS.Platform.Applications;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Calls;

/// <summary>
/// Ends a call with a dated notice of its cancellation: nothing is submitted any more, and every application of it that still runs is ended
/// by a job of its own, its money going back. An approver does it, as it takes something from firms; once an agreement is signed nobody can.
/// The call may be issued anew: firms find there what they had written.
/// </summary>
public sealed class CancelCall(GrantsDb db, CurrentActor actor, PlaneDb planes, IClock clock)
{
    /// <param name="Reason">Stands in the public notice.</param>
    public sealed record Request(string? Reason);

    /// <param name="Applications">How many running applications end with it.</param>
    public sealed record Response(Guid Id, int Applications);

    public async Task<Outcome<Response>> RunAsync(Guid callId, Request request, CancellationToken cancellationToken)
    {
        if (!await db.Set<Call>().AnyAsync(call => call.Id == callId, cancellationToken))
        {
            return Absent.Row;
        }

        if (actor is not { UserId: { } user } || !actor.Is(MemberRole.Approver))
        {
            return new Outcome<Response>.Refused(
                RefusalKind.Forbidden, [new Refusal("role-missing", "공고 취소는 승인 담당자만 할 수 있습니다.", "Only an approver may cancel a call.")]);
        }

        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Trim().Length > PublishDraft.LongestReason)
        {
            return new Refusal(
                "reason-missing", $"취소하는 까닭을 {PublishDraft.LongestReason:N0}자 안으로 적어 주세요. 공고문에 실립니다.", $"Say why, in at most {PublishDraft.LongestReason:N0} characters. It stands in the notice.", "reason");
        }

        await using var tenant = planes.OpenTenant(db.Tenant, user, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);

        // Waits for every submission under way, see SubmitApplication; those that come after find the call cancelled.
        var call = await tenant.Set<Call>().FromSql($"select * from calls where tenant_id = {db.Tenant} and id = {callId} for update").SingleAsync(cancellationToken);
        if (call.Status != CallStatus.Announced)
        {
            return new Outcome<Response>.Refused(
                RefusalKind.Conflict, [new Refusal("call-not-announced", "이미 취소되었거나 아직 내지 않은 공고입니다.", "The call is cancelled already, or was never announced.")]);
        }

        var applications = tenant.Set<GrantApplication>().AsNoTracking().Where(application => application.CallId == callId);
        var signed = await applications.CountAsync(
            application => application.Status == ApplicationStatus.InProgress || application.Status == ApplicationStatus.Completed
                || tenant.Set<Agreement>().Any(agreement => agreement.ApplicationId == application.Id && agreement.Status == AgreementStatus.Signed),
            cancellationToken);
        if (signed > 0)
        {
            return new Outcome<Response>.Refused(
                RefusalKind.Conflict,
                [
                    new Refusal(
                        "agreement-signed",
                        $"협약을 맺은 과제가 {signed}건 있어 공고를 취소할 수 없습니다. 그 과제는 하나씩 중단하세요.",
                        $"Agreements are signed in {signed} cases, so the call cannot be cancelled. Stop those cases one by one."),
                ]);
        }

        var now = clock.GetCurrentInstant();
        var running = await applications.Where(application => !GrantApplication.Over.Contains(application.Status)).Select(application => application.Id).ToListAsync(cancellationToken);
        call.Cancel();
        tenant.Add(CallNotice.Cancellation(call.Id, request.Reason.Trim(), call.ClosesAt, user, now));
        tenant.AuditEntries.Add(AuditEntry.Of("call.cancelled", "call", call.Id, user, now, new { reason = request.Reason.Trim(), applications = running.Count }));
        tenant.Append(running.Select(application => OutboxMessage.For(CaseOfCancelledCallJob.Kind, application, new CancelledCall(call.Id), now)));
        await tenant.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response(call.Id, running.Count);
    }
}
