using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Programmes;

/// <summary>
/// Who works on a tenant's programmes. Explicit, because the designer's connection outlives the request that opened it: whether the person
/// still belongs to the tenant is asked anew at every act.
/// </summary>
/// <param name="Tenant">Whose programmes.</param>
/// <param name="UserId">The person.</param>
/// <param name="OrganisationId">The body that the person acts for.</param>
/// <param name="GuestOf">The one programme that a centre's planner works on as the tenant's guest; null for the tenant's own people. A parameter, so that it reaches the circuit.</param>
public sealed record DraftAuthor(string Tenant, Guid UserId, Guid OrganisationId, Guid? GuestOf = null)
{
    private static readonly MemberRole[] Designers = [MemberRole.Designer, MemberRole.Officer, MemberRole.Approver];
    private static readonly MemberRole[] Publishers = [MemberRole.Officer, MemberRole.Approver];

    /// <summary>Null when nobody acts for a tenant.</summary>
    public static DraftAuthor? Of(CurrentActor actor) => actor is { Context: { Plane: Plane.Tenant, Tenant: { } tenant }, UserId: { } user, OrganisationId: { } organisation }
        ? new DraftAuthor(tenant, user, organisation)
        : null;

    /// <summary>Null when nobody acts for the centre.</summary>
    /// <param name="actor">On the centre's plane.</param>
    /// <param name="guest">As the centre sees it.</param>
    public static DraftAuthor? OfGuest(CurrentActor actor, DraftGuest guest) => actor is { Context.Plane: Plane.Region, UserId: { } user, OrganisationId: { } organisation }
        ? new DraftAuthor(guest.TenantId, user, organisation, guest.ProgrammeId)
        : null;

    /// <summary>To read as who the person is: a guest sees the draft by the policies of the centre's plane, and nothing else of the tenant.</summary>
    internal GrantsDb Open(PlaneDb planes) => GuestOf is null ? OpenToWrite(planes) : planes.Open(new PlaneContext(Plane.Region, null, OrganisationId, UserId));

    /// <summary>As the tenant, once it is clear that the person may.</summary>
    internal GrantsDb OpenToWrite(PlaneDb planes) => planes.OpenTenant(Tenant, UserId, OrganisationId);

    /// <param name="db">Opened by <see cref="Open"/>.</param>
    /// <param name="programmeId">Whose draft; a guest may nothing that is not the draft of that one programme.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Why the person may not edit drafts; null when he may.</returns>
    internal async Task<Refusal?> WhyNotAsync(GrantsDb db, Guid? programmeId, CancellationToken cancellationToken)
        => await (GuestOf is null ? HasAsync(db, Designers, cancellationToken) : IsWelcomeAsync(db, programmeId, cancellationToken))
            ? null
            : new Refusal("role-missing", "사업을 설계할 권한이 없습니다.", "Your role may not design programmes.");

    /// <returns>Why the person may not publish or retract; null when he may.</returns>
    internal async Task<Refusal?> WhyNotPublishAsync(GrantsDb db, CancellationToken cancellationToken)
        => GuestOf is null && await HasAsync(db, Publishers, cancellationToken) ? null : new Refusal("role-missing", "사업을 게시할 권한이 없습니다.", "Your role may not publish programmes.");

    private async Task<bool> IsWelcomeAsync(GrantsDb db, Guid? programmeId, CancellationToken cancellationToken)
        => programmeId == GuestOf
            && await db.Set<DraftGuest>().AnyAsync(
                guest => guest.TenantId == Tenant && guest.ProgrammeId == programmeId && guest.OrganisationId == OrganisationId && guest.RevokedAt == null, cancellationToken)
            && await db.Memberships.AnyAsync(
                membership => membership.UserId == UserId && membership.OrganisationId == OrganisationId && Designers.Contains(membership.Role), cancellationToken);

    private async Task<bool> HasAsync(GrantsDb db, MemberRole[] roles, CancellationToken cancellationToken)
    {
        var organisation = await db.Tenants.Where(tenant => tenant.Id == Tenant).Select(tenant => tenant.OrganisationId).SingleAsync(cancellationToken);
        return organisation == OrganisationId && await db.Memberships.AnyAsync(
            membership => membership.UserId == UserId && membership.OrganisationId == OrganisationId && roles.Contains(membership.Role), cancellationToken);
    }
}
