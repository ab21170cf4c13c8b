using Microsoft.AspNetCore.Authentication;
using SaaS.Platform.Identity;
using SaaS.Platform.Refusals;

namespace SaaS.Web.Api;

/// <summary>Signing in and out, and acting for another organisation. The cookie is the same as the pages'.</summary>
internal static class SignInEndpoints
{
    private sealed record Credentials(string? User, string? Password);

    private sealed record Choice(Guid OrganisationId);

    private sealed record Me(Guid? UserId, string? Ko, string? En, Guid? ActingFor, IReadOnlyList<ActorMembership> Memberships);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/sign-in", SignInAsync);
        api.MapPost("/sign-out", (Delegate)SignOutAsync);
        api.MapPost("/switch", SwitchAsync);
        api.MapGet("/me", (CurrentActor actor) => new Me(actor.UserId, actor.NameKo, actor.NameEn, actor.Chosen?.OrganisationId, actor.Memberships));
    }

    private static async Task<IResult> SignInAsync(Credentials credentials, HttpContext http, SignIn signIn, CancellationToken cancellationToken)
    {
        var outcome = await signIn.HandleAsync(credentials.User?.Trim() ?? "", credentials.Password ?? "", cancellationToken);
        if (outcome.Principal is { } principal)
        {
            await http.SignInAsync(SignInClaims.Scheme, principal);
            return TypedResults.NoContent();
        }

        return outcome.LockedUntil is not null
            ? OutcomeResults.Problem(
                StatusCodes.Status429TooManyRequests,
                [new Refusal("sign-in-locked", "비밀번호를 여러 번 잘못 입력했습니다. 10분 뒤에 다시 시도하세요.", "Too many wrong passwords. Try again in ten minutes.")])
            : OutcomeResults.Problem(
                StatusCodes.Status401Unauthorized,
                [new Refusal("sign-in-wrong", "아이디 또는 비밀번호가 올바르지 않습니다.", "The user name or the password is wrong.")]);
    }

    private static async Task<IResult> SignOutAsync(HttpContext http)
    {
        await http.SignOutAsync(SignInClaims.Scheme);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> SwitchAsync(Choice choice, HttpContext http, CurrentActor actor)
    {
        if (SwitchOrganisation.Handle(http.User, actor, choice.OrganisationId) is not { } principal)
        {
            return OutcomeResults.NotFound();
        }

        await http.SignInAsync(SignInClaims.Scheme, principal);
        return TypedResults.NoContent();
    }
}
