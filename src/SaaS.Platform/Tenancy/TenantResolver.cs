namespace SaaS.Platform.Tenancy;

/// <summary>Asks strategies and stores; the first strategy and store that match win.</summary>
public interface ITenantResolver<T>
    where T : class, ITenantInfo
{
    Task<IMultiTenantContext<T>> ResolveAsync(object context);
}

internal sealed class TenantResolver<T>(IEnumerable<IMultiTenantStrategy> strategies, IEnumerable<IMultiTenantStore<T>> stores) : ITenantResolver<T>
    where T : class, ITenantInfo
{
    public async Task<IMultiTenantContext<T>> ResolveAsync(object context)
    {
        foreach (var strategy in strategies.OrderBy(strategy => strategy.Priority))
        {
            if (await strategy.GetIdentifierAsync(context) is not { } identifier)
            {
                continue;
            }

            foreach (var store in stores)
            {
                if (await store.GetByIdentifierAsync(identifier) is { } tenant)
                {
                    return new MultiTenantContext<T>(tenant);
                }
            }
        }

        return new MultiTenantContext<T>(null);
    }
}
