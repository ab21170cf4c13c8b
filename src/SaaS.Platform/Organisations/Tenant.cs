using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SaaS.Platform.Tenancy;

namespace SaaS.Platform.Organisations;

public enum TenantKind
{
    National,
    Province,
    Municipality,
    LargeFirm,
}

/// <summary>An organisation that runs grant programmes of its own here. Its id is its slug: it stands in paths, files and every row that it owns.</summary>
public sealed class Tenant : ITenantInfo
{
    public required string Id { get; init; }

    public required TenantKind Kind { get; set; }

    public required string Ko { get; set; }

    public required string En { get; set; }

    public string? RegionCode { get; set; }

    public string? MunicipalityCode { get; set; }

    public required Guid OrganisationId { get; set; }

    /// <summary>JSON text, as in the tenant's file.</summary>
    public string Settings { get; set; } = "{}";

    string ITenantInfo.Identifier => Id;
}

internal sealed class TenantConfiguration : IEntityTypeConfiguration<Tenant>
{
    public void Configure(EntityTypeBuilder<Tenant> builder)
    {
        builder.ToTable("tenants");
        builder.Property(tenant => tenant.Id).HasMaxLength(40);
        builder.Property(tenant => tenant.Settings).HasColumnType("jsonb");
        builder.HasOne<Organisation>().WithMany().HasForeignKey(tenant => tenant.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}
