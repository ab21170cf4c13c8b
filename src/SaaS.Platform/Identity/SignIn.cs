using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;

namespace SaaS.Platform.Identity;

/// <summary>What came of a sign-in.</summary>
/// <param name="Principal">To be written into the cookie; null when refused.</param>
/// <param name="LockedUntil">Set when too many wrong passwords were tried.</param>
public sealed record SignInOutcome(ClaimsPrincipal? Principal, Instant? LockedUntil);

/// <summary>Checks a user name and password. An unknown name costs the same time and gives the same answer as a wrong password.</summary>
public sealed class SignIn(PlaneDb planes, IPasswordHasher<User> hasher, ILookupNormalizer normalizer, IClock clock)
{
    private const int Attempts = 5;
    private static readonly Duration Pause = Duration.FromMinutes(10);
    private static readonly User Nobody = new() { Id = Guid.Empty, UserName = "", Ko = "", En = "" };
    private static readonly string NobodysHash = new PasswordHasher<User>().HashPassword(Nobody, "nobody's");

    public async Task<SignInOutcome> HandleAsync(string userName, string password, CancellationToken cancellationToken)
    {
        await using var db = planes.Open(new PlaneContext(Plane.Identity));
        var name = normalizer.NormalizeName(userName);
        var user = await db.Users.SingleOrDefaultAsync(user => user.NormalizedUserName == name, cancellationToken);
        var correct = hasher.VerifyHashedPassword(user ?? Nobody, user?.PasswordHash ?? NobodysHash, password) is not PasswordVerificationResult.Failed
            && user?.PasswordHash is not null;
        if (user is null)
        {
            return new SignInOutcome(null, null);
        }

        var now = clock.GetCurrentInstant();
        if (user.LockedUntil > now)
        {
            return new SignInOutcome(null, user.LockedUntil);
        }

        if (correct)
        {
            user.FailedSignIns = 0;
            user.LockedUntil = null;
        }
        else
        {
            user.FailedSignIns++;
            if (user.FailedSignIns >= Attempts)
            {
                user.FailedSignIns = 0;
                user.LockedUntil = now + Pause;
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        return correct
            ? new SignInOutcome(new SignInClaims(user.Id, user.SecurityStamp, null).ToPrincipal(), null)
            : new SignInOutcome(null, user.LockedUntil);
    }
}
