using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Organisations;

namespace SaaS.Web.Pages.Public;

/// <summary>One invented person whom a visitor of the demonstration may be.</summary>
public sealed record DemoPerson(string UserName, string Ko, string En, OrganisationKind Kind, string OrganisationKo, string OrganisationEn, IReadOnlyList<MemberRole> Roles);

/// <summary>The people of the demonstration, by the kind of organisation for which they act. Who came by an invitation has an own password and is not offered.</summary>
public sealed class DemoPeopleList(PlaneDb planes)
{
    public const string Password = "demo";

    public async Task<IReadOnlyList<DemoPerson>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = planes.Open(new PlaneContext(Plane.Identity));
        var rows = await (
            from user in db.Users.AsNoTracking()
            where !db.Set<SaaS.Platform.Invitations.Invitation>().Any(invitation => invitation.AcceptedBy == user.Id && invitation.Email == user.UserName)
            join membership in db.Memberships on user.Id equals membership.UserId
            join organisation in db.Organisations on membership.OrganisationId equals organisation.Id
            select new { user.UserName, user.Ko, user.En, organisation.Kind, OrganisationKo = organisation.Ko, OrganisationEn = organisation.En, membership.Role }).ToListAsync(cancellationToken);
        return [.. rows
            .GroupBy(row => (row.UserName, row.OrganisationKo))
            .Select(group => (First: group.First(), Roles: group.Select(row => row.Role).Order().ToList()))
            .Select(person => new DemoPerson(person.First.UserName, person.First.Ko, person.First.En, person.First.Kind, person.First.OrganisationKo, person.First.OrganisationEn, person.Roles))
            .OrderBy(person => person.Kind).ThenBy(person => person.OrganisationKo, StringComparer.Ordinal).ThenBy(person => person.UserName, StringComparer.Ordinal)];
    }
}
