using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SaaS.Domain.Money;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;
using SaaS.Platform.Shares;

namespace SaaS.Platform.Ledger;

/// <summary>Where a funder's money for one application stands. Money moves from one to the next; <see cref="Available"/> is what it is taken from.</summary>
public enum AccountKind
{
    Available,
    Reserved,
    Committed,
    Paid,

    /// <summary>Given in kind (people, equipment): an obligation that was met, but no cash flow.</summary>
    InKind,
}

/// <summary>One account of one funder in one application. Its balance is the sum of its postings (won) and stands nowhere else.</summary>
public sealed class LedgerAccount : ITenantOwned
{
    private LedgerAccount()
    {
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid ApplicationId { get; private set; }

    /// <summary>The line that the funder's money comes from; null for the firm, which has no budget here.</summary>
    public Guid? BudgetLineId { get; private set; }

    public Funder Funder { get; private set; }

    public Guid OrganisationId { get; private set; }

    public AccountKind Kind { get; private set; }
}

internal sealed class LedgerAccountConfiguration : IEntityTypeConfiguration<LedgerAccount>
{
    public void Configure(EntityTypeBuilder<LedgerAccount> builder)
    {
        builder.ToTable("ledger_accounts");
        builder.Property(account => account.Funder).HasMaxLength(20);
        builder.Property(account => account.Kind).HasMaxLength(20);
        builder.RefersTo<LedgerAccount, GrantApplication>(nameof(LedgerAccount.ApplicationId));
        builder.RefersTo<LedgerAccount, BudgetLine>(nameof(LedgerAccount.BudgetLineId));
        builder.HasOne<Organisation>().WithMany().HasForeignKey(account => account.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasTenantIndex(nameof(LedgerAccount.ApplicationId), nameof(LedgerAccount.Funder), nameof(LedgerAccount.Kind)).IsUnique();
        builder.HasIndex(account => account.OrganisationId);
    }
}
