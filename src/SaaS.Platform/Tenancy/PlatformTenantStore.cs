using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Tenancy;

/// <summary>Tenants in the table <c>tenants</c>. Reading needs no rights; writing works for the operator's commands only.</summary>
internal sealed class PlatformTenantStore(PlaneDb planes) : IMultiTenantStore<Tenant>
{
    private static readonly PlaneContext Reader = new(Plane.Identity);
    private static readonly PlaneContext Writer = new(Plane.Administration);

    public async Task<bool> AddAsync(Tenant tenantInfo, CancellationToken cancellationToken = default)
    {
        await using var db = planes.Open(Writer);
        db.Tenants.Add(tenantInfo);
        return await db.SaveChangesAsync(cancellationToken) == 1;
    }

    public async Task<bool> UpdateAsync(Tenant tenantInfo, CancellationToken cancellationToken = default)
    {
        await using var db = planes.Open(Writer);
        db.Tenants.Update(tenantInfo);
        return await db.SaveChangesAsync(cancellationToken) == 1;
    }

    public async Task<bool> RemoveAsync(string identifier, CancellationToken cancellationToken = default)
    {
        await using var db = planes.Open(Writer);
        return await db.Tenants.Where(tenant => tenant.Id == identifier).ExecuteDeleteAsync(cancellationToken) == 1;
    }

    public async Task<Tenant?> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        await using var db = planes.Open(Reader);
        return await db.Tenants.AsNoTracking().SingleOrDefaultAsync(tenant => tenant.Id == id, cancellationToken);
    }

    public Task<Tenant?> GetByIdentifierAsync(string identifier, CancellationToken cancellationToken = default) => GetAsync(identifier, cancellationToken);

    public async Task<IReadOnlyList<Tenant>> GetAllAsync(CancellationToken cancellationToken = default)
    {
        await using var db = planes.Open(Reader);
        return await db.Tenants.AsNoTracking().OrderBy(tenant => tenant.Id).ToListAsync(cancellationToken);
    }
}
