using Microsoft.EntityFrameworkCore;
using SaaS.Domain.Firms;
using SaaS.Domain.Money;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Organisations;
using SaaS.Platform.Shares;

namespace SaaS.Platform.Applications;

/// <summary>Reads what an application is decided on, as the firm that applies. Six short queries, none of them for a list that grows.</summary>
public sealed class LoadApplicant(GrantsDb db, CurrentActor actor, PlaneDb planes)
{
    /// <returns>Null when the firm sees no such call.</returns>
    internal async Task<Applicant?> RunAsync(Guid callId, ApplicationRequest request, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var firmId = actor.OrganisationId;
        var found = await (
            from call in db.Set<Call>().AsNoTracking()
            where call.Id == callId
            join tenant in db.Tenants on call.TenantId equals tenant.Id
            from firm in db.Firms
            where firm.OrganisationId == firmId
            join organisation in db.Organisations on firm.OrganisationId equals organisation.Id
            from facility in db.Facilities.Where(facility => facility.Id == request.FacilityId && facility.FirmId == firmId).DefaultIfEmpty()
            select new { Call = call, Tenant = tenant, Firm = firm, Organisation = organisation, Facility = facility })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var before = await db.Set<GrantApplication>().AsNoTracking()
            .Where(application => application.FirmId == firmId
                && (application.Status == ApplicationStatus.Completed
                    || (application.IdempotencyKey == idempotencyKey && application.TenantId == found.Call.TenantId)))
            .ToListAsync(cancellationToken);

        var supplierNumber = BusinessNumber.TryParse(request.SupplierBusinessNumber, out var typed, out _) ? typed.Digits : null;
        var supplier = supplierNumber is null ? null : await (
            from organisation in db.Organisations.AsNoTracking()
            where organisation.BusinessNumber == supplierNumber && organisation.Kind == OrganisationKind.Supplier
            join entry in db.Suppliers on organisation.Id equals entry.OrganisationId
            select new { Organisation = organisation, Entry = entry }).SingleOrDefaultAsync(cancellationToken);

        var region = found.Facility?.RegionCode;
        var municipality = found.Facility?.MunicipalityCode;
        var bodies = await db.Organisations.AsNoTracking()
            .Where(body => body.Kind == OrganisationKind.Kosmo
                || (body.Kind == OrganisationKind.Province && body.RegionCode == region)
                || (body.Kind == OrganisationKind.Centre && body.RegionCode == region)
                || (body.Kind == OrganisationKind.Municipality && body.MunicipalityCode == municipality))
            .OrderBy(body => body.Id)
            .ToListAsync(cancellationToken);

        return new Applicant
        {
            Call = found.Call,
            Tenant = found.Tenant,
            Firm = found.Firm,
            Organisation = found.Organisation,
            Facility = found.Facility,
            LeadFirm = await LeadFirmAsync(found.Tenant, found.Call.Id, cancellationToken),
            SupplierOrganisation = supplier?.Organisation,
            Supplier = supplier?.Entry,
            CompletedTiers = [.. before.Where(application => application.Status == ApplicationStatus.Completed).Select(application => application.Tier).Distinct()],
            PublicBodies = bodies,
            Earlier = before.Find(application => application.IdempotencyKey == idempotencyKey && application.TenantId == found.Call.TenantId),
        };
    }

    /// <summary>A large firm leads its own calls; in a call of somebody else it is the one that set money aside for it, which only that tenant sees.</summary>
    private async Task<Organisation?> LeadFirmAsync(Tenant tenant, Guid callId, CancellationToken cancellationToken)
    {
        if (tenant.Kind is TenantKind.LargeFirm)
        {
            return await db.Organisations.AsNoTracking().SingleOrDefaultAsync(organisation => organisation.Id == tenant.OrganisationId, cancellationToken);
        }

        await using var own = planes.OpenTenant(tenant.Id, actor.UserId, actor.OrganisationId);
        return await (
            from line in own.Set<BudgetLine>().AsNoTracking()
            where line.CallId == callId && line.Funder == Funder.LeadFirm
            join organisation in own.Organisations on line.FunderOrganisationId equals organisation.Id
            orderby line.Id
            select organisation).FirstOrDefaultAsync(cancellationToken);
    }
}
