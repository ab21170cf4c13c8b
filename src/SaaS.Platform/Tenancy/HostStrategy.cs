using Microsoft.AspNetCore.Http;

namespace SaaS.Platform.Tenancy;

/// <summary>
/// The tenant is the first label of the host name, as <c>jeonnam.grants.example</c> for the template <c>__tenant__.grants.example</c>.
/// It says which tenant's pages to show; what may be seen there is decided by membership, as everywhere.
/// </summary>
internal sealed class HostStrategy(string template) : IMultiTenantStrategy
{
    private const string Placeholder = "__tenant__";

    private readonly string suffix = template.StartsWith(Placeholder + ".", StringComparison.Ordinal)
        ? template[Placeholder.Length..]
        : throw new ArgumentException($"A host template starts with {Placeholder}. and a dot, such as __tenant__.grants.example.", nameof(template));

    public int Priority => 1;

    public Task<string?> GetIdentifierAsync(object context)
    {
        if (context is not HttpContext http || !http.Request.Host.Host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult<string?>(null);
        }

        var label = http.Request.Host.Host[..^suffix.Length];
        return Task.FromResult(label.Length > 0 && !label.Contains('.', StringComparison.Ordinal) ? label.ToLowerInvariant() : null);
    }
}
