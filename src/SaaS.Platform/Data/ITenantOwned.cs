namespace SaaS.Platform.Data;

/// <summary>
/// Marks an entity that belongs to one tenant: key <c>(tenant_id, id)</c>, the named query filter "tenant", and writes that are
/// stamped with the tenant of the context and refused when they name another (<see cref="StampTenants"/>, <see cref="RowDatabase"/>).
/// </summary>
/// <remarks>Declare it as <c>public string TenantId { get; private set; } = "";</c>: it is filled in when the entity is added.</remarks>
public interface ITenantOwned
{
    string TenantId { get; }
}
