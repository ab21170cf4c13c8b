using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Tenancy;

public static class TenancyServices
{
    /// <summary>Tenants by path; by host name too where <c>SAAS_HOSTS</c> holds a template such as <c>__tenant__.grants.example</c>.</summary>
    internal static IServiceCollection AddTenancy(this IServiceCollection services, IConfiguration configuration)
    {
        var tenancy = services.AddMultiTenant<Tenant>().WithPathStrategy();
        if (configuration["SAAS_HOSTS"] is { Length: > 0 } template)
        {
            tenancy = tenancy.WithHostStrategy(template);
        }

        return tenancy.WithPlatformStore().Services;
    }
}
