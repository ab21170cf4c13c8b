namespace SaaS.Platform.Tenancy;

/// <summary>Finds a tenant's identifier in what asks; here an <c>HttpContext</c>.</summary>
public interface IMultiTenantStrategy
{
    /// <summary>Lower is asked first.</summary>
    int Priority => 0;

    /// <returns>Null when this strategy finds none.</returns>
    Task<string?> GetIdentifierAsync(object context);
}
