using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Data;
using SaaS.Platform.Firms;
using SaaS.Platform.Identity;
using SaaS.Platform.Organisations;

namespace SaaS.IntegrationTests.Identity;

/// <summary>Organisations and people for tests, added as the operator's commands add them.</summary>
internal static class People
{
    public const string Password = "correct horse";

    public static async Task<Guid> OrganisationAsync(this PlatformFixture platform, OrganisationKind kind, string name, string? tenant = null)
    {
        await using var db = platform.Planes.Open(new PlaneContext(Plane.Administration));
        var organisation = new Organisation { Id = Guid.CreateVersion7(), Kind = kind, Ko = name, En = name, TenantId = tenant };
        db.Organisations.Add(organisation);
        if (tenant is not null)
        {
            db.Tenants.Add(new Tenant { Id = tenant, Kind = TenantKind.Province, Ko = name, En = name, OrganisationId = organisation.Id });
        }

        if (kind is OrganisationKind.Firm)
        {
            db.Firms.Add(new Firm { OrganisationId = organisation.Id, Ksic = "C10" });
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return organisation.Id;
    }

    public static async Task<Guid> PersonAsync(this PlatformFixture platform, string userName, params (Guid, MemberRole)[] memberships)
    {
        await using var db = platform.Planes.Open(new PlaneContext(Plane.Administration));
        var user = await platform.Services.GetRequiredService<AddUser>().HandleAsync(
            db, userName, userName, userName, Password, memberships, TestContext.Current.CancellationToken);
        return user.Id;
    }
}
