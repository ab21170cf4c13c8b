using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Programmes;

/// <summary>
/// Who works on a tenant's programmes. Explicit, because the designer's connection outlives the request that opened it: whether the person
/// still belongs to the tenant is asked anew at every act.
/// </summary>
public sealed record DraftAuthor(string Tenant, Guid UserId, Guid OrganisationId)
{
    private static readonly MemberRole[] Designers = [MemberRole.Officer, MemberRole.Approver];

    /// <summary>Null when nobody acts for a tenant.</summary>
    public static DraftAuthor? Of(CurrentActor actor) => actor is { Context: { Plane: Plane.Tenant, Tenant: { } tenant }, UserId: { } user, OrganisationId: { } organisation }
        ? new DraftAuthor(tenant, user, organisation)
        : null;

    internal GrantsDb Open(PlaneDb planes) => planes.OpenTenant(Tenant, UserId, OrganisationId);

    /// <returns>Why the person may not; null when he may.</returns>
    internal async Task<Refusal?> WhyNotAsync(GrantsDb db, CancellationToken cancellationToken)
    {
        var organisation = await db.Tenants.Where(tenant => tenant.Id == Tenant).Select(tenant => tenant.OrganisationId).SingleAsync(cancellationToken);
        return organisation == OrganisationId && await db.Memberships.AnyAsync(
            membership => membership.UserId == UserId && membership.OrganisationId == OrganisationId && Designers.Contains(membership.Role), cancellationToken)
            ? null
            : new Refusal("role-missing", "사업을 설계할 권한이 없습니다.", "Your role may not design programmes.");
    }
}
