using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SaaS.Platform.Firms;

/// <summary>A factory of a firm: the unit of support.</summary>
public sealed class Facility
{
    public required Guid Id { get; init; }

    public required Guid FirmId { get; init; }

    public required string Name { get; set; }

    public required string RegionCode { get; set; }

    public required string MunicipalityCode { get; set; }

    public string Address { get; set; } = "";
}

internal sealed class FacilityConfiguration : IEntityTypeConfiguration<Facility>
{
    public void Configure(EntityTypeBuilder<Facility> builder)
    {
        builder.ToTable("facilities");
        builder.Property(facility => facility.RegionCode).HasMaxLength(2);
        builder.Property(facility => facility.MunicipalityCode).HasMaxLength(5);
        builder.HasOne<Firm>().WithMany().HasForeignKey(facility => facility.FirmId).OnDelete(DeleteBehavior.Restrict);
    }
}
