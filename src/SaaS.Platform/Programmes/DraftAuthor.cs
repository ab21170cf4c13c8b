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
    private static readonly MemberRole[] Designers = [MemberRole.Designer, MemberRole.Officer, MemberRole.Approver];
    private static readonly MemberRole[] Publishers = [MemberRole.Officer, MemberRole.Approver];

    /// <summary>Null when nobody acts for a tenant.</summary>
    public static DraftAuthor? Of(CurrentActor actor) => actor is { Context: { Plane: Plane.Tenant, Tenant: { } tenant }, UserId: { } user, OrganisationId: { } organisation }
        ? new DraftAuthor(tenant, user, organisation)
        : null;

    internal GrantsDb Open(PlaneDb planes) => planes.OpenTenant(Tenant, UserId, OrganisationId);

    /// <returns>Why the person may not edit drafts; null when he may.</returns>
    internal async Task<Refusal?> WhyNotAsync(GrantsDb db, CancellationToken cancellationToken)
        => await HasAsync(db, Designers, cancellationToken) ? null : new Refusal("role-missing", "사업을 설계할 권한이 없습니다.", "Your role may not design programmes.");

    /// <returns>Why the person may not publish or retract; null when he may.</returns>
    internal async Task<Refusal?> WhyNotPublishAsync(GrantsDb db, CancellationToken cancellationToken)
        => await HasAsync(db, Publishers, cancellationToken) ? null : new Refusal("role-missing", "사업을 게시할 권한이 없습니다.", "Your role may not publish programmes.");

    private async Task<bool> HasAsync(GrantsDb db, MemberRole[] roles, CancellationToken cancellationToken)
    {
        var organisation = await db.Tenants.Where(tenant => tenant.Id == Tenant).Select(tenant => tenant.OrganisationId).SingleAsync(cancellationToken);
        return organisation == OrganisationId && await db.Memberships.AnyAsync(
            membership => membership.UserId == UserId && membership.OrganisationId == OrganisationId && roles.Contains(membership.Role), cancellationToken);
    }
}
