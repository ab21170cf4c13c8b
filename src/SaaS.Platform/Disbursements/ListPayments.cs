using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Organisations;
using SaaS.Platform.Shares;

namespace SaaS.Platform.Disbursements;

/// <summary>A payer's payment orders: what waits for its people first.</summary>
public sealed class ListPayments(GrantsDb db, CurrentActor actor)
{
    /// <param name="MineToPrepare">The reader may prepare it now.</param>
    /// <param name="MineToApprove">The reader may approve it now or send it back: an approver who did not prepare it.</param>
    public sealed record Item(
        Guid Id, string Tenant, Guid ApplicationId, string ReceiptNumber, string Title, string FirmName, int Tranche, Funder Funder, string PayeeKo, string PayeeEn,
        long Amount, PaymentStatus Status, bool MineToPrepare, bool MineToApprove, string? Comment, Instant? PaidAt);

    public async Task<IReadOnlyList<Item>> RunAsync(CancellationToken cancellationToken)
    {
        var rows = await (
            from order in db.Set<PaymentOrder>().AsNoTracking()
            where order.PayerOrganisationId == actor.OrganisationId
            join share in db.Set<ApplicationShare>() on new { order.TenantId, Id = order.ShareId } equals new { share.TenantId, share.Id }
            join payee in db.Set<Organisation>() on order.PayeeOrganisationId equals payee.Id into payees
            from payee in payees.DefaultIfEmpty()
            orderby order.Status == PaymentStatus.Paid, share.ReceiptNumber, order.TrancheNumber, order.Funder
            select new { Order = order, Share = share, Ko = payee == null ? null : payee.Ko, En = payee == null ? null : payee.En })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new Item(
            row.Order.Id, row.Order.TenantId, row.Order.ApplicationId, row.Share.ReceiptNumber, row.Share.ApplicationTitle, row.Share.FirmName,
            row.Order.TrancheNumber, row.Order.Funder, row.Ko ?? row.Share.FirmName, row.En ?? row.Share.FirmName, row.Order.Amount.Amount, row.Order.Status,
            row.Order.Status == PaymentStatus.Requested && actor.Is(MemberRole.Finance),
            row.Order.Status == PaymentStatus.Prepared && actor.Is(MemberRole.Approver) && row.Order.PreparedBy != actor.UserId,
            row.Order.Comment, row.Order.PaidAt))];
    }
}

/// <summary>The tranches of one case, with every funder's part.</summary>
public sealed class ListTranches(GrantsDb db)
{
    public sealed record Item(
        Guid Id, int Number, bool Last, TrancheStatus Status, long FirmAmount, bool DepositRecorded, Instant? PaidAt, IReadOnlyList<Order> Orders);

    public sealed record Order(Guid Id, Funder Funder, long Amount, PaymentStatus Status, Instant? PaidAt);

    public async Task<IReadOnlyList<Item>> RunAsync(Guid applicationId, CancellationToken cancellationToken)
    {
        var tranches = await db.Set<Tranche>().AsNoTracking().Where(tranche => tranche.ApplicationId == applicationId)
            .OrderBy(tranche => tranche.Number).ToListAsync(cancellationToken);
        var orders = (await db.Set<PaymentOrder>().AsNoTracking().Where(order => order.ApplicationId == applicationId)
            .OrderBy(order => order.Funder).ToListAsync(cancellationToken)).ToLookup(order => order.TrancheId);
        return [.. tranches.Select(tranche => new Item(
            tranche.Id, tranche.Number, tranche.Last, tranche.Status, tranche.FirmAmount.Amount,
            tranche.FirmAmount > Won.Zero && tranche.Status != TrancheStatus.AwaitingDeposit, tranche.PaidAt,
            [.. orders[tranche.Id].Select(order => new Order(order.Id, order.Funder, order.Amount.Amount, order.Status, order.PaidAt))]))];
    }
}
