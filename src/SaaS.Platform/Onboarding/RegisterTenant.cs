using Microsoft.EntityFrameworkCore;
using SaaS.Domain.Firms;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Onboarding;

/// <summary>Adds a tenant and the body that runs it, or brings both up to date. A body is known by its business number.</summary>
internal static class RegisterTenant
{
    /// <param name="db">On a plane that may write tenants; the caller saves.</param>
    /// <param name="description">Without <see cref="TenantDescription.Problems"/>.</param>
    /// <param name="organisations">The known bodies by business number; a new one is added.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<Organisation> RunAsync(
        GrantsDb db, TenantDescription description, Dictionary<string, Organisation> organisations, CancellationToken cancellationToken)
    {
        var kind = Enum.Parse<TenantKind>(description.Kind!);
        var body = Body(
            db, organisations, description.BusinessNumber, OrganisationKindOf(kind), description.BodyKo ?? description.Ko!, description.BodyEn ?? description.En!);
        (body.RegionCode, body.MunicipalityCode) = (description.Region, description.Municipality);
        var tenant = await db.Tenants.SingleOrDefaultAsync(tenant => tenant.Id == description.Id, cancellationToken);
        if (tenant is null)
        {
            tenant = new Tenant { Id = description.Id!, Kind = kind, Ko = description.Ko!, En = description.En!, OrganisationId = body.Id };
            db.Tenants.Add(tenant);
        }

        (tenant.Kind, tenant.Ko, tenant.En, tenant.OrganisationId) = (kind, description.Ko!, description.En!, body.Id);
        (tenant.RegionCode, tenant.MunicipalityCode, tenant.Settings) = (description.Region, description.Municipality, description.Settings?.ToJsonString() ?? "{}");
        body.TenantId = tenant.Id;
        return body;
    }

    /// <summary>Finds or adds a body by its number, and gives it this kind and these names.</summary>
    public static Organisation Body(
        GrantsDb db, Dictionary<string, Organisation> organisations, string? number, OrganisationKind kind, string ko, string en)
    {
        if (!BusinessNumber.TryParse(number, out var parsed, out var problem))
        {
            throw new InvalidOperationException(problem.En);
        }

        if (!organisations.TryGetValue(parsed.Digits, out var body))
        {
            body = new Organisation { Id = Guid.CreateVersion7(), Kind = kind, BusinessNumber = parsed.Digits, Ko = ko, En = en };
            organisations.Add(parsed.Digits, body);
            db.Organisations.Add(body);
        }

        (body.Kind, body.Ko, body.En) = (kind, ko, en);
        return body;
    }

    private static OrganisationKind OrganisationKindOf(TenantKind kind) => kind switch
    {
        TenantKind.National => OrganisationKind.Kosmo,
        TenantKind.Province => OrganisationKind.Province,
        TenantKind.Municipality => OrganisationKind.Municipality,
        _ => OrganisationKind.LargeFirm,
    };
}
