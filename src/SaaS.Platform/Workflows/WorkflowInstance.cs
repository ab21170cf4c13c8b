using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Npgsql;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;
using SaaS.Workflows.Runtime;

namespace SaaS.Platform.Workflows;

/// <summary>Why an instance needs somebody's eyes.</summary>
public enum InstanceTrouble
{
    /// <summary>It failed and will not go on.</summary>
    Faulted,

    /// <summary>It runs on paper, but waits for nothing that could come.</summary>
    Stranded,

    /// <summary>It goes on elsewhere although a step of it failed.</summary>
    Incident,

    /// <summary>What it waits for failed as a job again and again; nobody tries any more.</summary>
    JobFailed,
}

/// <summary>A running workflow as it stood after its last burst: of one application, or of its own where a trigger or another workflow started it.</summary>
public sealed class WorkflowInstance : ITenantOwned
{
    private WorkflowInstance()
    {
    }

    public WorkflowInstance(Guid id, Guid? applicationId, Guid definitionVersionId)
    {
        Id = id;
        ApplicationId = applicationId;
        DefinitionVersionId = definitionVersionId;
    }

    /// <summary>From a row of <see cref="Columns"/>.</summary>
    internal WorkflowInstance(NpgsqlDataReader row)
    {
        (Id, TenantId, DefinitionVersionId, DefinitionId) = (row.GetGuid(0), row.GetString(1), row.GetGuid(2), row.GetString(3));
        (State, Status, SubStatus, Revision, JournalLength) = (row.GetString(4), row.GetString(5), row.GetString(6), row.GetInt32(7), row.GetInt32(8));
        (StartedAt, AdvancedAt) = (row.GetFieldValue<Instant>(9), row.GetFieldValue<Instant>(10));
        ApplicationId = row.IsDBNull(11) ? null : row.GetGuid(11);
        CorrelationId = row.IsDBNull(12) ? null : row.GetString(12);
        Name = row.IsDBNull(13) ? null : row.GetString(13);
        ParentInstanceId = row.IsDBNull(14) ? null : row.GetGuid(14);
        FinishedAt = row.IsDBNull(15) ? null : row.GetFieldValue<Instant>(15);
        ArchivedAt = row.IsDBNull(16) ? null : row.GetFieldValue<Instant>(16);
        Trouble = row.IsDBNull(17) ? null : Enum.Parse<InstanceTrouble>(row.GetString(17));
    }

    /// <summary>All of its table, in the order in which a row is read.</summary>
    internal const string Columns = """
        id, tenant_id, definition_version_id, definition_id, state, status, sub_status, revision, journal_length, started_at, advanced_at,
        application_id, correlation_id, name, parent_instance_id, finished_at, archived_at, trouble
        """;

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    /// <summary>Null for a workflow that belongs to no application.</summary>
    public Guid? ApplicationId { get; private set; }

    /// <summary>The id that all versions of its definition share.</summary>
    public string DefinitionId { get; private set; } = "";

    public string? CorrelationId { get; private set; }

    /// <summary>What the workflow called itself.</summary>
    public string? Name { get; private set; }

    /// <summary>The instance that started it, when another did.</summary>
    public Guid? ParentInstanceId { get; private set; }

    /// <summary>The version that it follows: the one that it started with, unless a person moved it.</summary>
    public Guid DefinitionVersionId { get; private set; }

    /// <summary>JSON text of the runtime's state, kept as it was written: the order of an object's members is part of it.</summary>
    public string State { get; private set; } = "{}";

    /// <summary>The runtime's <c>WorkflowStatus</c>: Running or Finished.</summary>
    public string Status { get; private set; } = "";

    /// <summary>The runtime's <c>WorkflowSubStatus</c>: Suspended, Finished, Faulted, ….</summary>
    public string SubStatus { get; private set; } = "";

    /// <summary>Counts bursts; two bursts at once cannot both be saved.</summary>
    public int Revision { get; private set; }

    /// <summary>Lines in the journal so far; the next line has this number plus one.</summary>
    public int JournalLength { get; private set; }

    public Instant StartedAt { get; private set; }

    /// <summary>When its last burst ended: since then it waits, or is finished.</summary>
    public Instant AdvancedAt { get; private set; }

