using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Data;

namespace SaaS.Platform.Workflows;

/// <summary>What happened in an instance: one step, who caused it, what came out. Append-only.</summary>
public sealed class WorkflowJournalLine : ITenantOwned
{
    private WorkflowJournalLine()
    {
    }

    public WorkflowJournalLine(Guid instanceId, int sequence, Instant at, string actor, string @event, string activityId, string activityType, string? outcome, string? payload)
    {
        InstanceId = instanceId;
        Sequence = sequence;
        At = at;
        Actor = actor;
        Event = @event;
        ActivityId = activityId;
        ActivityType = activityType;
        Outcome = outcome;
        Payload = payload;
    }

    public string TenantId { get; private set; } = "";

    public Guid InstanceId { get; private set; }

    /// <summary>Counted from 1 within the instance.</summary>
    public int Sequence { get; private set; }

    public Instant At { get; private set; }

    /// <summary>Who caused it: <c>user:…</c>, or <c>job:…</c> with the kind of job.</summary>
    public string Actor { get; private set; } = "";

    /// <summary>Moved: the instance follows another version of its workflow from here on.</summary>
    public const string Moved = "Moved";

    /// <summary>Started, Resumed, Suspended, Completed, Canceled or Faulted of a step; <see cref="Moved"/> of the whole.</summary>
    public string Event { get; private set; } = "";

    public string ActivityId { get; private set; } = "";

    public string ActivityType { get; private set; } = "";

    /// <summary>What the activity completed with; the message of a fault.</summary>
    public string? Outcome { get; private set; }

    /// <summary>JSON text: for example the rule rows that fired.</summary>
    public string? Payload { get; private set; }
}

internal sealed class WorkflowJournalLineConfiguration : IEntityTypeConfiguration<WorkflowJournalLine>
{
    public void Configure(EntityTypeBuilder<WorkflowJournalLine> builder)
    {
        builder.ToTable("workflow_journal");
        builder.HasKey(line => new { line.TenantId, line.InstanceId, line.Sequence });
        builder.Property(line => line.Sequence).ValueGeneratedNever();
        builder.Property(line => line.Actor).HasMaxLength(100);
        builder.Property(line => line.Event).HasMaxLength(20);
        builder.Property(line => line.ActivityId).HasMaxLength(200);
        builder.Property(line => line.ActivityType).HasMaxLength(200);
        builder.Property(line => line.Payload).HasColumnType("jsonb");
        builder.RefersTo<WorkflowJournalLine, WorkflowInstance>(nameof(WorkflowJournalLine.InstanceId));
    }
}
