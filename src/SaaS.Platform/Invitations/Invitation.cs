using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;

namespace SaaS.Platform.Invitations;

public enum InvitationStanding
{
    Open,
    Expired,
    Accepted,
    Withdrawn,
}

/// <summary>
/// A place in a tenant's organisation, offered to an address. The link in the mail opens it once; only the link's hash is kept. Sending it
/// again makes a new link, and the old one ends.
/// </summary>
public sealed class Invitation : ITenantOwned
{
    /// <summary>How long a link holds.</summary>
    public static readonly Duration Lifetime = Duration.FromDays(7);

    private Invitation()
    {
    }

    public Invitation(Guid organisationId, string email, IEnumerable<MemberRole> roles, string language, Guid invitedBy, Instant now)
    {
        Id = Guid.CreateVersion7();
        (OrganisationId, Email, Language, InvitedBy, InvitedAt) = (organisationId, email, language, invitedBy, now);
        Roles = [.. roles.Distinct().Order().Select(role => role.ToString())];
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid OrganisationId { get; private set; }

    /// <summary>Where the link goes; the name to sign in with afterwards.</summary>
    public string Email { get; private set; } = "";

    /// <summary>The roles that accepting gives, by name.</summary>
    public List<string> Roles { get; private set; } = [];

    /// <summary><c>ko</c> or <c>en</c>: the language of the mail.</summary>
    public string Language { get; private set; } = "ko";

    public Guid InvitedBy { get; private set; }

    public Instant InvitedAt { get; private set; }

    /// <summary>How often a link was made.</summary>
    public int Times { get; private set; }

    /// <summary>SHA-256 of the newest link's token.</summary>
    public byte[] TokenHash { get; private set; } = [];

    public Instant ExpiresAt { get; private set; }

    public Instant? AcceptedAt { get; private set; }

    public Guid? AcceptedBy { get; private set; }

    public Instant? WithdrawnAt { get; private set; }

    public IReadOnlyList<MemberRole> MemberRoles => [.. Roles.Select(Enum.Parse<MemberRole>)];

    public InvitationStanding StandingAt(Instant now) => this switch
    {
        { AcceptedAt: not null } => InvitationStanding.Accepted,
        { WithdrawnAt: not null } => InvitationStanding.Withdrawn,
        _ => now < ExpiresAt ? InvitationStanding.Open : InvitationStanding.Expired,
    };

    /// <summary>Makes the next link: only that one opens it from now on.</summary>
    internal void MakeLink(InvitationToken tokens, Instant now)
    {
        Times++;
        TokenHash = InvitationToken.HashOf(tokens.Of(Id, Times));
        ExpiresAt = now + Lifetime;
    }

    internal void Withdraw(Instant now) => WithdrawnAt = now;

    internal void Accept(Guid userId, Instant now) => (AcceptedBy, AcceptedAt) = (userId, now);
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("invitations");
        builder.Property(invitation => invitation.Email).HasMaxLength(100);
        builder.Property(invitation => invitation.Language).HasMaxLength(2);
        builder.Property(invitation => invitation.Times).IsConcurrencyToken();
        builder.Ignore(invitation => invitation.MemberRoles);
        builder.HasTenantIndex(nameof(Invitation.InvitedAt));
        builder.HasIndex(invitation => invitation.TokenHash);
    }
}
