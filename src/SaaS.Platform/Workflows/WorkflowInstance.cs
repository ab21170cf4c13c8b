using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;

namespace SaaS.Platform.Workflows;

/// <summary>A running workflow of one application, as it stood after its last burst.</summary>
public sealed class WorkflowInstance : ITenantOwned
{
    private WorkflowInstance()
    {
    }

    public WorkflowInstance(Guid id, Guid applicationId, Guid definitionVersionId)
    {
        Id = id;
        ApplicationId = applicationId;
        DefinitionVersionId = definitionVersionId;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid ApplicationId { get; private set; }

    /// <summary>The version that it started with and keeps.</summary>
    public Guid DefinitionVersionId { get; private set; }

    /// <summary>JSON text of the runtime's state.</summary>
    public string State { get; private set; } = "{}";

    /// <summary>The runtime's <c>WorkflowStatus</c>: Running or Finished.</summary>
    public string Status { get; private set; } = "";

    /// <summary>The runtime's <c>WorkflowSubStatus</c>: Suspended, Finished, Faulted, ….</summary>
    public string SubStatus { get; private set; } = "";

    /// <summary>Counts bursts; two bursts at once cannot both be saved.</summary>
    public int Revision { get; private set; }

    /// <summary>Lines in the journal so far; the next line has this number plus one.</summary>
    public int JournalLength { get; private set; }

    /// <summary>Takes over what a burst made of it.</summary>
    internal void Advance(string state, string status, string subStatus, int journalLines)
    {
        (State, Status, SubStatus) = (state, status, subStatus);
        JournalLength += journalLines;
        Revision++;
    }
}

internal sealed class WorkflowInstanceConfiguration : IEntityTypeConfiguration<WorkflowInstance>
{
    public void Configure(EntityTypeBuilder<WorkflowInstance> builder)
    {
        builder.ToTable("workflow_instances");
        builder.Property(instance => instance.State).HasColumnType("jsonb");
        builder.Property(instance => instance.Status).HasMaxLength(20);
        builder.Property(instance => instance.SubStatus).HasMaxLength(20);
        builder.Property(instance => instance.Revision).IsConcurrencyToken();
        builder.RefersTo<WorkflowInstance, GrantApplication>(nameof(WorkflowInstance.ApplicationId));
        builder.RefersTo<WorkflowInstance, DefinitionVersion>(nameof(WorkflowInstance.DefinitionVersionId));
        builder.HasTenantIndex(nameof(WorkflowInstance.ApplicationId)).IsUnique();
    }
}
