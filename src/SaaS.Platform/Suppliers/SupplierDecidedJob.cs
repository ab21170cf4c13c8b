using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Calendar;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Time;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Suppliers;

/// <summary>
/// Tells KOSMO's decision to every application that waits for it, in whatever tenant: approved, it goes on; refused, its firm may name
/// another supplier. Each in a transaction of its own tenant and only while it waits, so that running twice tells nobody twice.
/// </summary>
public sealed class SupplierDecidedJob(TenantJob job, PlaneDb planes, WorkflowInstances instances, IClock clock) : IOutboxJob
{
    public const string Kind = "supplier.decided";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb national, OutboxMessage message, CancellationToken cancellationToken)
    {
        var caseId = message.Read<SupplierDecision>().CaseId;
        var decided = await national.Set<SupplierCase>().AsNoTracking().SingleAsync(row => row.Id == caseId, cancellationToken);
        List<(string Tenant, Guid Id)> waits;
        await using (var all = planes.OpenOversight())
        {
            waits = [.. (await all.Set<SupplierWait>().AsNoTracking()
                .Where(wait => wait.SupplierCaseId == caseId && wait.Status == SupplierWaitStatus.Examined)
                .OrderBy(wait => wait.Since).ThenBy(wait => wait.Id)
                .Select(wait => new { wait.TenantId, wait.Id })
                .ToListAsync(cancellationToken)).Select(wait => (wait.TenantId, wait.Id))];
        }

        foreach (var (tenant, id) in waits)
        {
            await using var db = planes.OpenTenant(tenant);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await TellAsync(db, id, decided, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private async Task TellAsync(GrantsDb db, Guid waitId, SupplierCase decided, CancellationToken cancellationToken)
    {
        var wait = await db.Set<SupplierWait>()
            .FromSql($"select * from supplier_waits where tenant_id = {db.Tenant} and id = {waitId} for update")
            .SingleAsync(cancellationToken);
        if (wait.Status is not SupplierWaitStatus.Examined)
        {
            return;
        }

        var now = clock.GetCurrentInstant();
        if (decided.Status is SupplierCaseStatus.Approved)
        {
            wait.Settle();
            var instance = await db.Set<GrantApplication>().Where(row => row.Id == wait.ApplicationId).Select(row => row.WorkflowInstanceId).SingleAsync(cancellationToken);
            await instances.ResumeAsync(db, instance, wait.BookmarkId, "Accepted", new { supplier = decided.SupplierId }, $"user:{decided.DecidedBy}", cancellationToken);
            return;
        }

        var until = WorkingDays.After(clock.TodayInKorea(), SupplierWait.Days);
        wait.AskForAnother(until);
        db.Outbox.Add(OutboxMessage.For(SupplierLapsedJob.Kind, wait.ApplicationId, new SupplierDeadline(wait.Id), now, Seoul.EndOf(until)));
    }
}

/// <summary>The payload of <see cref="SupplierDecidedJob"/>.</summary>
internal sealed record SupplierDecision(Guid CaseId);
