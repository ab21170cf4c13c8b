using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Disbursements;

/// <summary>What is done with a payment order by people.</summary>
public enum PaymentStep
{
    /// <summary>The maker, role Finance.</summary>
    Prepare,

    /// <summary>The checker, role Approver and another person.</summary>
    Approve,

    /// <summary>The checker sends it back with a reason.</summary>
    SendBack,
}

/// <summary>The payer's people prepare, approve or send back a payment order: always two of them before money moves.</summary>
public sealed class AdvancePayment(GrantsDb db, CurrentActor actor, PlaneDb planes, IClock clock)
{
    private const int LongestComment = 2_000;

    /// <param name="Comment">Asked for when sending back.</param>
    public sealed record Request(PaymentStep Step, string? Comment);

    public sealed record Response(Guid Id, string Status, long Amount);

    public async Task<Outcome<Response>> RunAsync(Guid orderId, Request request, CancellationToken cancellationToken)
    {
        var seen = await db.Set<PaymentOrder>().AsNoTracking()
            .SingleOrDefaultAsync(order => order.Id == orderId && order.PayerOrganisationId == actor.OrganisationId, cancellationToken);
        if (seen is null || actor.UserId is not { } userId)
        {
            return Absent.Row;
        }

        if (!actor.Is(request.Step == PaymentStep.Prepare ? MemberRole.Finance : MemberRole.Approver))
        {
            return Refused(RefusalKind.Forbidden, "role-missing", "이 지급 업무를 할 권한이 없습니다.", "Your role may not do this step of a payment.");
        }

        if (request.Step == PaymentStep.SendBack && (string.IsNullOrWhiteSpace(request.Comment) || request.Comment.Length > LongestComment))
        {
            return new Refusal("comment-missing", $"돌려보내는 사유를 {LongestComment:N0}자 안으로 적어 주세요.", $"Say why it is sent back, in up to {LongestComment:N0} characters.", "comment");
        }

        await using var tenant = planes.OpenTenant(seen.TenantId, userId, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);
        var order = await tenant.Set<PaymentOrder>()
            .FromSql($"select * from payment_orders where tenant_id = {seen.TenantId} and id = {orderId} for update")
            .SingleAsync(cancellationToken);
        if (order.Status != (request.Step == PaymentStep.Prepare ? PaymentStatus.Requested : PaymentStatus.Prepared))
        {
            return Refused(RefusalKind.Conflict, "payment-state", "지금은 이 일을 할 수 있는 상태가 아닙니다. 이미 처리되었을 수 있습니다.", "The order is not in the state for this; it may have been done before.");
        }

        if (request.Step == PaymentStep.Approve && order.PreparedBy == userId)
        {
            return Refused(RefusalKind.Forbidden, "second-person-needed", "작성한 사람은 승인할 수 없습니다. 다른 승인자가 승인해야 합니다.", "Whoever prepared a payment cannot approve it. Another approver must.");
        }

        switch (request.Step)
        {
            case PaymentStep.Prepare:
                order.Prepare(userId);
                break;
            case PaymentStep.SendBack:
                order.SendBack(request.Comment!.Trim());
                break;
            default:
                order.Approve(userId);
                tenant.Outbox.Add(OutboxMessage.For(PaymentJob.Kind, order.ApplicationId, new PaymentMessage(order.Id), clock.GetCurrentInstant()));
                break;
        }

        await tenant.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response(order.Id, order.Status.ToString(), order.Amount.Amount);
    }

    private static Outcome<Response>.Refused Refused(RefusalKind kind, string code, string ko, string en) => new(kind, [new Refusal(code, ko, en)]);
}
