using System.Security.Claims;

namespace SaaS.Platform.Identity;

/// <summary>Acts for another of one's organisations from now on.</summary>
public static class SwitchOrganisation
{
    /// <returns>The principal for the new cookie; null when the person is not a member (answer as for an absent one).</returns>
    public static ClaimsPrincipal? Handle(ClaimsPrincipal current, CurrentActor actor, Guid organisationId)
        => SignInClaims.From(current) is { } claims && actor.Memberships.Any(membership => membership.OrganisationId == organisationId)
            ? (claims with { OrganisationId = organisationId }).ToPrincipal()
            : null;
}
