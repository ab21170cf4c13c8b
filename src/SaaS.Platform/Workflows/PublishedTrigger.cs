using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;

namespace SaaS.Platform.Workflows;

/// <summary>Something that starts instances of a published definition: an event, or a time. It goes when the definition is replaced or retracted.</summary>
public sealed class PublishedTrigger : ITenantOwned
{
    private PublishedTrigger()
    {
    }

    public PublishedTrigger(string definitionId, Guid definitionVersionId, string activityId, string name, string hash, string payload, Instant? nextAt)
    {
        Id = Guid.CreateVersion7();
        DefinitionId = definitionId;
        DefinitionVersionId = definitionVersionId;
        ActivityId = activityId;
        Name = name;
        Hash = hash;
        Payload = payload;
        NextAt = nextAt;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public string DefinitionId { get; private set; } = "";

    public Guid DefinitionVersionId { get; private set; }

    /// <summary>The activity in the definition at which a started instance begins.</summary>
    public string ActivityId { get; private set; } = "";

    /// <summary>The kind of stimulus, for example <c>Elsa.Event</c>.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Elsa's hash of name and payload, by which events find it.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>JSON text: what it listens for.</summary>
    public string Payload { get; private set; } = "{}";

    /// <summary>When it fires next; null for an event, and when it will not fire again.</summary>
    public Instant? NextAt { get; private set; }

    internal void FireNext(Instant? nextAt) => NextAt = nextAt;
}

internal sealed class PublishedTriggerConfiguration : IEntityTypeConfiguration<PublishedTrigger>
{
    public void Configure(EntityTypeBuilder<PublishedTrigger> builder)
    {
        builder.ToTable("workflow_triggers");
        builder.Property(trigger => trigger.DefinitionId).HasMaxLength(200);
        builder.Property(trigger => trigger.ActivityId).HasMaxLength(200);
        builder.Property(trigger => trigger.Name).HasMaxLength(200);
        builder.Property(trigger => trigger.Hash).HasMaxLength(100);
        builder.Property(trigger => trigger.Payload).HasColumnType("jsonb");
        builder.RefersTo<PublishedTrigger, DefinitionVersion>(nameof(PublishedTrigger.DefinitionVersionId));
        builder.HasTenantIndex(nameof(PublishedTrigger.Hash));
        builder.HasTenantIndex(nameof(PublishedTrigger.DefinitionId));
    }
}
