using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Invitations;

/// <summary>
/// Takes up an invitation: a new person chooses a password and a name, one who signs in with that address already gives the password. The
/// link ends with it.
/// </summary>
public sealed class AcceptInvitation(
    PlaneDb planes, FindInvitation find, SignIn signIn, IPasswordHasher<User> hasher, ILookupNormalizer normalizer, IClock clock)
{
    /// <summary>The fewest characters of a new password.</summary>
    public const int ShortestPassword = 12;

    private const int LongestName = 100;

    /// <param name="Password">New, or the one that the person has.</param>
    /// <param name="Ko">The name shown; not asked of somebody known.</param>
    /// <param name="En">The name in English; the Korean one when nothing is said.</param>
    public sealed record Request(string? Password, string? Ko = null, string? En = null);

    /// <param name="SecurityStamp">For the cookie.</param>
    public sealed record Accepted(Guid UserId, [property: System.Text.Json.Serialization.JsonIgnore] string SecurityStamp, Guid OrganisationId, string Tenant);

    public async Task<Outcome<Accepted>> RunAsync(string token, Request request, CancellationToken cancellationToken)
    {
        if (await find.OpenAsync(token, cancellationToken) is not { } seen)
        {
            return Absent.Row;
        }

        var known = await KnownAsync(seen.Email, cancellationToken);
        if (known is null && Check(request).ToList() is { Count: > 0 } problems)
        {
            return problems;
        }

        if (known is not null && await WrongAsync(known, request.Password ?? "", cancellationToken) is { } wrong)
        {
            return wrong;
        }

        await using var db = planes.OpenTenant(seen.TenantId, known?.Id);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var invitation = await ChangeInvitation.LockAsync(db, seen.Id, cancellationToken);
        var now = clock.GetCurrentInstant();
        if (invitation.StandingAt(now) is not InvitationStanding.Open || !invitation.TokenHash.AsSpan().SequenceEqual(seen.TokenHash))
        {
            return Absent.Row;
        }

        var user = known ?? NewUser(invitation, request);
        invitation.Accept(user.Id, now);
        db.AuditEntries.Add(AuditEntry.Of("invitation.accepted", "invitation", invitation.Id, user.Id, now, new { invitation.Roles }));

        // First the invitation: the policies let in whoever accepted one, and nobody else.
        await db.SaveChangesAsync(cancellationToken);
        if (known is null)
        {
            db.Users.Add(user);
            await db.SaveChangesAsync(cancellationToken);
        }

        var present = await db.Memberships.Where(row => row.UserId == user.Id && row.OrganisationId == invitation.OrganisationId).Select(row => row.Role).ToListAsync(cancellationToken);
        db.Memberships.AddRange(invitation.MemberRoles.Except(present).Select(role => new Membership { UserId = user.Id, OrganisationId = invitation.OrganisationId, Role = role }));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Accepted(user.Id, user.SecurityStamp, invitation.OrganisationId, seen.TenantId);
    }

    private static IEnumerable<Refusal> Check(Request request)
    {
        if (string.IsNullOrWhiteSpace(request.Ko) || request.Ko.Length > LongestName || request.En is { Length: > LongestName })
        {
            yield return new Refusal("name-missing", $"이름을 {LongestName}자 안에서 입력하세요.", $"Enter your name, with at most {LongestName} characters.", "ko");
        }

        if (request.Password is not { Length: >= ShortestPassword and <= 200 })
        {
            yield return new Refusal("password-short", $"비밀번호는 {ShortestPassword}자 이상으로 정하세요. 띄어쓰기도 쓸 수 있습니다.", $"Choose a password of at least {ShortestPassword} characters; spaces are welcome.", "password");
        }
    }

    private async Task<User?> KnownAsync(string email, CancellationToken cancellationToken)
    {
        var name = normalizer.NormalizeName(email);
        await using var db = planes.Open(new PlaneContext(Plane.Identity));
        return await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.NormalizedUserName == name, cancellationToken);
    }

    // The same lock after wrong passwords as at the sign-in.
    private async Task<Outcome<Accepted>?> WrongAsync(User known, string password, CancellationToken cancellationToken)
    {
        var outcome = await signIn.HandleAsync(known.UserName, password, cancellationToken);
        if (outcome.Principal is not null)
        {
            return null;
        }

        return new List<Refusal>
        {
            outcome.LockedUntil is not null
                ? new("locked", "잘못된 비밀번호를 여러 번 입력했습니다. 10분 뒤에 다시 시도하세요.", "Too many wrong passwords. Try again in ten minutes.", "password")
                : new("password-wrong", "비밀번호가 맞지 않습니다.", "The password is not right.", "password"),
        };
    }

    private User NewUser(Invitation invitation, Request request)
    {
        var user = new User
        {
            Id = Guid.CreateVersion7(),
            UserName = invitation.Email,
            NormalizedUserName = normalizer.NormalizeName(invitation.Email),
            Ko = request.Ko!.Trim(),
            En = string.IsNullOrWhiteSpace(request.En) ? request.Ko.Trim() : request.En.Trim(),
            Email = invitation.Email,
            SecurityStamp = Guid.NewGuid().ToString("N"),
        };
        user.PasswordHash = hasher.HashPassword(user, request.Password!);
        return user;
    }
}
