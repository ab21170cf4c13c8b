using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;
using SaaS.Platform.Refusals;
using SaaS.Platform.Selections;
using SaaS.Platform.Time;

namespace SaaS.Platform.Shares;

/// <summary>A funder's official commits the body's share of a case, or refuses it. Either is final.</summary>
public sealed class DecideShare(GrantsDb db, CurrentActor actor, PlaneDb planes, MoveMoney money, IClock clock)
{
    private const int LongestComment = 2_000;

    /// <param name="Commit">True commits, false refuses; it must be said.</param>
    /// <param name="InKind">The part given in kind (won); a lead firm only.</param>
    /// <param name="Comment">For the file; asked for when refusing.</param>
    public sealed record Request(bool? Commit, long? InKind, string? Comment);

    public sealed record Response(Guid Id, string Status, long Amount, long InKind);

    public async Task<Outcome<Response>> RunAsync(Guid shareId, Request request, CancellationToken cancellationToken)
    {
        var seen = await db.Set<ApplicationShare>().AsNoTracking()
            .SingleOrDefaultAsync(share => share.Id == shareId && share.FunderOrganisationId == actor.OrganisationId, cancellationToken);
        if (seen is null)
        {
            return Absent.Row;
        }

        if (!actor.Is(MemberRole.Officer) && !actor.Is(MemberRole.Approver))
        {
            return new Outcome<Response>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "분담을 결정할 권한이 없습니다.", "Your role may not decide on shares.")]);
        }

        var problems = Check(seen, request).ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        await using var tenant = planes.OpenTenant(seen.TenantId, actor.UserId, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);
        var share = await tenant.Set<ApplicationShare>()
            .FromSql($"select * from application_shares where tenant_id = {seen.TenantId} and id = {shareId} for update")
            .SingleAsync(cancellationToken);
        if (!share.AwaitsDecision)
        {
            return Conflict("share-not-waiting", "지금은 결정할 수 있는 상태가 아닙니다. 이미 결정했거나 아직 차례가 아닙니다.", "There is nothing to decide now: it was decided before, or its turn has not come.");
        }

        var now = clock.GetCurrentInstant();
        if (share.DueOn is { } dueOn && now >= Seoul.EndOf(dueOn))
        {
            return Conflict("share-overdue", $"결정 기한({dueOn:yyyy-MM-dd})이 지났습니다.", $"The last day to decide was {dueOn:yyyy-MM-dd}.");
        }

        if (!await ActAsync(tenant, share, request, cancellationToken))
        {
            return Conflict("budget-exhausted", "예산이 모자랍니다. 예산을 늘리거나 거절해 주세요.", "The budget line has too little left. Raise it, or refuse.");
        }

        share.Decide(actor.UserId, now, request.Comment?.Trim());
        tenant.Outbox.Add(OutboxMessage.For(CommitmentDecidedJob.Kind, share.ApplicationId, new ShareMessage(share.Id), now));
        await tenant.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response(share.Id, share.Status.ToString(), share.Amount.Amount, share.InKind.Amount);
    }

    private async Task<bool> ActAsync(GrantsDb tenant, ApplicationShare share, Request request, CancellationToken cancellationToken)
    {
        var by = $"user:{actor.UserId}";
        var application = await tenant.Set<GrantApplication>().AsNoTracking().SingleAsync(application => application.Id == share.ApplicationId, cancellationToken);
        if (request.Commit is false)
        {
            await money.ReleaseAsync(tenant, share, by, cancellationToken);
            share.Refuse();
            await RankCallJob.AskIfAnyWaitsAsync(tenant, application.CallId, clock.GetCurrentInstant(), cancellationToken);
            return true;
        }

        if (share.Status == ShareStatus.Planned)
        {
            if (!await money.ReserveAsync(tenant, share, application.CallId, application.Tier, by, cancellationToken))
            {
                return false;
            }
        }

        await money.CommitAsync(tenant, share, new Won(request.InKind ?? 0), by, cancellationToken);
        return true;
    }

    private static IEnumerable<Refusal> Check(ApplicationShare share, Request request)
    {
        if (request.Commit is null)
        {
            yield return new Refusal("decision-missing", "확약 또는 거절을 선택해 주세요.", "Choose to commit or to refuse.", "commit");
        }

        if (request.Commit is false && string.IsNullOrWhiteSpace(request.Comment))
        {
            yield return new Refusal("comment-missing", "거절하는 사유를 적어 주세요.", "Say why you refuse.", "comment");
        }

        if (request.Comment is { Length: > LongestComment })
        {
            yield return new Refusal("comment-too-long", $"의견은 {LongestComment:N0}자까지 쓸 수 있습니다.", $"The comment may have {LongestComment:N0} characters.", "comment");
        }

        if (request.InKind is { } inKind && inKind != 0)
        {
            if (share.Funder != Funder.LeadFirm)
            {
                yield return new Refusal("in-kind-not-allowed", "현물 부담은 주관기업만 할 수 있습니다.", "Only a lead firm may give a part in kind.", "inKind");
            }
            else if (inKind < 0 || inKind > share.Amount.Amount)
            {
                yield return new Refusal(
                    "in-kind-out-of-range",
                    $"현물 부담은 0원에서 {share.Amount}원 사이여야 합니다.",
                    $"The part in kind must lie between 0 and {share.Amount} won.",
                    "inKind");
            }
        }
    }

    private static Outcome<Response>.Refused Conflict(string code, string ko, string en) => new(RefusalKind.Conflict, [new Refusal(code, ko, en)]);
}
