using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Data;

namespace SaaS.Platform.Programmes;

/// <summary>Says that a published version counts no more. The version itself never changes, and what runs on it goes on.</summary>
public sealed class DefinitionRetraction : ITenantOwned
{
    private DefinitionRetraction()
    {
    }

    public DefinitionRetraction(Guid definitionVersionId, Guid retractedBy, Instant retractedAt)
    {
        Id = Guid.CreateVersion7();
        DefinitionVersionId = definitionVersionId;
        RetractedBy = retractedBy;
        RetractedAt = retractedAt;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid DefinitionVersionId { get; private set; }

    public Guid RetractedBy { get; private set; }

    public Instant RetractedAt { get; private set; }
}

internal sealed class DefinitionRetractionConfiguration : IEntityTypeConfiguration<DefinitionRetraction>
{
    public void Configure(EntityTypeBuilder<DefinitionRetraction> builder)
    {
        builder.ToTable("definition_retractions");
        builder.RefersTo<DefinitionRetraction, DefinitionVersion>(nameof(DefinitionRetraction.DefinitionVersionId));
        builder.HasTenantIndex(nameof(DefinitionRetraction.DefinitionVersionId)).IsUnique();
    }
}
