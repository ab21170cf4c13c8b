using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using SaaS.Domain.Firms;
using SaaS.Domain.Money;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Organisations;
using SaaS.Platform.Programmes;
using SaaS.Platform.Shares;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Programmes;

namespace SaaS.Platform.Applications;

/// <summary>Reads what an application is decided on, as the firm that applies, in one round trip; one more where a lead firm may bear a share, and one where earlier awards count.</summary>
public sealed class LoadApplicant(GrantsDb db, CurrentActor actor, PlaneDb planes, CompiledDefinitions definitions)
{
    // What may be several (tiers, bodies) is a handful; all the rest is one row.
    private static readonly Func<GrantsDb, Guid, Guid?, Guid, string?, string?, CancellationToken, Task<Applicant?>> ReadAsync = EF.CompileAsyncQuery(
        (GrantsDb db, Guid callId, Guid? firmId, Guid facilityId, string? supplierNumber, string? idempotencyKey, CancellationToken _) => (
            from call in db.Set<Call>().AsNoTracking()
            where call.Id == callId
            join tenant in db.Tenants on call.TenantId equals tenant.Id
            from firm in db.Firms
            where firm.OrganisationId == firmId
            join organisation in db.Organisations on firm.OrganisationId equals organisation.Id
            from facility in db.Facilities.Where(facility => facility.Id == facilityId && facility.FirmId == firmId).DefaultIfEmpty()
            from supplier in db.Organisations
                .Where(body => body.BusinessNumber == supplierNumber && body.Kind == OrganisationKind.Supplier && db.Suppliers.Any(entry => entry.OrganisationId == body.Id))
                .DefaultIfEmpty()
            from entry in db.Suppliers.Where(entry => entry.OrganisationId == supplier.Id).DefaultIfEmpty()
            from earlier in db.Set<GrantApplication>()
                .Where(earlier => earlier.TenantId == call.TenantId && earlier.FirmId == firmId && earlier.IdempotencyKey == idempotencyKey)
                .DefaultIfEmpty()
            select new Applicant
            {
                Call = call,
                Tenant = tenant,
                Firm = firm,
                Organisation = organisation,
                Facility = facility,
                LeadFirm = db.Organisations.FirstOrDefault(lead => tenant.Kind == TenantKind.LargeFirm && lead.Id == tenant.OrganisationId),
                SupplierOrganisation = supplier,
                Supplier = entry,
                CompletedTiers = db.Set<GrantApplication>()
                    .Where(application => application.FirmId == firmId && application.Status == ApplicationStatus.Completed)
                    .Select(application => application.Tier).Distinct().ToList(),
                PublicBodies = db.Organisations
                    .Where(body => body.Kind == OrganisationKind.Kosmo
                        || (body.Kind == OrganisationKind.Province && body.RegionCode == facility!.RegionCode)
                        || (body.Kind == OrganisationKind.Centre && body.RegionCode == facility!.RegionCode)
                        || (body.Kind == OrganisationKind.Municipality && body.MunicipalityCode == facility!.MunicipalityCode))
                    .OrderBy(body => body.Id).ToList(),
                Earlier = earlier,
                DraftVersionId = db.Set<ApplicationDraft>()
                    .Where(draft => draft.TenantId == call.TenantId && draft.CallId == callId && draft.FirmId == firmId)
                    .Select(draft => (Guid?)draft.DefinitionVersionId).FirstOrDefault(),
            }).SingleOrDefault());

    private static readonly Func<GrantsDb, Guid, CancellationToken, Task<Organisation?>> LeaderAsync = EF.CompileAsyncQuery(
        (GrantsDb own, Guid callId, CancellationToken _) => (
            from line in own.Set<BudgetLine>().AsNoTracking()
            where line.CallId == callId && line.Funder == Funder.LeadFirm
            join organisation in own.Organisations on line.FunderOrganisationId equals organisation.Id
            orderby line.Id
            select organisation).FirstOrDefault());

    private static readonly ConditionalWeakTable<CompiledWorkflow, Questions> Asked = [];

    // Of these a definition holds one when it asks what the firm was awarded before.
    private static readonly string[] AwardFacts = ["firm.awards", "firm.yearsWithout", "firm.tiersThisYear", "firm.granted", "cumulativeCap", "award."];

    /// <returns>Null when the firm sees no such call.</returns>
    internal async Task<Applicant?> RunAsync(Guid callId, ApplicationRequest request, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var supplierNumber = BusinessNumber.TryParse(request.SupplierBusinessNumber, out var typed, out _) ? typed.Digits : null;
        var applicant = await ReadAsync(db, callId, actor.OrganisationId, request.FacilityId, supplierNumber, idempotencyKey, cancellationToken);
        if (applicant is null)
        {
            return null;
        }

        var questions = Asked.GetValue(await definitions.GetAsync(db, applicant.Call.DefinitionVersionId, cancellationToken), Questions.Of);
        if (questions.LeadFirm && applicant.Tenant.Kind != TenantKind.LargeFirm)
        {
            applicant = applicant with { LeadFirm = await LeadFirmAsync(applicant, cancellationToken) };
        }

        return !questions.Awards ? applicant : applicant with
        {
            TopsUp = questions.TopsUp,
            Awards = await Awards.ReadAsync(
                db, applicant.Firm.OrganisationId, applicant.Tenant.Id,
                string.IsNullOrWhiteSpace(request.RequestedTier) ? questions.OnlyTier : request.RequestedTier, request.FacilityId, cancellationToken),
        };
    }

    /// <summary>In a call of somebody else a large firm leads when it set money aside for it, which only that tenant sees.</summary>
    private async Task<Organisation?> LeadFirmAsync(Applicant applicant, CancellationToken cancellationToken)
    {
        await using var own = planes.OpenTenant(applicant.Tenant.Id, actor.UserId, actor.OrganisationId);
        return await LeaderAsync(own, applicant.Call.Id, cancellationToken);
    }

    /// <summary>What a programme asks beyond the one row: round trips that the others need not wait for.</summary>
    /// <param name="LeadFirm">Whether a lead firm may bear a share.</param>
    /// <param name="Awards">Whether earlier awards decide anything.</param>
    /// <param name="TopsUp">Whether one of them is topped up.</param>
    /// <param name="OnlyTier">The tier where there is but one: the firm need not ask for it.</param>
    private sealed record Questions(bool LeadFirm, bool Awards, bool TopsUp, string? OnlyTier)
    {
        public static Questions Of(CompiledWorkflow workflow)
        {
            var text = workflow.Definition.Json.GetRawText();
            var hidden = workflow.RunsOthers || workflow.UsedDefinitions.Count > 0;
            var topsUp = ProgrammeOutline.TopsUp(workflow.Definition);
            var awards = hidden || topsUp || AwardFacts.Any(fact => text.Contains(fact, StringComparison.Ordinal));
            return new(
                hidden || text.Contains(nameof(Funder.LeadFirm), StringComparison.OrdinalIgnoreCase),
                awards,
                topsUp,
                awards && ProgrammeOutline.Read(workflow).Tiers is [var only] ? only.Code : null);
        }
    }
}