    public Instant? FinishedAt { get; private set; }

    /// <summary>When its state was cleared; what happened stays in the journal.</summary>
    public Instant? ArchivedAt { get; private set; }

    public bool IsArchived => ArchivedAt is not null;

    /// <summary>As the runtime left it; null when all is as it should be. <see cref="InstanceTrouble.JobFailed"/> is found out when it is read.</summary>
    public InstanceTrouble? Trouble { get; private set; }

    /// <summary>As it is now, for another context.</summary>
    internal WorkflowInstance Copy() => (WorkflowInstance)MemberwiseClone();

    /// <summary>Takes over what a burst made of it.</summary>
    internal void Advance(InstanceState state, int journalLines, Instant now)
    {
        (State, Status, SubStatus) = (state.ToJson(), state.Status.ToString(), state.SubStatus.ToString());
        (DefinitionId, CorrelationId, Name, ParentInstanceId) = (state.DefinitionId, state.CorrelationId, state.Name, state.ParentInstanceId);
        (StartedAt, AdvancedAt, FinishedAt) = (state.CreatedAt, now, state.FinishedAt);
        Trouble = TroubleOf(state, ApplicationId is not null);
        JournalLength += journalLines;
        Revision++;
    }

    /// <summary>Goes on under another version from where it waits; the journal gets one line.</summary>
    internal void MoveTo(Guid definitionVersionId, InstanceState state, Instant now)
    {
        DefinitionVersionId = definitionVersionId;
        Advance(state, 1, now);
    }

    /// <summary>Clears the state of a finished instance, and with it the facts of a firm that it holds.</summary>
    internal void Archive(Instant now)
    {
        if (Status != nameof(WorkflowStatus.Finished))
        {
            throw new InvalidOperationException($"Instance {Id} is {Status}; only a finished one is archived.");
        }

        (State, ArchivedAt) = ("{}", now);
        Revision++;
    }

    // A stage is done for an application; without one nobody comes to do it.
    private static InstanceTrouble? TroubleOf(InstanceState state, bool hasApplication) => state switch
    {
        { SubStatus: WorkflowSubStatus.Faulted } => InstanceTrouble.Faulted,
        { IsStuck: true } => InstanceTrouble.Stranded,
        { Bookmarks.Count: > 0 } when !hasApplication && state.Bookmarks.All(bookmark => bookmark.Payload["stage"].Text is not null) => InstanceTrouble.Stranded,
        { Status: WorkflowStatus.Running, Incidents.Count: > 0 } => InstanceTrouble.Incident,
        _ => null,
    };
}

internal sealed class WorkflowInstanceConfiguration : IEntityTypeConfiguration<WorkflowInstance>
{
    public void Configure(EntityTypeBuilder<WorkflowInstance> builder)
    {
        builder.ToTable("workflow_instances");
        builder.Property(instance => instance.State).HasColumnType("json");
        builder.Property(instance => instance.Status).HasMaxLength(20);
        builder.Property(instance => instance.SubStatus).HasMaxLength(20);
        builder.Property(instance => instance.DefinitionId).HasMaxLength(200);
        builder.Property(instance => instance.CorrelationId).HasMaxLength(400);
        builder.Property(instance => instance.Name).HasMaxLength(400);
        builder.Property(instance => instance.Trouble).HasMaxLength(20);
        builder.Ignore(instance => instance.IsArchived);
        builder.Property(instance => instance.Revision).IsConcurrencyToken();
        builder.RefersTo<WorkflowInstance, GrantApplication>(nameof(WorkflowInstance.ApplicationId));
        builder.RefersTo<WorkflowInstance, DefinitionVersion>(nameof(WorkflowInstance.DefinitionVersionId));
        builder.HasTenantIndex(nameof(WorkflowInstance.ApplicationId)).IsUnique();
        builder.HasTenantIndex(nameof(WorkflowInstance.AdvancedAt));
        builder.HasTenantIndex(nameof(WorkflowInstance.DefinitionId), nameof(WorkflowInstance.CorrelationId)).HasFilter("status = 'Running'");
        builder.HasTenantIndex(nameof(WorkflowInstance.ParentInstanceId)).HasFilter("parent_instance_id is not null");
    }
}
