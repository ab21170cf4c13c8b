using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Disbursements;

public enum TrancheStatus
{
    AwaitingDeposit,
    Open,
    Paid,
}

/// <summary>One of the payments in which a project's money flows, over all funders.</summary>
public sealed class Tranche : ITenantOwned
{
    private Tranche()
    {
    }

    public Tranche(Guid applicationId, Guid bookmarkId, TrancheTerms terms, Guid payeeOrganisationId, Won firmAmount, Instant openedAt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(terms.Number, 1);
        Id = Guid.CreateVersion7();
        ApplicationId = applicationId;
        BookmarkId = bookmarkId;
        Number = terms.Number;
        Last = terms.Last;
        DepositFirst = terms.DepositFirst;
        PayeeOrganisationId = payeeOrganisationId;
        FirmAmount = firmAmount;
        OpenedAt = openedAt;
        Status = firmAmount > Won.Zero ? TrancheStatus.AwaitingDeposit : TrancheStatus.Open;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid ApplicationId { get; private set; }

    public Guid BookmarkId { get; private set; }

    /// <summary>From 1.</summary>
    public int Number { get; private set; }

    public bool Last { get; private set; }

    /// <summary>Public money moves only after the firm has deposited its own part.</summary>
    public bool DepositFirst { get; private set; }

    /// <summary>Who receives the money: the supplier, or the firm against proof.</summary>
    public Guid PayeeOrganisationId { get; private set; }

    /// <summary>The firm's own part of this tranche (won).</summary>
    public Won FirmAmount { get; private set; }

    public TrancheStatus Status { get; private set; }

    public Instant OpenedAt { get; private set; }

    public Instant? PaidAt { get; private set; }

    public void DepositReceived()
    {
        if (Status != TrancheStatus.AwaitingDeposit)
        {
            throw new InvalidOperationException($"Tranche {Id} is {Status}; it waits for no deposit.");
        }

        Status = TrancheStatus.Open;
    }

    public void MarkPaid(Instant now)
    {
        if (Status != TrancheStatus.Open)
        {
            throw new InvalidOperationException($"Tranche {Id} is {Status}; it cannot be paid.");
        }

        (Status, PaidAt) = (TrancheStatus.Paid, now);
    }
}

/// <summary>What the definition says of a tranche.</summary>
/// <param name="PercentBp">Its part of each share in basis points; the last one takes what is left.</param>
public sealed record TrancheTerms(int Number, int PercentBp, bool Last, string Payee, bool DepositFirst);

/// <summary>The firm's proof that it paid its part of a tranche.</summary>
public sealed class Deposit : ITenantOwned
{
    private Deposit()
    {
    }

    public Deposit(Guid trancheId, Won amount, string bankReference, LocalDate depositedOn, Guid recordedBy, Instant recordedAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(bankReference);
        Id = Guid.CreateVersion7();
        TrancheId = trancheId;
        Amount = amount;
        BankReference = bankReference;
        DepositedOn = depositedOn;
        RecordedBy = recordedBy;
        RecordedAt = recordedAt;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid TrancheId { get; private set; }

    public Won Amount { get; private set; }

    public string BankReference { get; private set; } = "";

    public LocalDate DepositedOn { get; private set; }

    public Guid RecordedBy { get; private set; }

    public Instant RecordedAt { get; private set; }
}

internal sealed class TrancheConfiguration : IEntityTypeConfiguration<Tranche>
{
    public void Configure(EntityTypeBuilder<Tranche> builder)
    {
        builder.ToTable("tranches");
        builder.Property(tranche => tranche.Status).HasMaxLength(20);
        builder.RefersTo<Tranche, GrantApplication>(nameof(Tranche.ApplicationId));
        builder.HasOne<Organisation>().WithMany().HasForeignKey(tranche => tranche.PayeeOrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasTenantIndex(nameof(Tranche.ApplicationId), nameof(Tranche.Number)).IsUnique();
        builder.HasTenantIndex(nameof(Tranche.BookmarkId)).IsUnique();
    }
}

internal sealed class DepositConfiguration : IEntityTypeConfiguration<Deposit>
{
    public void Configure(EntityTypeBuilder<Deposit> builder)
    {
        builder.ToTable("deposits", table => table.HasCheckConstraint("ck_deposits_amount", "amount > 0"));
        builder.Property(deposit => deposit.BankReference).HasMaxLength(100);
        builder.RefersTo<Deposit, Tranche>(nameof(Deposit.TrancheId));
        builder.HasTenantIndex(nameof(Deposit.TrancheId)).IsUnique();
    }
}
