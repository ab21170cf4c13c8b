using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Tenancy;

/// <summary>What follows <c>AddMultiTenant&lt;T&gt;()</c>: the strategies and stores to ask, in this order.</summary>
public sealed class MultiTenantBuilder<T>(IServiceCollection services)
    where T : class, ITenantInfo
{
    public IServiceCollection Services => services;

    public MultiTenantBuilder<T> WithPathStrategy() => WithStrategy(new PathStrategy());

    /// <param name="template">Such as <c>__tenant__.grants.example</c>.</param>
    public MultiTenantBuilder<T> WithHostStrategy(string template) => WithStrategy(new HostStrategy(template));

    public MultiTenantBuilder<T> WithStrategy(IMultiTenantStrategy strategy)
    {
        services.AddSingleton(strategy);
        return this;
    }

    public MultiTenantBuilder<T> WithStore<TStore>()
        where TStore : class, IMultiTenantStore<T>
    {
        services.AddSingleton<IMultiTenantStore<T>, TStore>();
        return this;
    }
}

public static class MultiTenantServices
{
    public static MultiTenantBuilder<T> AddMultiTenant<T>(this IServiceCollection services)
        where T : class, ITenantInfo
    {
        services.AddSingleton<AsyncLocalMultiTenantContext<T>>();
        services.AddSingleton<IMultiTenantContextAccessor<T>>(provider => provider.GetRequiredService<AsyncLocalMultiTenantContext<T>>());
        services.AddSingleton<IMultiTenantContextSetter<T>>(provider => provider.GetRequiredService<AsyncLocalMultiTenantContext<T>>());
        services.AddSingleton<ITenantResolver<T>, TenantResolver<T>>();
        return new MultiTenantBuilder<T>(services);
    }

    /// <summary>Tenants from the table <c>tenants</c>.</summary>
    public static MultiTenantBuilder<Tenant> WithPlatformStore(this MultiTenantBuilder<Tenant> builder) => builder.WithStore<PlatformTenantStore>();
}
