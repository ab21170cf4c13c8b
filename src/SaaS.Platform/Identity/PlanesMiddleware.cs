using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Data;

namespace SaaS.Platform.Identity;

public static class PlanesMiddleware
{
    /// <summary>
    /// Puts every request on its plane, after <c>UseAuthentication()</c> and before anything that reads data. A path that needs a
    /// membership asks for sign-in first; a signed-in person without a fitting one gets 404, the same as for a tenant that does not exist.
    /// </summary>
    public static IApplicationBuilder UsePlanes(this IApplicationBuilder app) => app.Use(HandleAsync);

    private static async Task HandleAsync(HttpContext http, RequestDelegate next)
    {
        var actor = http.RequestServices.GetRequiredService<CurrentActor>();
        var path = PlanePath.Of(http.Request.Path);
        await RecogniseAsync(http, actor);

        if (path.Plane is not Plane.Public)
        {
            if (actor.UserId is null)
            {
                await http.ChallengeAsync(SignInClaims.Scheme);
                return;
            }

            var fitting = actor.Memberships.Where(path.Fits).ToList();
            if (fitting.Count == 0)
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            var membership = fitting.Find(membership => membership.OrganisationId == actor.Chosen?.OrganisationId) ?? fitting[0];
            actor.Chosen = membership;
            actor.Roles = membership.Roles;
            actor.Context = new PlaneContext(path.Plane, path.Plane is Plane.Tenant ? membership.TenantId : null, membership.OrganisationId, actor.UserId);
        }

        await next(http);
    }

    private static async Task RecogniseAsync(HttpContext http, CurrentActor actor)
    {
        if (SignInClaims.From(http.User) is not { } claims)
        {
            return;
        }

        var person = await http.RequestServices.GetRequiredService<LoadActor>().HandleAsync(claims.UserId, http.RequestAborted);
        if (person is null || person.SecurityStamp != claims.SecurityStamp)
        {
            return;
        }

        actor.NameKo = person.Ko;
        actor.NameEn = person.En;
        actor.Memberships = person.Memberships;
        actor.Chosen = person.Memberships.FirstOrDefault(membership => membership.OrganisationId == claims.OrganisationId)
            ?? (person.Memberships.Count > 0 ? person.Memberships[0] : null);
        actor.Roles = actor.Chosen?.Roles ?? actor.Roles;
        actor.Context = new PlaneContext(Plane.Public, null, actor.Chosen?.OrganisationId, person.UserId);
    }
}
