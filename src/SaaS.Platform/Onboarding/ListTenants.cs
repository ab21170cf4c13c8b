using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Data;
using SaaS.Platform.Invitations;
using SaaS.Platform.Organisations;
using SaaS.Platform.Programmes;

namespace SaaS.Platform.Onboarding;

/// <summary>All tenants as the national operator sees them.</summary>
public sealed class ListTenants(GrantsDb db)
{
    /// <param name="Waiting">Invitations that nobody took up or withdrew.</param>
    public sealed record Row(string Id, TenantKind Kind, string Ko, string En, string? Region, string Colour, int Programmes, int Waiting);

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
    {
        var rows = await db.Tenants.AsNoTracking().OrderBy(tenant => tenant.Ko)
            .Select(tenant => new
            {
                Tenant = tenant,
                Programmes = db.Set<Programme>().Count(programme => programme.TenantId == tenant.Id),
                Waiting = db.Set<Invitation>().Count(invitation => invitation.TenantId == tenant.Id && invitation.AcceptedAt == null && invitation.WithdrawnAt == null),
            })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new Row(
            row.Tenant.Id, row.Tenant.Kind, row.Tenant.Ko, row.Tenant.En, row.Tenant.RegionCode, Branding.Of(row.Tenant.Settings).Colour, row.Programmes, row.Waiting))];
    }
}
