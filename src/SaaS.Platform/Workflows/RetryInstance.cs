using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Runtime;

namespace SaaS.Platform.Workflows;

/// <summary>
/// Tries again what failed of an instance: its jobs that failed until nobody tried any more, or else the steps at which it faulted as a whole.
/// What was done is not done again.
/// </summary>
public sealed class RetryInstance(GrantsDb db, CurrentActor actor, PlaneDb planes, WorkflowInstances instances, OutboxSignal signal, IClock clock)
{
    /// <param name="Jobs">How many jobs are tried again.</param>
    /// <param name="SubStatus">How it stands now, where its steps ran again: <c>Faulted</c> when they failed again.</param>
    public sealed record Response(Guid Id, int Jobs, string SubStatus);

    public async Task<Outcome<Response>> RunAsync(Guid instanceId, CancellationToken cancellationToken)
    {
        var seen = await db.Set<WorkflowInstance>().AsNoTracking().SingleOrDefaultAsync(instance => instance.Id == instanceId, cancellationToken);
        if (seen is null)
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
        failed.ForEach(message => message.TryAgain());
        var subStatus = seen.SubStatus;
        if (failed.Count == 0)
        {
            var (outcome, now) = await instances.RetryAsync(tenant, instanceId, $"user:{actor.UserId}", cancellationToken);
            if (WhyNot(outcome.Refusal, seen) is { } refusal)
            {
                return new Outcome<Response>.Refused(RefusalKind.Conflict, [refusal]);
            }

            subStatus = now.ToString();
        }

        tenant.AuditEntries.Add(AuditEntry.Of(
            "workflow.retried", "workflow-instance", instanceId, actor.UserId, clock.GetCurrentInstant(), new { jobs = failed.Count, was = seen.SubStatus, now = subStatus }));
        await tenant.SaveAndCommitAsync(transaction, cancellationToken);
        signal.Wake();
        return new Response(instanceId, failed.Count, subStatus);
    }

    private static Refusal? WhyNot(ResumeRefusal? refusal, WorkflowInstance seen) => refusal switch
    {
        null when seen.ParentInstanceId is not null => new(
            "parent-went-on", "이 진행을 시작한 진행이 이미 다음으로 넘어갔습니다. 그 진행에서 다시 시작해 주세요.", "The workflow that started this one has gone on without it. Begin again there."),
        null => null,
        ResumeRefusal.WorkWasDone => new(
            "work-was-done",
            "멈춘 단계가 맡은 일은 이미 끝났고 그 뒤에서 오류가 났습니다. 다시 실행하면 같은 일을 두 번 하게 되므로 실행하지 않습니다.",
            "The step at which it stopped had done its work; what followed failed. Running it again would do that work twice."),
        _ => new("nothing-failed", "다시 실행할 작업이 없습니다.", "Nothing of it failed that could be tried again."),
    };
}
