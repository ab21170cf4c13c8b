using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Audit;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Selections;

/// <summary>The tenant has a closed call ranked without those who have no result yet; they join the ranking as it stands when theirs comes.</summary>
public sealed class RankNow(GrantsDb db, CurrentActor actor, PlaneDb planes, IClock clock)
{
    public sealed record Response(Guid CallId);

    public async Task<Outcome<Response>> RunAsync(Guid callId, CancellationToken cancellationToken)
    {
        var call = await db.Set<Call>().AsNoTracking().SingleOrDefaultAsync(call => call.Id == callId, cancellationToken);
        if (call is null)
        {
            return Absent.Row;
        }

        if (!actor.Is(MemberRole.Officer) && !actor.Is(MemberRole.Approver))
        {
            return new Outcome<Response>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "순위를 확정할 권한이 없습니다.", "Your role may not close a ranking.")]);
        }

        var now = clock.GetCurrentInstant();
        if (call.StandingAt(now) != CallStanding.Closed)
        {
            return new Outcome<Response>.Refused(
                RefusalKind.Conflict, [new Refusal("call-open", "접수가 마감된 뒤에 순위를 정할 수 있습니다.", "A call is ranked after it has closed.")]);
        }

        await using var tenant = planes.OpenTenant(db.Tenant, actor.UserId, actor.OrganisationId);
        RankCallJob.Ask(tenant, new RankMessage(callId, WithoutWaiting: true), now);
        tenant.AuditEntries.Add(AuditEntry.Of("selection.ranked-now", "call", callId, actor.UserId, now, new { }));
        await tenant.SaveChangesAsync(cancellationToken);
        return new Response(callId);
    }
}
