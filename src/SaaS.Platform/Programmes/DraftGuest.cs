using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Data;

namespace SaaS.Platform.Programmes;

/// <summary>A regional centre that plans one programme together with the tenant: its people open and edit that draft, and publish nothing.</summary>
public sealed class DraftGuest : ITenantOwned
{
    private DraftGuest()
    {
    }

    public DraftGuest(Guid programmeId, Guid organisationId, Guid invitedBy, Instant now)
    {
        Id = Guid.CreateVersion7();
        (ProgrammeId, OrganisationId, InvitedBy, InvitedAt) = (programmeId, organisationId, invitedBy, now);
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid ProgrammeId { get; private set; }

    /// <summary>The centre.</summary>
    public Guid OrganisationId { get; private set; }

    public Guid InvitedBy { get; private set; }

    public Instant InvitedAt { get; private set; }

    /// <summary>Null while it is welcome.</summary>
    public Instant? RevokedAt { get; private set; }

    internal void Revoke(Instant now) => RevokedAt = now;
}

internal sealed class DraftGuestConfiguration : IEntityTypeConfiguration<DraftGuest>
{
    public void Configure(EntityTypeBuilder<DraftGuest> builder)
    {
        builder.ToTable("draft_guests");
        builder.RefersTo<DraftGuest, Programme>(nameof(DraftGuest.ProgrammeId));
        builder.HasTenantIndex(nameof(DraftGuest.ProgrammeId), nameof(DraftGuest.OrganisationId)).IsUnique().HasFilter("revoked_at is null");
        builder.HasIndex(guest => guest.OrganisationId).HasFilter("revoked_at is null");
    }
}
