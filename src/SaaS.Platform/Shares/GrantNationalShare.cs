using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;
using SaaS.Platform.Refusals;
using SaaS.Platform.Selections;

namespace SaaS.Platform.Shares;

/// <summary>KOSMO grants central money to a tier of a tenant's call; the tier opens, and cases that wait for it go on.</summary>
public sealed class GrantNationalShare(GrantsDb db, CurrentActor actor, PlaneDb planes, IClock clock)
{
    /// <param name="Amount">Won that are granted in addition to what was granted before.</param>
    public sealed record Request(long Amount);

    /// <param name="Granted">All that is granted now (won).</param>
    public sealed record Response(Guid Id, long Asked, long Granted);

    public async Task<Outcome<Response>> RunAsync(Guid grantId, Request request, CancellationToken cancellationToken)
    {
        var seen = await db.Set<NationalGrant>().AsNoTracking().SingleOrDefaultAsync(grant => grant.Id == grantId, cancellationToken);
        if (seen is null)
        {
            return Absent.Row;
        }

        if (actor is not { UserId: { } userId, OrganisationId: { } kosmo } || (!actor.Is(MemberRole.Officer) && !actor.Is(MemberRole.Approver)))
        {
            return new Outcome<Response>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "국비를 배정할 권한이 없습니다.", "Your role may not grant central money.")]);
        }

        await using var tenant = planes.OpenTenant(seen.TenantId, userId, kosmo);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);
        var grant = await tenant.Set<NationalGrant>()
            .FromSql($"select * from national_grants where tenant_id = {seen.TenantId} and id = {grantId} for update")
            .SingleAsync(cancellationToken);
        if (WhyNot(grant.Asked - grant.Granted, request.Amount) is { } mistake)
        {
            return mistake;
        }

        var now = clock.GetCurrentInstant();
        grant.Grant(new Won(request.Amount), userId, now);
        var line = await tenant.Set<BudgetLine>().SingleOrDefaultAsync(
            line => line.CallId == grant.CallId && line.Funder == Funder.National && line.Tier == grant.Tier && line.FunderOrganisationId == kosmo, cancellationToken);
        if (line is null)
        {
            tenant.Add(new BudgetLine(grant.CallId, grant.Tier, Funder.National, kosmo, grant.Granted));
        }
        else
        {
            line.Appropriate(grant.Granted);
        }

        tenant.Outbox.Add(OutboxMessage.For(ReservationGrantedJob.Kind, null, new GrantMessage(grant.CallId, grant.Tier), now));
        await RankCallJob.AskIfAnyWaitsAsync(tenant, grant.CallId, now, cancellationToken);
        await tenant.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response(grant.Id, grant.Asked.Amount, grant.Granted.Amount);
    }

    /// <summary>What is wrong with an amount, before anybody is asked to confirm it; null when it can be granted.</summary>
    /// <param name="left">What was asked for and not granted yet.</param>
    /// <param name="amount">Won to grant.</param>
    public static Refusal? WhyNot(Won left, long amount) => amount > 0 && amount <= left.Amount
        ? null
        : new Refusal(
            "grant-out-of-range",
            $"배정액은 1원 이상, 요청하고 남은 {left}원 이하여야 합니다.",
            $"The grant must be at least 1 won and at most the {left} won that were asked for and not granted yet.",
            "amount");
}
