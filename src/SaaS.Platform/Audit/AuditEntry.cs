using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Data;

namespace SaaS.Platform.Audit;

/// <summary>Who did what to which record, and when. Append-only: the database refuses to change or remove one.</summary>
public sealed class AuditEntry : ITenantOwned
{
    public required Guid Id { get; init; }

    public string TenantId { get; private set; } = "";

    public required Instant At { get; init; }

    public Guid? UserId { get; init; }

    public Guid? OrganisationId { get; init; }

    /// <summary>A stable code, such as <c>call.opened</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The kind of record, such as <c>call</c>.</summary>
    public required string Subject { get; init; }

    public Guid? SubjectId { get; init; }

    /// <summary>JSON text.</summary>
    public string Details { get; init; } = "{}";

    /// <summary>What a person did to a record.</summary>
    public static AuditEntry Of(string action, string subject, Guid subjectId, Guid? userId, Instant at, object details) => new()
    {
        Id = Guid.CreateVersion7(),
        At = at,
        UserId = userId,
        Action = action,
        Subject = subject,
        SubjectId = subjectId,
        Details = JsonSerializer.Serialize(details, JsonSerializerOptions.Web),
    };
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_entries");
        builder.Property(entry => entry.Action).HasMaxLength(80);
        builder.Property(entry => entry.Subject).HasMaxLength(40);
        builder.Property(entry => entry.Details).HasColumnType("jsonb");
        builder.HasTenantIndex(nameof(AuditEntry.SubjectId), nameof(AuditEntry.At));
    }
}
