using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Refusals;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Suppliers;

/// <summary>The last day to name another supplier is over: the intake ends. Nothing happens when one was named.</summary>
public sealed class SupplierLapsedJob(TenantJob job, WorkflowInstances instances) : IOutboxJob
{
    public const string Kind = "supplier.lapsed";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var waitId = message.Read<SupplierDeadline>().WaitId;
        var wait = await db.Set<SupplierWait>()
            .FromSql($"select * from supplier_waits where tenant_id = {db.Tenant} and id = {waitId} for update")
            .SingleAsync(cancellationToken);
        if (wait.Status is not SupplierWaitStatus.NameAnother)
        {
            return;
        }

        wait.Lapse();
        Refusal[] reasons =
        [
            new("supplier-not-named", $"기한({wait.NameUntil:uuuu-MM-dd})까지 등록된 공급기업을 다시 정하지 않았습니다.", $"No registered supplier was named by {wait.NameUntil:uuuu-MM-dd}."),
        ];
        var instance = await db.Set<GrantApplication>().Where(row => row.Id == wait.ApplicationId).Select(row => row.WorkflowInstanceId).SingleAsync(cancellationToken);
        await instances.ResumeAsync(db, instance, wait.BookmarkId, "Rejected", new { reasons }, $"job:{Kind}", cancellationToken);
    }
}

/// <summary>The payload of <see cref="SupplierLapsedJob"/>.</summary>
internal sealed record SupplierDeadline(Guid WaitId);
