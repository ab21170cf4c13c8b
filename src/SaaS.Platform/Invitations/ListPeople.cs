using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;

namespace SaaS.Platform.Invitations;

/// <summary>The people of a tenant's organisation with their roles, and its invitations, newest first.</summary>
public sealed class ListPeople(GrantsDb db, PlaneDb planes, IClock clock)
{
    public sealed record Member(Guid UserId, string UserName, string Ko, string En, IReadOnlyList<MemberRole> Roles);

    public sealed record Invited(Guid Id, string Email, IReadOnlyList<MemberRole> Roles, Instant InvitedAt, Instant ExpiresAt, int Times, InvitationStanding Standing);

    public sealed record People(IReadOnlyList<Member> Members, IReadOnlyList<Invited> Invitations);

    /// <returns>Null when there is no such tenant to be seen.</returns>
    public async Task<People?> RunAsync(string tenant, CancellationToken cancellationToken)
    {
        var organisation = await db.Tenants.Where(row => row.Id == tenant).Select(row => (Guid?)row.OrganisationId).SingleOrDefaultAsync(cancellationToken);
        if (organisation is null)
        {
            return null;
        }

        var invitations = await db.Set<Invitation>().AsNoTracking().Where(row => row.TenantId == tenant).OrderByDescending(row => row.InvitedAt).ThenByDescending(row => row.Id).ToListAsync(cancellationToken);
        await using var identity = planes.Open(new PlaneContext(Plane.Identity, UserId: db.Context.UserId));
        var members = await (
            from membership in identity.Memberships.AsNoTracking()
            where membership.OrganisationId == organisation
            join user in identity.Users on membership.UserId equals user.Id
            select new { user.Id, user.UserName, user.Ko, user.En, membership.Role }).ToListAsync(cancellationToken);
        var now = clock.GetCurrentInstant();
        return new People(
            [.. members
                .GroupBy(row => row.Id)
                .Select(person => new Member(person.Key, person.First().UserName, person.First().Ko, person.First().En, [.. person.Select(row => row.Role).Order()]))
                .OrderBy(person => person.Ko, StringComparer.Ordinal)],
            [.. invitations.Select(row => new Invited(row.Id, row.Email, row.MemberRoles, row.InvitedAt, row.ExpiresAt, row.Times, row.StandingAt(now)))]);
    }
}
