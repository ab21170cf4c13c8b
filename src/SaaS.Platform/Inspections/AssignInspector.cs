using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Evaluations;
using SaaS.Platform.Identity;

namespace SaaS.Platform.Inspections;

/// <summary>
/// Gives a project to an inspector without a conflict: nobody who belongs to the firm, the supplier, the lead firm or the tenant. Among the
/// least busy the choice is by lot, as with evaluators.
/// </summary>
public sealed class AssignInspector(IClock clock)
{
    /// <param name="db">The tenant's context in a transaction; the caller saves.</param>
    /// <param name="application">What is inspected.</param>
    /// <param name="bookmarkId">Where the workflow waits.</param>
    /// <param name="kind">Interim or final.</param>
    /// <param name="checklist">JSON text of the items.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InvalidOperationException">Nobody is free of conflict; the job tries again later.</exception>
    public async Task<Inspection> RunAsync(
        GrantsDb db, GrantApplication application, Guid bookmarkId, InspectionKind kind, string checklist, CancellationToken cancellationToken)
    {
        var tenantOrganisation = await db.Tenants.Where(tenant => tenant.Id == db.Tenant).Select(tenant => tenant.OrganisationId).SingleAsync(cancellationToken);
        Guid?[] parties = [application.FirmId, application.SupplierId, application.LeadFirmId, tenantOrganisation];
        var free = await db.Memberships.AsNoTracking()
            .Where(membership => membership.Role == MemberRole.Inspector)
            .Select(membership => membership.UserId)
            .Distinct()
            .Where(user => !db.Memberships.Any(membership => membership.UserId == user && parties.Contains(membership.OrganisationId)))
            .Select(user => new { User = user, Open = db.Set<Inspection>().Count(inspection => inspection.InspectorId == user && inspection.SubmittedAt == null) })
            .ToListAsync(cancellationToken);
        var chosen = free
            .OrderBy(candidate => candidate.Open)
            .ThenBy(candidate => AssignEvaluator.Lot(application.Id, candidate.User))
            .ThenBy(candidate => candidate.User)
            .FirstOrDefault()
            ?? throw new InvalidOperationException($"No inspector is free of conflict for application {application.ReceiptNumber}.");
        var inspection = new Inspection(application.Id, bookmarkId, kind, chosen.User, checklist, clock.GetCurrentInstant());
        db.Add(inspection);
        return inspection;
    }
}
