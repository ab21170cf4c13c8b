using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Data;

namespace SaaS.Platform.Identity;

/// <summary>A signed-in person with all organisations to act for.</summary>
public sealed record SignedIn(Guid UserId, string Ko, string En, string SecurityStamp, IReadOnlyList<ActorMembership> Memberships);

/// <summary>Reads a person and memberships on the identity plane.</summary>
public sealed class LoadActor(PlaneDb planes)
{
    /// <returns>Null when there is no such person any more.</returns>
    public async Task<SignedIn?> HandleAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = planes.Open(new PlaneContext(Plane.Identity, UserId: userId));
        var rows = await (
            from user in db.Users.AsNoTracking()
            where user.Id == userId
            from membership in db.Memberships.Where(membership => membership.UserId == user.Id).DefaultIfEmpty()
            from organisation in db.Organisations.Where(organisation => organisation.Id == membership!.OrganisationId).DefaultIfEmpty()
            from tenant in db.Tenants.Where(tenant => tenant.Id == organisation!.TenantId).DefaultIfEmpty()
            select new { user.Ko, user.En, user.SecurityStamp, Role = (MemberRole?)membership!.Role, Organisation = organisation, Settings = tenant!.Settings }).ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return null;
        }

        var memberships = rows
            .Where(row => row.Organisation is not null)
            .GroupBy(row => row.Organisation!.Id)
            .Select(group =>
            {
                var organisation = group.First().Organisation!;
                return new ActorMembership(
                    organisation.Id, organisation.Kind, organisation.Ko, organisation.En, organisation.TenantId,
                    group.Select(row => row.Role!.Value).ToHashSet())
                {
                    Settings = group.First().Settings,
                };
            })
            .OrderBy(membership => membership.Ko, StringComparer.Ordinal)
            .ToList();
        return new SignedIn(userId, rows[0].Ko, rows[0].En, rows[0].SecurityStamp, memberships);
    }
}
