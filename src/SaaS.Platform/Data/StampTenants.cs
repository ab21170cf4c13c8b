using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SaaS.Platform.Data;

/// <summary>Gives rows that are added the tenant of their context. Whose row another one is, <see cref="RowDatabase"/> asks.</summary>
internal sealed class StampTenants : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Stamp((GrantsDb)eventData.Context!);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Stamp((GrantsDb)eventData.Context!);
        return ValueTask.FromResult(result);
    }

    private static void Stamp(GrantsDb db)
    {
        // What is added is known; what was changed is looked for by the save itself, once.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            foreach (var entry in db.ChangeTracker.Entries<ITenantOwned>())
            {
                if (entry.State is EntityState.Added && entry.Entity.TenantId.Length == 0)
                {
                    // Where the tenant is part of a foreign key, EF Core keeps the stamped value beside the entity until it is saved.
                    entry.Property(nameof(ITenantOwned.TenantId)).CurrentValue = db.Tenant;
                }
            }
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }
}
