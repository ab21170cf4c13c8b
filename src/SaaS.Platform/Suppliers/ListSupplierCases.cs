using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;

namespace SaaS.Platform.Suppliers;

/// <summary>Suppliers that KOSMO examines or has examined: open ones first, the oldest of them first; and what an application waits for.</summary>
public sealed class ListSupplierCases(GrantsDb db)
{
    public sealed record Row(
        Guid Id, Guid SupplierId, string Ko, string En, string? BusinessNumber, Instant OpenedAt, LocalDate DueOn, SupplierCaseStatus Status, string? Reason,
        Instant? DecidedAt, IReadOnlyList<Waiting> Applications);

    public sealed record Waiting(Guid Id, string Tenant, string ReceiptNumber, string FirmKo, string FirmEn);

    /// <summary>What an application waits for, in words of its case.</summary>
    public sealed record Wait(SupplierWaitStatus Status, string Ko, string En, LocalDate DueOn, LocalDate? NameUntil, string? Reason);

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
    {
        var cases = await (
            from row in db.Set<SupplierCase>().AsNoTracking()
            join organisation in db.Organisations on row.SupplierId equals organisation.Id
            orderby row.Status != SupplierCaseStatus.Open, row.OpenedAt, row.Id
            select new { Case = row, organisation.Ko, organisation.En, organisation.BusinessNumber }).Take(500).ToListAsync(cancellationToken);
        var ids = cases.Select(row => row.Case.Id).ToList();
        var waits = (await (
            from wait in db.Set<SupplierWait>().AsNoTracking()
            where ids.Contains(wait.SupplierCaseId)
            join application in db.Set<GrantApplication>() on new { wait.TenantId, Id = wait.ApplicationId } equals new { application.TenantId, application.Id }
            orderby application.SubmittedAt
            select new { wait.SupplierCaseId, Waiting = new Waiting(application.Id, application.TenantId, application.ReceiptNumber, application.FirmNameKo, application.FirmNameEn) })
            .ToListAsync(cancellationToken)).ToLookup(wait => wait.SupplierCaseId, wait => wait.Waiting);
        return [.. cases.Select(row => new Row(
            row.Case.Id, row.Case.SupplierId, row.Ko, row.En, row.BusinessNumber, row.Case.OpenedAt, row.Case.DueOn, row.Case.Status, row.Case.Reason,
            row.Case.DecidedAt, [.. waits[row.Case.Id]]))];
    }

    /// <returns>Null when the application never waited for a supplier.</returns>
    public Task<Wait?> OfApplicationAsync(Guid applicationId, CancellationToken cancellationToken) => (
        from wait in db.Set<SupplierWait>().AsNoTracking()
        where wait.ApplicationId == applicationId
        join row in db.Set<SupplierCase>() on wait.SupplierCaseId equals row.Id
        join organisation in db.Organisations on row.SupplierId equals organisation.Id
        select new Wait(wait.Status, organisation.Ko, organisation.En, row.DueOn, wait.NameUntil, row.Reason)).SingleOrDefaultAsync(cancellationToken);
}
