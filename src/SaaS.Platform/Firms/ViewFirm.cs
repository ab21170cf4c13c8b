using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Firms;

/// <summary>The firm acted for, with its facts and factories.</summary>
public sealed class ViewFirm(GrantsDb db, CurrentActor actor)
{
    public sealed record Factory(Guid Id, string Name, string RegionCode, string MunicipalityCode, string Address);

    /// <summary>Amounts in won; what is not known is null.</summary>
    public sealed record Details(
        Guid Id, string? BusinessNumber, string Ko, string En, int? Employees, long? Revenue, long? AverageSales, long? Assets, bool? Independent,
        string Ksic, int Level, IReadOnlyList<Factory> Facilities);

    public async Task<Outcome<Details>> RunAsync(CancellationToken cancellationToken)
    {
        var found = await (
            from firm in db.Firms.AsNoTracking()
            where firm.OrganisationId == actor.OrganisationId
            join organisation in db.Organisations on firm.OrganisationId equals organisation.Id
            select new { Firm = firm, Organisation = organisation }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return Absent.Row;
        }

        var facilities = await db.Facilities.AsNoTracking()
            .Where(facility => facility.FirmId == actor.OrganisationId)
            .OrderBy(facility => facility.Name).ThenBy(facility => facility.Id)
            .Select(facility => new Factory(facility.Id, facility.Name, facility.RegionCode, facility.MunicipalityCode, facility.Address))
            .ToListAsync(cancellationToken);
        return new Details(
            found.Organisation.Id, found.Organisation.BusinessNumber, found.Organisation.Ko, found.Organisation.En, found.Firm.Employees,
            found.Firm.Revenue?.Amount, found.Firm.AverageSales?.Amount, found.Firm.Assets?.Amount, found.Firm.Independent, found.Firm.Ksic, found.Firm.Level,
            facilities);
    }
}
