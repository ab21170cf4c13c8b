using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Data;

namespace SaaS.Platform.Identity;

/// <summary>Adds a person or brings one up to date, with exactly these memberships. For the operator's commands; saves at the end.</summary>
public sealed class AddUser(IPasswordHasher<User> hasher, ILookupNormalizer normalizer)
{
    /// <param name="db">Opened on <see cref="Plane.Administration"/>.</param>
    /// <param name="password">Set when the person is new or has none; an existing password stays.</param>
    public async Task<User> HandleAsync(
        GrantsDb db, string userName, string ko, string en, string? password,
        IReadOnlyCollection<(Guid OrganisationId, MemberRole Role)> memberships, CancellationToken cancellationToken)
    {
        var name = normalizer.NormalizeName(userName);
        var user = await db.Users.SingleOrDefaultAsync(user => user.NormalizedUserName == name, cancellationToken);
        if (user is null)
        {
            user = new User { Id = Guid.CreateVersion7(), UserName = userName, NormalizedUserName = name, Ko = ko, En = en };
            db.Users.Add(user);
        }

        user.Ko = ko;
        user.En = en;
        if (user.PasswordHash is null && password is not null)
        {
            user.PasswordHash = hasher.HashPassword(user, password);
            user.SecurityStamp = Guid.NewGuid().ToString("N");
        }

        var present = await db.Memberships.Where(membership => membership.UserId == user.Id).ToListAsync(cancellationToken);
        db.Memberships.RemoveRange(present.Where(old => !memberships.Contains((old.OrganisationId, old.Role))));
        db.Memberships.AddRange(memberships
            .Where(wanted => !present.Exists(old => old.OrganisationId == wanted.OrganisationId && old.Role == wanted.Role))
            .Select(wanted => new Membership { UserId = user.Id, OrganisationId = wanted.OrganisationId, Role = wanted.Role }));
        await db.SaveChangesAsync(cancellationToken);
        return user;
    }
}
