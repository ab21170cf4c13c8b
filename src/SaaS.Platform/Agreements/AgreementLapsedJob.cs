using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Agreements;

/// <summary>The last day to sign is over. Nothing happens when the agreement was concluded.</summary>
public sealed class AgreementLapsedJob(TenantJob job, WorkflowInstances instances, IClock clock) : IOutboxJob
{
    public const string Kind = "agreement.lapsed";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var id = message.Read<AgreementMessage>().AgreementId;
        var instance = await db.Set<Agreement>()
            .Where(agreement => agreement.Id == id)
            .Join(db.Set<GrantApplication>(), agreement => agreement.ApplicationId, application => application.Id, (_, application) => application.WorkflowInstanceId)
            .SingleAsync(cancellationToken);

        // The instance first, as all do that need both.
        await LockInstance.RunAsync(db, instance, cancellationToken);
        var agreement = await db.Set<Agreement>()
            .FromSql($"select * from agreements where tenant_id = {db.Tenant} and id = {id} for update")
            .SingleAsync(cancellationToken);
        if (agreement.Status != AgreementStatus.AwaitingSignatures)
        {
            return;
        }

        agreement.Conclude(AgreementStatus.Lapsed, clock.GetCurrentInstant());
        await instances.ResumeAsync(db, instance, agreement.BookmarkId, "Lapsed", new { agreement = agreement.Id }, "job:" + Kind, cancellationToken);
    }
}
