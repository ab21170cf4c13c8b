using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Agreements;
using SaaS.Platform.Applications;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Workflows;

/// <summary>
/// Ends a workflow for good on behalf of the tenant: it waits for nothing any more, its journal says who did it and why, and the money of
/// its case that is not paid goes back.
/// </summary>
public sealed class CancelInstance(GrantsDb db, CurrentActor actor, PlaneDb planes, WorkflowInstances instances, IClock clock)
{
    private const int LongestReason = 1_000;

    /// <param name="Reason">For the file; asked for.</param>
    public sealed record Request(string? Reason);

    public sealed record Response(Guid Id, string SubStatus);

    public async Task<Outcome<Response>> RunAsync(Guid instanceId, Request request, CancellationToken cancellationToken)
    {
        if (!await db.Set<WorkflowInstance>().AnyAsync(instance => instance.Id == instanceId, cancellationToken))
        {
            return Absent.Row;
        }

        if (!actor.Is(MemberRole.Officer) && !actor.Is(MemberRole.Approver))
        {
            return new Outcome<Response>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "진행을 취소할 권한이 없습니다.", "Your role may not cancel workflows.")]);
        }

        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > LongestReason)
        {
            return new Refusal("reason-missing", $"취소하는 사유를 {LongestReason:N0}자 안으로 적어 주세요.", $"Say why, in at most {LongestReason:N0} characters.", "reason");
        }

        await using var tenant = planes.OpenTenant(db.Tenant, actor.UserId, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);
        var outcome = await instances.CancelAsync(tenant, instanceId, $"user:{actor.UserId}", cancellationToken);
        if (!outcome.IsDone)
        {
            return new Outcome<Response>.Refused(
                RefusalKind.Conflict, [new Refusal("instance-finished", "이미 끝난 진행이라 취소할 수 없습니다.", "It has ended before; there is nothing to cancel.")]);
        }

        var now = clock.GetCurrentInstant();
        if (await tenant.Set<GrantApplication>().Where(application => application.WorkflowInstanceId == instanceId).Select(application => (Guid?)application.Id).SingleOrDefaultAsync(cancellationToken) is { } application)
        {
            await EndAgreement.RunAsync(tenant, application, now, cancellationToken);
        }

        tenant.AuditEntries.Add(AuditEntry.Of("workflow.cancelled", "workflow-instance", instanceId, actor.UserId, now, new { reason = request.Reason.Trim() }));
        await tenant.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response(instanceId, "Cancelled");
    }
}
