using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Firms;

/// <summary>Registered suppliers, whom a firm may name in its consortium.</summary>
public sealed class ListSuppliers(PlaneDb planes)
{
    public sealed record Row(Guid Id, string BusinessNumber, string Ko, string En, string? RegionCode, string? Grade);

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = planes.Open(new PlaneContext(Plane.Public));
        return await (
            from supplier in db.Suppliers.AsNoTracking()
            where supplier.Status == SupplierStatus.Registered
            join organisation in db.Organisations on supplier.OrganisationId equals organisation.Id
            orderby organisation.Ko, organisation.Id
            select new Row(organisation.Id, organisation.BusinessNumber ?? "", organisation.Ko, organisation.En, organisation.RegionCode, supplier.Grade))
            .Take(5_000).ToListAsync(cancellationToken);
    }
}
