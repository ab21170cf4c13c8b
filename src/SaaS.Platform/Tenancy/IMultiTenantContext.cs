namespace SaaS.Platform.Tenancy;

/// <summary>What was found out about the tenant of a request or job.</summary>
/// <typeparam name="T">The tenant's type.</typeparam>
public interface IMultiTenantContext<out T>
    where T : class, ITenantInfo
{
    /// <summary>Null when no tenant was resolved.</summary>
    T? TenantInfo { get; }

    bool IsResolved => TenantInfo is not null;
}

/// <summary>The tenant of the running request or job (AsyncLocal).</summary>
public interface IMultiTenantContextAccessor<out T>
    where T : class, ITenantInfo
{
    IMultiTenantContext<T> MultiTenantContext { get; }
}

/// <summary>Sets what <see cref="IMultiTenantContextAccessor{T}"/> gives.</summary>
public interface IMultiTenantContextSetter<T>
    where T : class, ITenantInfo
{
    IMultiTenantContext<T> MultiTenantContext { set; }
}

/// <inheritdoc cref="IMultiTenantContext{T}"/>
public sealed record MultiTenantContext<T>(T? TenantInfo) : IMultiTenantContext<T>
    where T : class, ITenantInfo;
