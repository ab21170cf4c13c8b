using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Invitations;

/// <summary>What a link offers. One that ended, was replaced or never was looks the same: there is nothing here.</summary>
public sealed class FindInvitation(PlaneDb planes, Microsoft.AspNetCore.Identity.ILookupNormalizer normalizer, IClock clock)
{
    /// <param name="Email">The name to sign in with.</param>
    /// <param name="Known">Somebody signs in with this address already: that password is asked for, no new one is set.</param>
    public sealed record Offer(string OrganisationKo, string OrganisationEn, string Email, IReadOnlyList<MemberRole> Roles, Instant ExpiresAt, bool Known);

    public async Task<Outcome<Offer>> RunAsync(string token, CancellationToken cancellationToken)
    {
        if (await OpenAsync(token, cancellationToken) is not { } invitation)
        {
            return Absent.Row;
        }

        await using var db = planes.Open(new PlaneContext(Plane.Identity));
        var body = await db.Organisations.AsNoTracking().SingleAsync(organisation => organisation.Id == invitation.OrganisationId, cancellationToken);
        var name = normalizer.NormalizeName(invitation.Email);
        var known = await db.Users.AnyAsync(user => user.NormalizedUserName == name, cancellationToken);
        return new Offer(body.Ko, body.En, invitation.Email, invitation.MemberRoles, invitation.ExpiresAt, known);
    }

    /// <summary>The open invitation of a link; null when there is none.</summary>
    internal async Task<Invitation?> OpenAsync(string token, CancellationToken cancellationToken)
    {
        var hash = InvitationToken.HashOf(token);
        await using var db = planes.Open(new PlaneContext(Plane.Identity));
        var invitation = await db.Set<Invitation>().AsNoTracking().SingleOrDefaultAsync(row => row.TokenHash == hash, cancellationToken);
        return invitation?.StandingAt(clock.GetCurrentInstant()) is InvitationStanding.Open ? invitation : null;
    }
}
