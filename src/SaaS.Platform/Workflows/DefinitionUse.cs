using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;

namespace SaaS.Platform.Workflows;

/// <summary>A workflow that a published version uses as an activity, directly or through another: the version it had then, for good.</summary>
public sealed class DefinitionUse : ITenantOwned
{
    private DefinitionUse()
    {
    }

    public DefinitionUse(Guid definitionVersionId, string usedDefinitionId, Guid usedVersionId)
    {
        Id = Guid.CreateVersion7();
        DefinitionVersionId = definitionVersionId;
        UsedDefinitionId = usedDefinitionId;
        UsedVersionId = usedVersionId;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid DefinitionVersionId { get; private set; }

    public string UsedDefinitionId { get; private set; } = "";

    public Guid UsedVersionId { get; private set; }
}

internal sealed class DefinitionUseConfiguration : IEntityTypeConfiguration<DefinitionUse>
{
    public void Configure(EntityTypeBuilder<DefinitionUse> builder)
    {
        builder.ToTable("definition_uses");
        builder.Property(use => use.UsedDefinitionId).HasMaxLength(200);
        builder.RefersTo<DefinitionUse, DefinitionVersion>(nameof(DefinitionUse.DefinitionVersionId));
        builder.RefersTo<DefinitionUse, DefinitionVersion>(nameof(DefinitionUse.UsedVersionId));
        builder.HasTenantIndex(nameof(DefinitionUse.DefinitionVersionId), nameof(DefinitionUse.UsedDefinitionId)).IsUnique();
    }
}
