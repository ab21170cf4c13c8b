using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Organisations;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Invitations;

/// <summary>Who may invite people into a tenant: its administrators, and the national operator's officials.</summary>
internal static class PeopleAdministrator
{
    /// <returns>Why not; null when the person may.</returns>
    public static Refusal? WhyNot(CurrentActor actor, string tenant)
    {
        var own = actor is { UserId: not null, Context: { Plane: Plane.Tenant } } && actor.Context.Tenant == tenant && actor.Is(MemberRole.Administrator);
        return own || IsNational(actor) ? null : new Refusal("role-missing", "구성원을 초대할 권한이 없습니다.", "Your role may not invite people.");
    }

    /// <summary>An official of the national operator, on its own plane.</summary>
    public static bool IsNational(CurrentActor actor)
        => actor is { UserId: not null, Context.Plane: Plane.Oversight, Chosen: { Kind: OrganisationKind.Kosmo, TenantId: not null } }
            && (actor.Is(MemberRole.Officer) || actor.Is(MemberRole.Approver));
}
