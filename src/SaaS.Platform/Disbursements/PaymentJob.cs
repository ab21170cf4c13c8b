using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Shares;

namespace SaaS.Platform.Disbursements;

/// <summary>Pays an approved order, once: ledger, budget line and order in one transaction, under the order's own id as key.</summary>
public sealed class PaymentJob(TenantJob job, MoveMoney money, SettleTranche settle, IClock clock) : IOutboxJob
{
    public const string Kind = "payment.approved";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var orderId = message.Read<PaymentMessage>().OrderId;
        var trancheId = await db.Set<PaymentOrder>().Where(order => order.Id == orderId).Select(order => order.TrancheId).SingleAsync(cancellationToken);

        // The tranche is locked first: of its last two orders, one settles it.
        var tranche = await db.Set<Tranche>()
            .FromSql($"select * from tranches where tenant_id = {db.Tenant} and id = {trancheId} for update")
            .SingleAsync(cancellationToken);
        var orders = await db.Set<PaymentOrder>().Where(order => order.TrancheId == trancheId).ToListAsync(cancellationToken);
        var order = orders.Single(order => order.Id == orderId);
        if (order.Status != PaymentStatus.Approved)
        {
            return;
        }

        var share = await db.Set<ApplicationShare>().SingleAsync(share => share.Id == order.ShareId, cancellationToken);
        await money.PayAsync(db, share, order.Amount, $"pay:{order.Id}", $"job:{Kind}", $"{tranche.Number}차 지급 / tranche {tranche.Number}", cancellationToken);
        order.MarkPaid(clock.GetCurrentInstant());
        await settle.RunAsync(db, tranche, orders, $"job:{Kind}", cancellationToken);
    }
}

/// <summary>The payload of <see cref="PaymentJob"/>.</summary>
internal sealed record PaymentMessage(Guid OrderId);
