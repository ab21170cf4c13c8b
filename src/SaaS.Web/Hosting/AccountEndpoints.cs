using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using SaaS.Platform.Identity;
using SaaS.Web.Layout;

namespace SaaS.Web.Hosting;

/// <summary>The two small forms of the header: signing out, and acting for another organisation.</summary>
public static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-out", SignOutAsync);
        routes.MapPost("/switch", SwitchAsync);
    }

    // Binding the form is what makes the server ask for its token.
    private static async Task<IResult> SignOutAsync(HttpContext context, IFormCollection form)
    {
        await context.SignOutAsync(SignInClaims.Scheme);
        return TypedResults.LocalRedirect("/");
    }

    private static async Task<IResult> SwitchAsync(HttpContext context, CurrentActor actor, [FromForm] Guid organisation)
    {
        if (SwitchOrganisation.Handle(context.User, actor, organisation) is not { } principal)
        {
            return TypedResults.NotFound();
        }

        await context.SignInAsync(SignInClaims.Scheme, principal);
        return TypedResults.LocalRedirect(PlaneHomes.First(actor.Memberships.First(membership => membership.OrganisationId == organisation)));
    }
}
