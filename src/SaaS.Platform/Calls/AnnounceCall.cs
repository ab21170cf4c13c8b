using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Platform.Shares;
using SaaS.Platform.Time;

namespace SaaS.Platform.Calls;

/// <summary>
/// Announces a call for a programme's published version, with what every funder sets aside. National money that KOSMO set aside when it
/// approved the version goes to its tiers; what was not asked yet is asked with it, and the tier opens when KOSMO grants it.
/// </summary>
public sealed class AnnounceCall(GrantsDb db, CurrentActor actor, PlaneDb planes, IClock clock)
{
    /// <param name="Number">Of the public notice, unique within the tenant.</param>
    /// <param name="OpensAt">Seoul time as <c>2025-02-24T09:00</c>.</param>
    /// <param name="ClosesAt">Likewise; the first moment at which nothing is taken any more.</param>
    public sealed record Request(
        string? Number, string? Ko, string? En, string? OpensAt, string? ClosesAt, int? BudgetYear, IReadOnlyList<Budget>? Budgets, IReadOnlyList<NationalAsk>? National);

    /// <param name="Tier">Null for all tiers.</param>
    /// <param name="Amount">Won.</param>
    public sealed record Budget(Funder Funder, Guid OrganisationId, long Amount, string? Tier = null);

    public sealed record Response(Guid Id, string Number);

    public async Task<Outcome<Response>> RunAsync(Guid programmeId, Request request, CancellationToken cancellationToken)
    {
        if (!await db.Set<Programme>().AnyAsync(programme => programme.Id == programmeId, cancellationToken))
        {
            return Absent.Row;
        }

        if (actor is not { UserId: { } user } || (!actor.Is(MemberRole.Officer) && !actor.Is(MemberRole.Approver)))
        {
            return new Outcome<Response>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "공고를 낼 권한이 없습니다.", "Your role may not announce calls.")]);
        }

        await using var tenant = planes.OpenTenant(db.Tenant, user, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);
        if (await PlannedCall.ReadAsync(tenant, programmeId, clock.TodayInKorea(), cancellationToken) is not { } plan)
        {
            return new Outcome<Response>.Refused(
                RefusalKind.Conflict, [new Refusal("version-missing", "게시한 판이 없어 공고를 낼 수 없습니다.", "There is no published version to announce.")]);
        }

        var now = clock.GetCurrentInstant();
        var rules = new CallRules(plan, request, now);
        var wrong = rules.Check();
        if (await tenant.Set<Call>().AnyAsync(call => call.Number == rules.Number, cancellationToken))
        {
            wrong.Add(new Refusal("number-taken", "같은 번호의 공고가 이미 있습니다.", "There is a call with this number already.", "number"));
        }

        if (wrong.Count > 0)
        {
            return wrong;
        }

        var call = new Call(programmeId, plan.VersionId, rules.Number, request.Ko!.Trim(), request.En!.Trim(), rules.OpensAt, rules.ClosesAt, request.BudgetYear!.Value);
        call.Announce();
        tenant.Add(call);
        foreach (var budget in request.Budgets ?? [])
        {
            tenant.Add(new BudgetLine(call.Id, budget.Tier, budget.Funder, budget.OrganisationId, new Won(budget.Amount)));
        }

        if (plan.Reserved is { } reserved)
        {
            await NationalTier.OpenAsync(tenant, call.Id, reserved.Asks(), reserved.DecidedBy, now, cancellationToken);
            reserved.SpendOn(call.Id);
        }

        await NationalTier.OpenAsync(tenant, call.Id, rules.National, null, now, cancellationToken);
        tenant.AuditEntries.Add(AuditEntry.Of("call.announced", "call", call.Id, user, now, new { number = call.Number, version = plan.Version }));
        await tenant.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response(call.Id, call.Number);
    }
}
