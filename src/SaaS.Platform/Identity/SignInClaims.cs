using System.Security.Claims;

namespace SaaS.Platform.Identity;

/// <summary>What the cookie holds: who, the stamp that ends it when the password changes, and the organisation chosen in the header. No names, no rights.</summary>
public sealed record SignInClaims(Guid UserId, string SecurityStamp, Guid? OrganisationId)
{
    /// <summary>The authentication scheme and the cookie's name.</summary>
    public const string Scheme = "saas";

    public ClaimsPrincipal ToPrincipal()
    {
        var identity = new ClaimsIdentity(Scheme);
        identity.AddClaim(new Claim("user", UserId.ToString()));
        identity.AddClaim(new Claim("stamp", SecurityStamp));
        if (OrganisationId is { } organisation)
        {
            identity.AddClaim(new Claim("org", organisation.ToString()));
        }

        return new ClaimsPrincipal(identity);
    }

    /// <returns>Null when nobody is signed in.</returns>
    public static SignInClaims? From(ClaimsPrincipal principal)
        => principal.Identity?.IsAuthenticated == true && Guid.TryParse(principal.FindFirstValue("user"), out var user)
            ? new SignInClaims(
                user,
                principal.FindFirstValue("stamp") ?? "",
                Guid.TryParse(principal.FindFirstValue("org"), out var organisation) ? organisation : null)
            : null;
}
