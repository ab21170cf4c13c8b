using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SaaS.Platform.Organisations;

public enum OrganisationKind
{
    Firm,
    Supplier,
    Municipality,
    Province,
    LargeFirm,
    Centre,
    Kosmo,
    Ministry,
    Assessors,
}

/// <summary>A body for which people act: a firm, a supplier, a public authority. Known to the whole platform, owned by no tenant.</summary>
public sealed class Organisation
{
    public required Guid Id { get; init; }

    public required OrganisationKind Kind { get; set; }

    /// <summary>Ten digits, without hyphens.</summary>
    public string? BusinessNumber { get; set; }

    public required string Ko { get; set; }

    public required string En { get; set; }

    /// <summary>The tenant whose staff its members are; null when it runs no programmes.</summary>
    public string? TenantId { get; set; }

    public string? RegionCode { get; set; }

    public string? MunicipalityCode { get; set; }
}

internal sealed class OrganisationConfiguration : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> builder)
    {
        builder.ToTable("organisations");
        builder.Property(organisation => organisation.BusinessNumber).HasMaxLength(10);
        builder.Property(organisation => organisation.TenantId).HasMaxLength(40);
        builder.HasIndex(organisation => organisation.BusinessNumber).IsUnique();
    }
}
