using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Tenancy;

/// <summary>An endpoint that no tenant is resolved for.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class ExcludeFromMultiTenantResolutionAttribute : Attribute;

public static class MultiTenantMiddleware
{
    /// <summary>
    /// Resolves the tenant of each request, for pages that belong to one. It grants nothing: rights come from <c>UsePlanes()</c>, which
    /// must stand before this and has then answered 404 to everybody without a membership, whether the tenant exists or not.
    /// </summary>
    public static IApplicationBuilder UseMultiTenant(this IApplicationBuilder app) => app.Use(HandleAsync);

    private static async Task HandleAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<ExcludeFromMultiTenantResolutionAttribute>() is null)
        {
            var resolver = http.RequestServices.GetRequiredService<ITenantResolver<Tenant>>();
            http.RequestServices.GetRequiredService<IMultiTenantContextSetter<Tenant>>().MultiTenantContext = await resolver.ResolveAsync(http);
        }

        await next(http);
    }
}
