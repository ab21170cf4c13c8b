using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Organisations;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Oversight;

/// <summary>A second person at KOSMO lets a guard rail hold, or does not. Then every tenant's programmes are looked at by jobs.</summary>
public sealed class DecideGuardRail(GrantsDb db, CurrentActor actor, PlaneDb planes, IClock clock)
{
    /// <param name="Approve">Must be said.</param>
    /// <param name="Reason">Needed for a refusal.</param>
    public sealed record Request(bool? Approve, string? Reason);

    /// <returns>Whether it holds.</returns>
    public async Task<Outcome<bool>> RunAsync(Guid id, Request request, CancellationToken cancellationToken)
    {
        var seen = await db.Set<WrittenGuardRail>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (seen is null)
        {
            return Absent.Row;
        }

        if (actor is not { UserId: { } user, Chosen: { Kind: OrganisationKind.Kosmo, TenantId: { } national } }
            || (!actor.Is(MemberRole.Officer) && !actor.Is(MemberRole.Approver)))
        {
            return new Outcome<bool>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "국가 기준을 바꿀 권한이 없습니다.", "Your role may not change the national guard rails.")]);
        }

        if (seen.WrittenBy == user)
        {
            return new Outcome<bool>.Refused(RefusalKind.Forbidden, [new Refusal(
                "second-person-needed", "기준을 쓴 사람이 아닌 다른 담당자가 승인해야 합니다.", "Somebody who did not write it must decide.")]);
        }

        var mistakes = Mistakes(request).ToList();
        if (mistakes.Count > 0)
        {
            return mistakes;
        }

        await using var tenant = planes.OpenTenant(national, user, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);
        await GuardRailsInForce.LockAsync(tenant, cancellationToken);
        if (await tenant.Set<GuardRailDecision>().AnyAsync(decision => decision.GuardRailId == id, cancellationToken))
        {
            return new Outcome<bool>.Refused(RefusalKind.Conflict, [new Refusal("rail-decided", "이미 결정한 변경입니다.", "This change was decided on before.")]);
        }

        var now = clock.GetCurrentInstant();
        var approved = request.Approve == true;
        var reason = string.IsNullOrWhiteSpace(request.Reason) ? null : request.Reason.Trim();
        tenant.Add(new GuardRailDecision { GuardRailId = id, Approved = approved, Reason = reason, DecidedBy = user, DecidedAt = now });
        tenant.AuditEntries.Add(AuditEntry.Of(approved ? "guard-rail.approved" : "guard-rail.refused", "guard-rail", id, user, now, new { reason }));
        await tenant.SaveChangesAsync(cancellationToken);
        foreach (var affected in approved ? await tenant.Tenants.Select(row => row.Id).ToListAsync(cancellationToken) : [])
        {
            tenant.GoOnAs(affected);
            tenant.Outbox.Add(GuardRailsJob.For(now));
            await tenant.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return approved;
    }

    private static IEnumerable<Refusal> Mistakes(Request request)
    {
        if (request.Approve is null)
        {
            yield return new Refusal("decision-missing", "승인 또는 거절을 고르세요.", "Choose to approve or to refuse.", "approve");
        }

        if (request.Approve == false && string.IsNullOrWhiteSpace(request.Reason))
        {
            yield return new Refusal("reason-missing", "거절하는 까닭을 쓰세요.", "Say why it is refused.", "reason");
        }

        if (request.Reason is { Length: > WrittenGuardRail.LongestReason })
        {
            yield return new Refusal("reason-too-long", $"까닭은 {WrittenGuardRail.LongestReason:N0}자까지 쓸 수 있습니다.", $"The reason may have {WrittenGuardRail.LongestReason:N0} characters.", "reason");
        }
    }
}
