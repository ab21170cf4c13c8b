using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Agreements;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Refusals;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Applications;

/// <summary>
/// A firm takes its application back before an agreement is signed: it waits for nothing any more, and its place and money are free for
/// others. The same may be applied for again while the call is open.
/// </summary>
public sealed class WithdrawApplication(GrantsDb db, CurrentActor actor, PlaneDb planes, WorkflowInstances instances, IClock clock)
{
    private const int LongestReason = 1_000;

    /// <param name="Reason">For the file; may be left out.</param>
    public sealed record Request(string? Reason);

    public sealed record Response(Guid ApplicationId, ApplicationStatus Status);

    public async Task<Outcome<Response>> RunAsync(Guid applicationId, Request request, CancellationToken cancellationToken)
    {
        var seen = await db.Set<GrantApplication>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == applicationId && row.FirmId == actor.OrganisationId, cancellationToken);
        if (seen is null)
        {
            return Absent.Row;
        }

        if (actor.UserId is not { } user || !actor.Is(MemberRole.Representative))
        {
            return new Outcome<Response>.Refused(
                RefusalKind.Forbidden, [new Refusal("role-missing", "신청 취하는 대표 권한이 있는 사람만 할 수 있습니다.", "Only a representative of the firm may withdraw an application.")]);
        }

        if (request.Reason?.Trim().Length > LongestReason)
        {
            return new Refusal("reason-too-long", $"사유는 {LongestReason:N0}자까지 쓸 수 있습니다.", $"The reason may have {LongestReason:N0} characters.", "reason");
        }

        await using var tenant = planes.OpenTenant(seen.TenantId, user, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);

        var now = clock.GetCurrentInstant();
        var outcome = await instances.CancelAsync(tenant, seen.WorkflowInstanceId, $"user:{user}", cancellationToken);
        if (!outcome.IsDone || !await EndAgreement.RunAsync(tenant, applicationId, now, cancellationToken))
        {
            await transaction.RollbackAsync(cancellationToken);
            return new Outcome<Response>.Refused(
                RefusalKind.Conflict,
                [
                    new Refusal(
                        "not-withdrawable",
                        "협약을 맺었거나 이미 끝난 신청은 취하할 수 없습니다. 협약한 과제를 그만두려면 주관기관에 문의하세요.",
                        "An application that has ended, or whose agreement is signed, is not withdrawn. To stop a project ask the body that runs the programme."),
                ]);
        }

        tenant.Change<GrantApplication>(applicationId, nameof(GrantApplication.Status), ApplicationStatus.Withdrawn);
        tenant.AuditEntries.Add(AuditEntry.Of("application.withdrawn", "application", applicationId, user, now, new { reason = request.Reason?.Trim() }));
        await tenant.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response(applicationId, ApplicationStatus.Withdrawn);
    }
}
