using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;
using SaaS.Workflows;

namespace SaaS.Platform.Oversight;

/// <summary>A tenant's draft or version that does not keep the guard rails: found by a job after they changed, over when the job finds it no more.</summary>
public sealed class GuardRailFinding : ITenantOwned
{
    private GuardRailFinding()
    {
    }

    public GuardRailFinding(Guid programmeId, Guid? versionId, int version, IReadOnlyList<Words> sentences, Instant now)
    {
        Id = Guid.CreateVersion7();
        (ProgrammeId, VersionId, Version, FoundAt) = (programmeId, versionId, version, now);
        Say(sentences);
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid ProgrammeId { get; private set; }

    /// <summary>Null for the draft.</summary>
    public Guid? VersionId { get; private set; }

    /// <summary>Its number, or the one that the draft gets.</summary>
    public int Version { get; private set; }

    /// <summary>JSON text: what it breaks, sentence by sentence, in both languages.</summary>
    public string Sentences { get; private set; } = "[]";

    public Instant FoundAt { get; private set; }

    public Instant? ResolvedAt { get; private set; }

    public IReadOnlyList<Words> Broken() => JsonSerializer.Deserialize<List<Words>>(Sentences, JsonSerializerOptions.Web) ?? [];

    internal void Say(IReadOnlyList<Words> sentences) => Sentences = JsonSerializer.Serialize(sentences, JsonSerializerOptions.Web);

    internal void Resolve(Instant now) => ResolvedAt = now;
}

internal sealed class GuardRailFindingConfiguration : IEntityTypeConfiguration<GuardRailFinding>
{
    public void Configure(EntityTypeBuilder<GuardRailFinding> builder)
    {
        builder.ToTable("guard_rail_findings");
        builder.Property(finding => finding.Sentences).HasColumnType("jsonb");
        builder.RefersTo<GuardRailFinding, Programme>(nameof(GuardRailFinding.ProgrammeId));
        builder.RefersTo<GuardRailFinding, DefinitionVersion>(nameof(GuardRailFinding.VersionId));
        builder.HasTenantIndex(nameof(GuardRailFinding.ProgrammeId), nameof(GuardRailFinding.VersionId))
            .IsUnique().AreNullsDistinct(false).HasFilter("resolved_at is null").HasDatabaseName("ix_guard_rail_findings_open");
    }
}
