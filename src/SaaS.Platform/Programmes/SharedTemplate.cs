using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Data;

namespace SaaS.Platform.Programmes;

/// <summary>
/// A published version that its tenant lets others begin with. They see this copy and nothing else of the tenant's: later versions stay
/// unseen until they are shared as well.
/// </summary>
public sealed class SharedTemplate : ITenantOwned
{
    private SharedTemplate()
    {
    }

    public SharedTemplate(DefinitionVersion version, Programme programme, Guid sharedBy, Instant now)
    {
        Id = Guid.CreateVersion7();
        (ProgrammeId, Version, Json) = (programme.Id, version.Version, version.Json);
        (Ko, En) = (programme.Ko, programme.En);
        (SharedBy, SharedAt) = (sharedBy, now);
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid ProgrammeId { get; private set; }

    /// <summary>The number of the version that was copied.</summary>
    public int Version { get; private set; }

    /// <summary>The definition as it was published.</summary>
    public string Json { get; private set; } = "";

    public string Ko { get; private set; } = "";

    public string En { get; private set; } = "";

    public Guid SharedBy { get; private set; }

    public Instant SharedAt { get; private set; }

    /// <summary>Null while others may begin with it. Programmes that were begun with it stay as they are.</summary>
    public Instant? WithdrawnAt { get; private set; }

    internal void Withdraw(Instant now) => WithdrawnAt = now;
}

internal sealed class SharedTemplateConfiguration : IEntityTypeConfiguration<SharedTemplate>
{
    public void Configure(EntityTypeBuilder<SharedTemplate> builder)
    {
        builder.ToTable("shared_templates");
        builder.RefersTo<SharedTemplate, Programme>(nameof(SharedTemplate.ProgrammeId));
        builder.Property(template => template.Json).HasColumnType("text");
        builder.Property(template => template.Ko).HasMaxLength(200);
        builder.Property(template => template.En).HasMaxLength(200);
        builder.HasTenantIndex(nameof(SharedTemplate.ProgrammeId)).IsUnique().HasFilter("withdrawn_at is null");
    }
}
