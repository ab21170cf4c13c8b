using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;
using SaaS.Platform.Shares;

namespace SaaS.Platform.Disbursements;

public enum PaymentStatus
{
    /// <summary>The firm has not deposited its part yet.</summary>
    Planned,
    Requested,

    /// <summary>A finance clerk of the payer has prepared it (maker).</summary>
    Prepared,

    /// <summary>Another person has approved it (checker); a job pays it.</summary>
    Approved,
    Paid,
}

/// <summary>One funder's part of a tranche. Its id is the idempotency key of the payment: it is paid once, however often it is tried.</summary>
public sealed class PaymentOrder : ITenantOwned
{
    private PaymentOrder()
    {
    }

    public PaymentOrder(Tranche tranche, ApplicationShare share, Won amount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(amount.Amount, 1);
        Id = Guid.CreateVersion7();
        TrancheId = tranche.Id;
        TrancheNumber = tranche.Number;
        ApplicationId = tranche.ApplicationId;
        ShareId = share.Id;
        Funder = share.Funder;
        PayerOrganisationId = share.PayerOrganisationId;
        PayeeOrganisationId = tranche.PayeeOrganisationId;
        Amount = amount;
        Status = tranche.DepositFirst && tranche.FirmAmount > Won.Zero ? PaymentStatus.Planned : PaymentStatus.Requested;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid TrancheId { get; private set; }

    public int TrancheNumber { get; private set; }

    public Guid ApplicationId { get; private set; }

    public Guid ShareId { get; private set; }

    public Funder Funder { get; private set; }

    public Guid PayerOrganisationId { get; private set; }

    public Guid PayeeOrganisationId { get; private set; }

    public Won Amount { get; private set; }

    public PaymentStatus Status { get; private set; }

    public Guid? PreparedBy { get; private set; }

    public Guid? ApprovedBy { get; private set; }

    public Instant? PaidAt { get; private set; }

    /// <summary>Why the checker sent it back.</summary>
    public string? Comment { get; private set; }

    public void Request() => Move(PaymentStatus.Planned, PaymentStatus.Requested);

    public void Prepare(Guid by)
    {
        Move(PaymentStatus.Requested, PaymentStatus.Prepared);
        (PreparedBy, Comment) = (by, null);
    }

    /// <exception cref="InvalidOperationException">The same person prepared it.</exception>
    public void Approve(Guid by)
    {
        if (by == PreparedBy)
        {
            throw new InvalidOperationException($"Payment order {Id} was prepared by the same person.");
        }

        Move(PaymentStatus.Prepared, PaymentStatus.Approved);
        ApprovedBy = by;
    }

    public void SendBack(string comment)
    {
        Move(PaymentStatus.Prepared, PaymentStatus.Requested);
        Comment = comment;
    }

    public void MarkPaid(Instant now)
    {
        Move(PaymentStatus.Approved, PaymentStatus.Paid);
        PaidAt = now;
    }

    private void Move(PaymentStatus from, PaymentStatus to)
    {
        if (Status != from)
        {
            throw new InvalidOperationException($"Payment order {Id} is {Status}, not {from}.");
        }

        Status = to;
    }
}

internal sealed class PaymentOrderConfiguration : IEntityTypeConfiguration<PaymentOrder>
{
    public void Configure(EntityTypeBuilder<PaymentOrder> builder)
    {
        builder.ToTable("payment_orders", table =>
        {
            table.HasCheckConstraint("ck_payment_orders_amount", "amount > 0");
            table.HasCheckConstraint("ck_payment_orders_two_people", "approved_by is null or approved_by <> prepared_by");
        });
        builder.Property(order => order.Funder).HasMaxLength(20);
        builder.Property(order => order.Status).HasMaxLength(20);
        builder.Property(order => order.Comment).HasMaxLength(2000);
        builder.RefersTo<PaymentOrder, Tranche>(nameof(PaymentOrder.TrancheId));
        builder.RefersTo<PaymentOrder, ApplicationShare>(nameof(PaymentOrder.ShareId));
        builder.HasOne<Organisation>().WithMany().HasForeignKey(order => order.PayerOrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(order => order.PayeeOrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasTenantIndex(nameof(PaymentOrder.TrancheId), nameof(PaymentOrder.ShareId)).IsUnique();
        builder.HasTenantIndex(nameof(PaymentOrder.ApplicationId));
        builder.HasIndex(order => new { order.PayerOrganisationId, order.Status });
    }
}
