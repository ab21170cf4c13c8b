using SaaS.Platform.Invitations;
using SaaS.Platform.Onboarding;
using SaaS.Platform.Refusals;

namespace SaaS.Web.Api;

/// <summary>Tenants, their people and invitations.</summary>
internal static class PeopleEndpoints
{
    public static void MapPublic(RouteGroupBuilder api)
    {
        api.MapGet("/invitation/{token}", async (string token, FindInvitation find, CancellationToken cancellationToken)
            => (await find.RunAsync(token, cancellationToken)).ToHttp());
        api.MapPost("/invitation/{token}", async (string token, AcceptInvitation.Request request, AcceptInvitation accept, CancellationToken cancellationToken)
            => (await accept.RunAsync(token, request, cancellationToken)).ToHttp());
    }

    public static void MapTenant(RouteGroupBuilder tenantPlane)
    {
        tenantPlane.MapGet("/people", ReadAsync);
        tenantPlane.MapPost("/invitations", InviteAsync);
        MapChanges(tenantPlane);
    }

    public static void MapOversight(RouteGroupBuilder oversight)
    {
        oversight.MapGet("/tenants", (ListTenants list, CancellationToken cancellationToken) => list.RunAsync(cancellationToken));
        oversight.MapPost("/tenants", async (OnboardTenant.Request request, OnboardTenant onboard, CancellationToken cancellationToken)
            => (await onboard.RunAsync(request, cancellationToken)).ToHttp());
        oversight.MapGet("/tenants/{tenantId}/people", (string tenantId, ListPeople list, CancellationToken cancellationToken) => ReadAsync(tenantId, list, cancellationToken));
        oversight.MapPost("/tenants/{tenantId}/invitations", (string tenantId, InvitePeople.Request request, InvitePeople invite, CancellationToken cancellationToken)
            => InviteAsync(tenantId, request, invite, cancellationToken));
        MapChanges(oversight);
    }

    private static void MapChanges(RouteGroupBuilder group)
    {
        group.MapPost("/invitations/{id:guid}/send", async (Guid id, ChangeInvitation change, CancellationToken cancellationToken)
            => (await change.SendAgainAsync(id, cancellationToken)).ToHttp());
        group.MapPost("/invitations/{id:guid}/withdraw", async (Guid id, ChangeInvitation change, CancellationToken cancellationToken)
            => (await change.WithdrawAsync(id, cancellationToken)).ToHttp());
    }

    private static async Task<IResult> ReadAsync(string tenant, ListPeople list, CancellationToken cancellationToken)
        => await list.RunAsync(tenant, cancellationToken) is { } people ? TypedResults.Ok(people) : OutcomeResults.NotFound();

    private static async Task<IResult> InviteAsync(string tenant, InvitePeople.Request request, InvitePeople invite, CancellationToken cancellationToken)
        => (await invite.RunAsync(tenant, request, cancellationToken)).ToHttp();
}
