namespace SaaS.Platform.Tenancy;

/// <summary>Where tenants are kept.</summary>
public interface IMultiTenantStore<T>
    where T : class, ITenantInfo
{
    Task<bool> AddAsync(T tenantInfo, CancellationToken cancellationToken = default);

    Task<bool> UpdateAsync(T tenantInfo, CancellationToken cancellationToken = default);

    Task<bool> RemoveAsync(string identifier, CancellationToken cancellationToken = default);

    Task<T?> GetAsync(string id, CancellationToken cancellationToken = default);

    Task<T?> GetByIdentifierAsync(string identifier, CancellationToken cancellationToken = default);

    Task<IReadOnlyList<T>> GetAllAsync(CancellationToken cancellationToken = default);
}
