using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Workflows;

/// <summary>Lets the jobs of an instance run again that failed until nobody tried any more. A job that is done is never run again.</summary>
public sealed class RetryInstance(GrantsDb db, CurrentActor actor, PlaneDb planes, OutboxSignal signal, IClock clock)
{
    /// <param name="Jobs">How many are tried again.</param>
    public sealed record Response(Guid Id, int Jobs);

    public async Task<Outcome<Response>> RunAsync(Guid instanceId, CancellationToken cancellationToken)
    {
        if (!await db.Set<WorkflowInstance>().AnyAsync(instance => instance.Id == instanceId, cancellationToken))
        {
            return Absent.Row;
        }

        if (!actor.Is(MemberRole.Officer) && !actor.Is(MemberRole.Approver))
        {
            return new Outcome<Response>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "다시 실행할 권한이 없습니다.", "Your role may not retry workflows.")]);
        }

        await using var tenant = planes.OpenTenant(db.Tenant, actor.UserId, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);
        var failed = await FailedSteps.Of(tenant, instanceId).ToListAsync(cancellationToken);
        if (failed.Count == 0)
        {
            return new Outcome<Response>.Refused(
                RefusalKind.Conflict, [new Refusal("nothing-failed", "다시 실행할 작업이 없습니다.", "No job of it has failed for good.")]);
        }

        failed.ForEach(message => message.TryAgain());
        tenant.AuditEntries.Add(AuditEntry.Of("workflow.retried", "workflow-instance", instanceId, actor.UserId, clock.GetCurrentInstant(), new { jobs = failed.Count }));
        await tenant.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Wake();
        return new Response(instanceId, failed.Count);
    }
}
