using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;

namespace SaaS.Platform.Documents;

/// <summary>A file that a firm gave with its application. Kept in the database, so that it is saved, backed up and hidden as everything else is.</summary>
public sealed class ApplicationDocument : ITenantOwned
{
    public required Guid Id { get; init; }

    public string TenantId { get; private set; } = "";

    public required Guid ApplicationId { get; init; }

    /// <summary>Which of the programme's documents it is.</summary>
    public required string Code { get; init; }

    /// <summary>As the firm called it, without what a file name must not hold.</summary>
    public required string Name { get; init; }

    /// <summary>By what is in it, not by what the browser said.</summary>
    public required string MediaType { get; init; }

    public required long Size { get; init; }

    /// <summary>SHA-256 of the content, hexadecimal.</summary>
    public required string Hash { get; init; }

    public required byte[] Content { get; init; }

    public required Guid UploadedBy { get; init; }

    public required Instant UploadedAt { get; init; }
}

internal sealed class ApplicationDocumentConfiguration : IEntityTypeConfiguration<ApplicationDocument>
{
    public void Configure(EntityTypeBuilder<ApplicationDocument> builder)
    {
        builder.ToTable("documents");
        builder.Property(document => document.Code).HasMaxLength(80);
        builder.Property(document => document.Name).HasMaxLength(DocumentFile.LongestName);
        builder.Property(document => document.MediaType).HasMaxLength(100);
        builder.Property(document => document.Hash).HasMaxLength(64);
        builder.RefersTo<ApplicationDocument, GrantApplication>(nameof(ApplicationDocument.ApplicationId));
        builder.HasTenantIndex(nameof(ApplicationDocument.ApplicationId), nameof(ApplicationDocument.Code), nameof(ApplicationDocument.Hash)).IsUnique();
    }
}
