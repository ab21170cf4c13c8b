using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Shares;

/// <summary>How far a funder is bound to its share.</summary>
public enum ShareStatus
{
    Planned,
    Reserved,
    Committed,
    Refused,
    Released,

    /// <summary>The funder did not decide in time.</summary>
    Lapsed,
}

/// <summary>What one funder bears of one application (won), as the programme's version divided the cost at submission.</summary>
public sealed class ApplicationShare : ITenantOwned
{
    private ApplicationShare()
    {
    }

    public ApplicationShare(GrantApplication application, FunderShare share, Won roundingUnit)
    {
        Id = Guid.CreateVersion7();
        ApplicationId = application.Id;
        Funder = share.Funder;
        FunderOrganisationId = share.OrganisationId;
        PayerOrganisationId = share.PayerOrganisationId;
        Amount = new Won(share.Amount);
        BasisPoints = share.BasisPoints;
        RoundingUnit = roundingUnit;
        ApplicationTitle = application.Title;
        ReceiptNumber = application.ReceiptNumber;
        FirmName = application.FirmNameKo;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid ApplicationId { get; private set; }

    public Funder Funder { get; private set; }

    public Guid FunderOrganisationId { get; private set; }

    public Guid PayerOrganisationId { get; private set; }

    public Won Amount { get; private set; }

    /// <summary>The part that is given in kind; only a lead firm may. It is never paid out.</summary>
    public Won InKind { get; private set; }

    /// <summary>The part that flows as money, in tranches.</summary>
    public Won Cash => Amount - InKind;

    public int BasisPoints { get; private set; }

    /// <summary>What tranches are rounded down to.</summary>
    public Won RoundingUnit { get; private set; }

    public ShareStatus Status { get; private set; }

    public Guid? BudgetLineId { get; private set; }

    /// <summary>Where the workflow waits for the funder's decision; null when it does not (yet).</summary>
    public Guid? BookmarkId { get; private set; }

    public LocalDate? DueOn { get; private set; }

    public Guid? DecidedBy { get; private set; }

    public Instant? DecidedAt { get; private set; }

    public string? Comment { get; private set; }

    // The narrow picture of the case that a co-funder gets: it does not see the application itself.
    public string ApplicationTitle { get; private set; } = "";

    public string ReceiptNumber { get; private set; } = "";

    public string FirmName { get; private set; } = "";

    public bool AwaitsDecision => BookmarkId is not null && DecidedAt is null && Status is (ShareStatus.Planned or ShareStatus.Reserved);

    /// <summary>The workflow asks the funder to decide.</summary>
    public void AskFunder(Guid bookmarkId, LocalDate dueOn) => (BookmarkId, DueOn) = (bookmarkId, dueOn);

    public void Reserve(Guid? budgetLineId)
    {
        Require(ShareStatus.Planned);
        (Status, BudgetLineId) = (ShareStatus.Reserved, budgetLineId);
    }

    /// <param name="inKind">0 up to the whole share.</param>
    public void Commit(Won inKind)
    {
        Require(ShareStatus.Reserved);
        ArgumentOutOfRangeException.ThrowIfNegative(inKind.Amount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(inKind.Amount, Amount.Amount);
        (Status, InKind) = (ShareStatus.Committed, inKind);
    }

    /// <summary>Who decided, and when; together with <see cref="Commit"/> or <see cref="Refuse"/>.</summary>
    public void Decide(Guid? decidedBy, Instant now, string? comment) => (DecidedBy, DecidedAt, Comment) = (decidedBy, now, comment);

    public void Refuse()
    {
        if (Status is not (ShareStatus.Planned or ShareStatus.Reserved))
        {
            throw new InvalidOperationException($"Share {Id} is {Status}; it cannot be refused any more.");
        }

        Status = ShareStatus.Refused;
    }

    /// <summary>The funder let its time pass; nobody decides any more.</summary>
    public void Lapse(Instant now)
    {
        if (!AwaitsDecision)
        {
            throw new InvalidOperationException($"Share {Id} does not wait for a decision.");
        }

        (Status, DecidedAt) = (ShareStatus.Lapsed, now);
    }

    /// <summary>The case has ended: what is not paid goes back.</summary>
    public void Release() => Status = ShareStatus.Released;

    private void Require(ShareStatus status)
    {
        if (Status != status)
        {
            throw new InvalidOperationException($"Share {Id} is {Status}, not {status}.");
        }
    }
}

internal sealed class ApplicationShareConfiguration : IEntityTypeConfiguration<ApplicationShare>
{
    public void Configure(EntityTypeBuilder<ApplicationShare> builder)
    {
        builder.ToTable("application_shares", table => table.HasCheckConstraint("ck_application_shares_amounts", "amount >= 0 and in_kind >= 0 and in_kind <= amount"));
        builder.Property(share => share.Funder).HasMaxLength(20);
        builder.Property(share => share.Status).HasMaxLength(20);
        builder.Property(share => share.ApplicationTitle).HasMaxLength(200);
        builder.Property(share => share.ReceiptNumber).HasMaxLength(80);
        builder.Property(share => share.FirmName).HasMaxLength(200);
        builder.Property(share => share.Comment).HasMaxLength(2000);
        builder.Ignore(share => share.Cash);
        builder.Ignore(share => share.AwaitsDecision);
        builder.RefersTo<ApplicationShare, GrantApplication>(nameof(ApplicationShare.ApplicationId));
        builder.RefersTo<ApplicationShare, BudgetLine>(nameof(ApplicationShare.BudgetLineId));
        builder.HasOne<Organisation>().WithMany().HasForeignKey(share => share.FunderOrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(share => share.PayerOrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasTenantIndex(nameof(ApplicationShare.ApplicationId), nameof(ApplicationShare.Funder)).IsUnique();
        builder.HasIndex(share => share.FunderOrganisationId);
    }
}
