using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Invitations;

/// <summary>Sends an invitation again, which ends its older link, or withdraws it.</summary>
public sealed class ChangeInvitation(GrantsDb db, CurrentActor actor, PlaneDb planes, InvitationToken tokens, IClock clock)
{
    public sealed record Response(Guid Id, InvitationStanding Standing);

    public Task<Outcome<Response>> SendAgainAsync(Guid id, CancellationToken cancellationToken) => RunAsync(
        id,
        "invitation.sent-again",
        (tenant, invitation, now) => InvitePeople.Send(tenant, invitation, tokens, now),
        cancellationToken);

    public Task<Outcome<Response>> WithdrawAsync(Guid id, CancellationToken cancellationToken) => RunAsync(
        id,
        "invitation.withdrawn",
        (_, invitation, now) => invitation.Withdraw(now),
        cancellationToken);

    private async Task<Outcome<Response>> RunAsync(Guid id, string action, Action<GrantsDb, Invitation, Instant> change, CancellationToken cancellationToken)
    {
        var seen = await db.Set<Invitation>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (seen is null)
        {
            return Absent.Row;
        }

        if (PeopleAdministrator.WhyNot(actor, seen.TenantId) is { } forbidden)
        {
            return new Outcome<Response>.Refused(RefusalKind.Forbidden, [forbidden]);
        }

        await using var tenant = planes.OpenTenant(seen.TenantId, actor.UserId, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);
        var invitation = await LockAsync(tenant, id, cancellationToken);
        var now = clock.GetCurrentInstant();
        if (invitation.StandingAt(now) is InvitationStanding.Accepted or InvitationStanding.Withdrawn)
        {
            return new Outcome<Response>.Refused(RefusalKind.Conflict, [new Refusal("invitation-ended", "이미 수락했거나 취소한 초대입니다.", "This invitation was accepted or withdrawn before.")]);
        }

        change(tenant, invitation, now);
        tenant.AuditEntries.Add(AuditEntry.Of(action, "invitation", id, actor.UserId, now, new { invitation.Times }));
        await tenant.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response(id, invitation.StandingAt(now));
    }

    /// <summary>Of two who change it at once the second sees what the first did.</summary>
    internal static Task<Invitation> LockAsync(GrantsDb tenant, Guid id, CancellationToken cancellationToken)
        => tenant.Set<Invitation>().FromSql($"select * from invitations where tenant_id = {tenant.Tenant} and id = {id} for update").SingleAsync(cancellationToken);
}
