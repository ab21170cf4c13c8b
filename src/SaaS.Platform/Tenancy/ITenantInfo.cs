namespace SaaS.Platform.Tenancy;

/// <summary>A tenant as the resolver knows it. Names follow Finbuckle.MultiTenant, so that the package can take this folder's place.</summary>
public interface ITenantInfo
{
    string Id { get; }

    /// <summary>What stands in the path or host name.</summary>
    string Identifier { get; }
}
