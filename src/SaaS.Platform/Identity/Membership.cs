using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Identity;

/// <summary>What a person does for an organisation. Whoever has no other role than <see cref="Viewer"/> only reads.</summary>
public enum MemberRole
{
    Officer,
    Finance,
    Approver,
    Viewer,
    Representative,
    Evaluator,
    Inspector,
    Operator,

    /// <summary>Works on drafts of programmes; somebody else publishes them.</summary>
    Designer,

    /// <summary>Invites people into the organisation.</summary>
    Administrator,
}

/// <summary>A person acts for an organisation in a role; one person may have several.</summary>
public sealed class Membership
{
    public required Guid UserId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required MemberRole Role { get; init; }
}

internal sealed class MembershipConfiguration : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.ToTable("memberships");
        builder.HasKey(membership => new { membership.UserId, membership.OrganisationId, membership.Role });
        builder.HasOne<User>().WithMany().HasForeignKey(membership => membership.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(membership => membership.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}
