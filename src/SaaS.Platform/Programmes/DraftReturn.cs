using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Data;

namespace SaaS.Platform.Programmes;

/// <summary>A second person sent a draft back to its authors, and why. It never changes, and outlives the draft: the programme's history keeps it.</summary>
public sealed class DraftReturn : ITenantOwned
{
    private DraftReturn()
    {
    }

    /// <param name="draft">Handed over.</param>
    /// <param name="version">The number that it would have got.</param>
    /// <param name="reason">For its authors.</param>
    /// <param name="by">The second person.</param>
    /// <param name="now">When.</param>
    public DraftReturn(DefinitionDraft draft, int version, string reason, Guid by, Instant now)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        Id = Guid.CreateVersion7();
        ProgrammeId = draft.ProgrammeId;
        HandedOverBy = draft.ReadyBy ?? throw new InvalidOperationException($"Draft {draft.Id} was not handed over; nobody can send it back.");
        (Version, Revision, Reason, ReturnedBy, ReturnedAt) = (version, draft.Revision, reason, by, now);
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid ProgrammeId { get; private set; }

    public int Version { get; private set; }

    /// <summary>Of the draft that the second person saw.</summary>
    public int Revision { get; private set; }

    public Guid HandedOverBy { get; private set; }

    public Guid ReturnedBy { get; private set; }

    public Instant ReturnedAt { get; private set; }

    public string Reason { get; private set; } = "";
}

internal sealed class DraftReturnConfiguration : IEntityTypeConfiguration<DraftReturn>
{
    public void Configure(EntityTypeBuilder<DraftReturn> builder)
    {
        builder.ToTable("draft_returns");
        builder.Property(row => row.Reason).HasMaxLength(PublishDraft.LongestReason);
        builder.RefersTo<DraftReturn, Programme>(nameof(DraftReturn.ProgrammeId));
        builder.HasTenantIndex(nameof(DraftReturn.ProgrammeId), nameof(DraftReturn.ReturnedAt));
    }
}
