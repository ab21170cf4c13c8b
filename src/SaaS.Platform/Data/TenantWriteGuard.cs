using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SaaS.Platform.Data;

/// <summary>Refuses to save a tenant's row from a context of another tenant, before the database refuses it again.</summary>
internal sealed class TenantWriteGuard : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Check((GrantsDb)eventData.Context!);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Check((GrantsDb)eventData.Context!);
        return ValueTask.FromResult(result);
    }

    private static void Check(GrantsDb db)
    {
        foreach (var entry in db.ChangeTracker.Entries<ITenantOwned>())
        {
            if (entry.State is EntityState.Added && entry.Entity.TenantId.Length == 0)
            {
                // Where the tenant is part of a foreign key, EF Core keeps the stamped value beside the entity until it is saved.
                entry.Property(nameof(ITenantOwned.TenantId)).CurrentValue = db.Tenant;
            }

            if (entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && entry.Entity.TenantId != db.Tenant)
            {
                throw new TenantMismatchException(
                    $"{entry.Metadata.ClrType.Name} belongs to the tenant '{entry.Entity.TenantId}', this context to '{db.Tenant}'.");
            }
        }
    }
}
