using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Data;

namespace SaaS.Platform.Programmes;

/// <summary>The next version of a programme while people work on it: at most one a programme. Publishing or discarding takes it away.</summary>
public sealed class DefinitionDraft : ITenantOwned
{
    private DefinitionDraft()
    {
    }

    public DefinitionDraft(Guid programmeId, string definitionId, string json, Guid savedBy, Instant savedAt)
    {
        Id = Guid.CreateVersion7();
        ProgrammeId = programmeId;
        DefinitionId = definitionId;
        Save(json, savedBy, savedAt);
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid ProgrammeId { get; private set; }

    /// <summary>The id that all versions share.</summary>
    public string DefinitionId { get; private set; } = "";

    /// <summary>The definition as its author left it, finished or not. Text, not jsonb: it goes back member by member as it came.</summary>
    public string Json { get; private set; } = "";

    /// <summary>Counts saves; whoever saves names the revision that he saw.</summary>
    public int Revision { get; private set; }

    public Guid SavedBy { get; private set; }

    public Instant SavedAt { get; private set; }

    /// <summary>Everybody who changed it: what they made, somebody else publishes.</summary>
    public List<Guid> Authors { get; private set; } = [];

    /// <summary>Since when it waits for a second person to publish it; null while it is worked on.</summary>
    public Instant? ReadyAt { get; private set; }

    public Guid? ReadyBy { get; private set; }

    /// <summary>Of the request to look it over: each is told anew to those who may publish.</summary>
    public Guid? ReadyId { get; private set; }

    /// <summary>The <see cref="DraftReturn"/> that nobody has answered yet by asking again; null where there is none.</summary>
    public Guid? ReturnId { get; private set; }

    /// <summary>Its authors are done: another person looks it over. The next change takes that back.</summary>
    internal void HandOver(Guid by, Instant now) => (ReadyBy, ReadyAt, ReadyId, ReturnId) = (by, now, Guid.CreateVersion7(), null);

    /// <summary>The second person has done what was asked: the draft waits for KOSMO now.</summary>
    internal void LookedOver()
    {
        TakeBack();
        ReturnId = null;
    }

    /// <summary>The second person wants it changed: the draft waits for its authors again.</summary>
    internal void SendBack(Guid returnId)
    {
        TakeBack();
        ReturnId = returnId;
    }

    /// <summary>Something that it holds has a new version: nobody's own work, so nobody becomes an author, but it is to be looked over again.</summary>
    internal void Rewrite(string json, Instant now)
    {
        (Json, SavedAt) = (json, now);
        TakeBack();
        Revision++;
    }

    internal void Save(string json, Guid savedBy, Instant savedAt)
    {
        (Json, SavedBy, SavedAt) = (json, savedBy, savedAt);
        TakeBack();
        Revision++;
        if (!Authors.Contains(savedBy))
        {
            Authors = [.. Authors, savedBy];
        }
    }

    private void TakeBack() => (ReadyAt, ReadyBy, ReadyId) = (null, null, null);
}

internal sealed class DefinitionDraftConfiguration : IEntityTypeConfiguration<DefinitionDraft>
{
    public void Configure(EntityTypeBuilder<DefinitionDraft> builder)
    {
        builder.ToTable("definition_drafts");
        builder.Property(draft => draft.DefinitionId).HasMaxLength(200);
        builder.Property(draft => draft.Json).HasColumnType("text");
        builder.Property(draft => draft.Revision).IsConcurrencyToken();
        builder.RefersTo<DefinitionDraft, Programme>(nameof(DefinitionDraft.ProgrammeId));
        builder.RefersTo<DefinitionDraft, DraftReturn>(nameof(DefinitionDraft.ReturnId));
        builder.HasTenantIndex(nameof(DefinitionDraft.ProgrammeId)).IsUnique();
    }
}
