using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Data;

namespace SaaS.Platform.Workflows;

/// <summary>A place where an instance waits. The row goes when the bookmark is used.</summary>
public sealed class WorkflowBookmark : ITenantOwned
{
    private WorkflowBookmark()
    {
    }

    public WorkflowBookmark(Guid id, Guid instanceId, string activityId, string name, string? stage, string payload, string hash, Instant createdAt, Instant? dueAt)
    {
        Id = id;
        InstanceId = instanceId;
        ActivityId = activityId;
        Name = name;
        Stage = stage;
        Payload = payload;
        Hash = hash;
        CreatedAt = createdAt;
        DueAt = dueAt;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid InstanceId { get; private set; }

    public string ActivityId { get; private set; } = "";

    /// <summary>The activity's type, for example <c>Grant.EvaluationStage</c>.</summary>
    public string Name { get; private set; } = "";

    /// <summary>For our own activities, for example <c>evaluation</c>.</summary>
    public string? Stage { get; private set; }

    /// <summary>JSON text: the stage's parameters.</summary>
    public string Payload { get; private set; } = "{}";

    public string Hash { get; private set; } = "";

    public Instant CreatedAt { get; private set; }

    /// <summary>When it goes on by itself; null where it waits for somebody or something.</summary>
    public Instant? DueAt { get; private set; }
}

internal sealed class WorkflowBookmarkConfiguration : IEntityTypeConfiguration<WorkflowBookmark>
{
    public void Configure(EntityTypeBuilder<WorkflowBookmark> builder)
    {
        builder.ToTable("workflow_bookmarks");
        builder.Property(bookmark => bookmark.ActivityId).HasMaxLength(200);
        builder.Property(bookmark => bookmark.Name).HasMaxLength(200);
        builder.Property(bookmark => bookmark.Stage).HasMaxLength(40);
        builder.Property(bookmark => bookmark.Payload).HasColumnType("jsonb");
        builder.Property(bookmark => bookmark.Hash).HasMaxLength(100);
        builder.RefersTo<WorkflowBookmark, WorkflowInstance>(nameof(WorkflowBookmark.InstanceId));
        builder.HasTenantIndex(nameof(WorkflowBookmark.InstanceId));
        builder.HasTenantIndex(nameof(WorkflowBookmark.Hash));
    }
}
