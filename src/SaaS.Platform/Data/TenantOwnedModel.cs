using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.ValueGeneration;

namespace SaaS.Platform.Data;

/// <summary>What the model says about every tenant-owned entity, so that no configuration has to repeat it.</summary>
public static class TenantOwnedModel
{
    /// <summary>The name of the query filter, to lift it alone: <c>IgnoreQueryFilters(["tenant"])</c>.</summary>
    public const string Filter = "tenant";

    /// <summary>
    /// A foreign key that includes the tenant, so that a row can never refer to another tenant's row. A null reference is allowed when the
    /// property is nullable.
    /// </summary>
    /// <param name="entity">The referring entity.</param>
    /// <param name="property">The property that holds the id of the <typeparamref name="TPrincipal"/>, with <c>nameof</c>.</param>
    public static ReferenceCollectionBuilder<TPrincipal, TEntity> RefersTo<TEntity, TPrincipal>(
        this EntityTypeBuilder<TEntity> entity, string property)
        where TEntity : class, ITenantOwned
        where TPrincipal : class, ITenantOwned
        => entity.HasOne<TPrincipal>().WithMany()
            .HasForeignKey(nameof(ITenantOwned.TenantId), property)
            .OnDelete(DeleteBehavior.Restrict);

    /// <summary>An index led by the tenant, as every index of a tenant's table should be.</summary>
    public static IndexBuilder<TEntity> HasTenantIndex<TEntity>(this EntityTypeBuilder<TEntity> entity, params string[] properties)
        where TEntity : class, ITenantOwned
        => entity.HasIndex([nameof(ITenantOwned.TenantId), .. properties]);

    internal static void KeyTenantOwned(this ModelBuilder model, Assembly assembly)
    {
        var owned = assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(ITenantOwned)));
        foreach (var type in owned)
        {
            var entity = model.Entity(type);
            entity.Property(nameof(ITenantOwned.TenantId)).HasMaxLength(40).HasSentinel("")
                .ValueGeneratedOnAdd().HasValueGenerator<StampTenant>();
            if (type.GetProperty("Id") is not null)
            {
                entity.HasKey(nameof(ITenantOwned.TenantId), "Id");
            }
        }
    }

    internal static void FilterTenantOwned(this ModelBuilder model, GrantsDb db)
    {
        foreach (var type in model.Model.GetEntityTypes().Where(type => type.ClrType.IsAssignableTo(typeof(ITenantOwned))))
        {
            // row => db.SpansTenants || row.TenantId == db.FilteredTenant: both are read from the context at each query, never frozen.
            var row = Expression.Parameter(type.ClrType, "row");
            var here = Expression.Constant(db);
            var body = Expression.OrElse(
                Expression.Property(here, nameof(GrantsDb.SpansTenants)),
                Expression.Equal(
                    Expression.Property(row, nameof(ITenantOwned.TenantId)),
                    Expression.Property(here, nameof(GrantsDb.FilteredTenant))));
            model.Entity(type.ClrType).HasQueryFilter(Filter, Expression.Lambda(body, row));
        }
    }

    internal static void FixConventions(this ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            // Ids are made where the row is made (UUIDv7), so that they can be referred to before they are saved.
            foreach (var key in entity.GetProperties().Where(property => property.ClrType == typeof(Guid) && property.IsPrimaryKey()))
            {
                key.ValueGenerated = ValueGenerated.Never;
            }
        }
    }

    private sealed class StampTenant : ValueGenerator<string>
    {
        public override bool GeneratesTemporaryValues => false;

        public override string Next(EntityEntry entry) => ((GrantsDb)entry.Context).Tenant;
    }
}
