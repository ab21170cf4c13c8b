using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Data;

namespace SaaS.Platform.Programmes;

/// <summary>One published version of a programme's definition. It never changes: a change is a new version.</summary>
public sealed class DefinitionVersion : ITenantOwned
{
    private DefinitionVersion()
    {
    }

    /// <param name="programmeId">The programme that it describes.</param>
    /// <param name="definitionId">The id that all versions share, as written in the definition.</param>
    /// <param name="version">Counted from 1 within the programme.</param>
    /// <param name="canonicalJson">The definition with sorted members.</param>
    /// <param name="publishedAt">When it was checked and published.</param>
    /// <param name="publishedBy">The person; null when the operator's command did it.</param>
    /// <param name="reason">Why, for the history; null when the operator's command did it.</param>
    public DefinitionVersion(Guid programmeId, string definitionId, int version, string canonicalJson, Instant publishedAt, Guid? publishedBy, string? reason = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        ArgumentException.ThrowIfNullOrWhiteSpace(definitionId);
        ArgumentException.ThrowIfNullOrWhiteSpace(canonicalJson);
        Id = Guid.CreateVersion7();
        ProgrammeId = programmeId;
        DefinitionId = definitionId;
        Version = version;
        Json = canonicalJson;
        Hash = HashOf(canonicalJson);
        PublishedAt = publishedAt;
        PublishedBy = publishedBy;
        Reason = reason;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid ProgrammeId { get; private set; }

    public string DefinitionId { get; private set; } = "";

    public int Version { get; private set; }

    /// <summary>SHA-256 of the canonical JSON, in lower-case hexadecimal.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>The definition as canonical JSON. Text, not jsonb: jsonb would reorder members and rewrite numbers.</summary>
    public string Json { get; private set; } = "";

    public Instant PublishedAt { get; private set; }

    public Guid? PublishedBy { get; private set; }

    public string? Reason { get; private set; }

    public static string HashOf(string canonicalJson) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalJson)));
}

internal sealed class DefinitionVersionConfiguration : IEntityTypeConfiguration<DefinitionVersion>
{
    public void Configure(EntityTypeBuilder<DefinitionVersion> builder)
    {
        builder.ToTable("definition_versions");
        builder.Property(version => version.DefinitionId).HasMaxLength(200);
        builder.Property(version => version.Hash).HasMaxLength(64);
        builder.Property(version => version.Reason).HasMaxLength(PublishDraft.LongestReason);
        builder.Property(version => version.Json).HasColumnType("text");
        builder.RefersTo<DefinitionVersion, Programme>(nameof(DefinitionVersion.ProgrammeId));
        builder.HasTenantIndex(nameof(DefinitionVersion.ProgrammeId), nameof(DefinitionVersion.Version)).IsUnique();
    }
}
