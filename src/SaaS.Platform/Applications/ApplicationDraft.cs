using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Firms;
using SaaS.Platform.Programmes;

namespace SaaS.Platform.Applications;

/// <summary>
/// What a firm has filled in and not sent. It is bound to the terms that the firm saw: when the call goes over to another version, it is
/// locked until the firm has confirmed the new ones.
/// </summary>
public sealed class ApplicationDraft : ITenantOwned
{
    private ApplicationDraft()
    {
    }

    public ApplicationDraft(Guid callId, Guid firmId, Guid definitionVersionId)
    {
        Id = Guid.CreateVersion7();
        (CallId, FirmId, DefinitionVersionId) = (callId, firmId, definitionVersionId);
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid CallId { get; private set; }

    public Guid FirmId { get; private set; }

    /// <summary>The version of the programme whose terms the firm knows.</summary>
    public Guid DefinitionVersionId { get; private set; }

    /// <summary>JSON text: the fields as they were typed, each with its values.</summary>
    public string Fields { get; private set; } = "{}";

    public Guid SavedBy { get; private set; }

    public Instant SavedAt { get; private set; }

    internal void Keep(string fields, Guid by, Instant now) => (Fields, SavedBy, SavedAt) = (fields, by, now);

    /// <summary>What was typed while the terms changed is not lost; what the firm has seen stays as it was.</summary>
    internal void KeepLocked(string fields) => Fields = fields;

    internal void Confirm(Guid definitionVersionId) => DefinitionVersionId = definitionVersionId;
}

internal sealed class ApplicationDraftConfiguration : IEntityTypeConfiguration<ApplicationDraft>
{
    public void Configure(EntityTypeBuilder<ApplicationDraft> builder)
    {
        builder.ToTable("application_drafts");
        builder.Property(draft => draft.Fields).HasColumnType("jsonb");
        builder.RefersTo<ApplicationDraft, Call>(nameof(ApplicationDraft.CallId));
        builder.RefersTo<ApplicationDraft, DefinitionVersion>(nameof(ApplicationDraft.DefinitionVersionId));
        builder.HasOne<Firm>().WithMany().HasForeignKey(draft => draft.FirmId).OnDelete(DeleteBehavior.Restrict);
        builder.HasTenantIndex(nameof(ApplicationDraft.CallId), nameof(ApplicationDraft.FirmId)).IsUnique();
        builder.HasIndex(draft => draft.FirmId);
    }
}
