namespace SaaS.Platform.Tenancy;

internal sealed class AsyncLocalMultiTenantContext<T> : IMultiTenantContextAccessor<T>, IMultiTenantContextSetter<T>
    where T : class, ITenantInfo
{
    private static readonly AsyncLocal<IMultiTenantContext<T>?> Current = new();

    public IMultiTenantContext<T> MultiTenantContext
    {
        get => Current.Value ?? new MultiTenantContext<T>(null);
        set => Current.Value = value;
    }
}
