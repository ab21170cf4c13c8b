using Microsoft.AspNetCore.Http;
using SaaS.Platform.Identity;

namespace SaaS.Platform.Tenancy;

/// <summary>The tenant stands in the path: <c>/t/{tenant}/…</c>, the same under <c>/api</c>. Never a header, which a client may forge.</summary>
internal sealed class PathStrategy : IMultiTenantStrategy
{
    public Task<string?> GetIdentifierAsync(object context)
        => Task.FromResult(context is HttpContext http && PlanePath.Of(http.Request.Path).Tenant is { Length: > 0 } tenant ? tenant : null);
}
