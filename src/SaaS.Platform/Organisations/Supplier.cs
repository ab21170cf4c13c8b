using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SaaS.Platform.Organisations;

public enum SupplierStatus
{
    Applied,
    Registered,
    Suspended,
}

/// <summary>An entry of KOSMO's supplier registry.</summary>
public sealed class Supplier
{
    public required Guid OrganisationId { get; init; }

    public required SupplierStatus Status { get; set; }

    public string? Grade { get; set; }
}

internal sealed class SupplierConfiguration : IEntityTypeConfiguration<Supplier>
{
    public void Configure(EntityTypeBuilder<Supplier> builder)
    {
        builder.ToTable("suppliers");
        builder.HasKey(supplier => supplier.OrganisationId);
        builder.Property(supplier => supplier.Grade).HasMaxLength(10);
        builder.HasOne<Organisation>().WithOne().HasForeignKey<Supplier>(supplier => supplier.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}
