using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Firms;
using SaaS.Platform.Identity;
using SaaS.Platform.Organisations;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Inspections;

/// <summary>The inspections given to the inspector who asks: open ones first, then the newest.</summary>
public sealed class ListInspections(GrantsDb db, CurrentActor actor)
{
    /// <param name="Findings">Met or not, by item code; null before the result.</param>
    public sealed record Row(
        Guid Id, Guid ApplicationId, string TenantKo, string TenantEn, string ReceiptNumber, string FirmKo, string FirmEn, string Title, string Tier,
        string FacilityName, string FacilityAddress, InspectionKind Kind, IReadOnlyList<ChecklistItem> Checklist, Instant AssignedAt,
        IReadOnlyDictionary<string, bool>? Findings, InspectionResult? Result, string? Comment, Instant? SubmittedAt);

    public Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
        => ReadAsync(db.Set<Inspection>().AsNoTracking().Where(inspection => inspection.InspectorId == actor.UserId), cancellationToken);

    /// <summary>One of them.</summary>
    public async Task<Outcome<Row>> FindAsync(Guid inspectionId, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(
            db.Set<Inspection>().AsNoTracking().Where(inspection => inspection.InspectorId == actor.UserId && inspection.Id == inspectionId), cancellationToken);
        return found.Count == 0 ? Absent.Row : found[0];
    }

    private async Task<IReadOnlyList<Row>> ReadAsync(IQueryable<Inspection> inspections, CancellationToken cancellationToken)
    {
        var rows = await (
            from inspection in inspections
            join application in db.Set<GrantApplication>() on new { inspection.TenantId, Id = inspection.ApplicationId } equals new { application.TenantId, application.Id }
            join tenant in db.Set<Tenant>() on inspection.TenantId equals tenant.Id
            join facility in db.Set<Facility>() on application.FacilityId equals facility.Id
            orderby inspection.SubmittedAt != null, inspection.AssignedAt descending, inspection.Id
            select new { Inspection = inspection, Application = application, Tenant = tenant, Facility = facility }).Take(500).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new Row(
            row.Inspection.Id, row.Application.Id, row.Tenant.Ko, row.Tenant.En, row.Application.ReceiptNumber, row.Application.FirmNameKo, row.Application.FirmNameEn,
            row.Application.Title, row.Application.Tier, row.Facility.Name, row.Facility.Address, row.Inspection.Kind, ChecklistItem.ReadAll(row.Inspection.Checklist),
            row.Inspection.AssignedAt,
            row.Inspection.Findings is { } findings ? JsonSerializer.Deserialize<Dictionary<string, bool>>(findings) : null,
            row.Inspection.Result, row.Inspection.Comment, row.Inspection.SubmittedAt))];
    }
}
