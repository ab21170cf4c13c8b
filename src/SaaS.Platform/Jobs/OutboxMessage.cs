using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;
using SaaS.Platform.Data;

namespace SaaS.Platform.Jobs;

/// <summary>
/// What must happen next, written in the same transaction as what happened: <c>db.Outbox.Add(OutboxMessage.For(kind, …))</c>.
/// The dispatcher hands it to Hangfire afterwards; the job that runs it sets <see cref="DoneAt"/> in the transaction of its effect.
/// </summary>
public sealed class OutboxMessage : ITenantOwned
{
    private static readonly JsonSerializerOptions Json = new JsonSerializerOptions(JsonSerializerDefaults.Web).ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);

    public required Guid Id { get; init; }

    public string TenantId { get; private set; } = "";

    /// <summary>Decides the job class; see <see cref="JobRegistry"/>.</summary>
    public required string Kind { get; init; }

    public Guid? ApplicationId { get; init; }

    /// <summary>JSON text. Never personal data: it is for machines.</summary>
    public required string Payload { get; init; }

    public required Instant CreatedAt { get; init; }

    /// <summary>Not handed out before this moment.</summary>
    public required Instant AvailableAt { get; init; }

    public Instant? DispatchedAt { get; private set; }

    /// <summary>How often it was handed to Hangfire.</summary>
    public int Attempts { get; private set; }

    public Instant? DoneAt { get; private set; }

    public static OutboxMessage For<TPayload>(string kind, Guid? applicationId, TPayload payload, Instant now, Instant? availableAt = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = kind,
        ApplicationId = applicationId,
        Payload = JsonSerializer.Serialize(payload, Json),
        CreatedAt = now,
        AvailableAt = availableAt ?? now,
    };

    /// <exception cref="JsonException">The payload does not have this shape.</exception>
    public TPayload Read<TPayload>() => JsonSerializer.Deserialize<TPayload>(Payload, Json)
        ?? throw new JsonException($"The payload of outbox message {Id} is null.");

    /// <summary>A person wants it tried again although it failed for good.</summary>
    internal void TryAgain() => (Attempts, DispatchedAt) = (0, null);

    /// <summary>In the transaction of the effect, never before it.</summary>
    internal void MarkDone(Instant now) => DoneAt = now;
}

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox");
        builder.Property(message => message.Kind).HasMaxLength(60);
        builder.Property(message => message.Payload).HasColumnType("jsonb");
        builder.HasTenantIndex(nameof(OutboxMessage.AvailableAt)).HasFilter("done_at is null").HasDatabaseName("ix_outbox_open");
    }
}
