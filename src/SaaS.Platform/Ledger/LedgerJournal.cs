using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;

namespace SaaS.Platform.Ledger;

/// <summary>What a journal does with money.</summary>
public enum JournalKind
{
    Reserve,
    Commit,
    Pay,
    InKind,
    Release,
}

/// <summary>One movement of money: postings that add up to zero. Append-only; a mistake is mended by another journal.</summary>
public sealed class LedgerJournal : ITenantOwned
{
    private LedgerJournal()
    {
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    /// <summary>What the journal was posted for, for example <c>pay:&lt;payment order&gt;</c>: a second posting under it changes nothing.</summary>
    public string IdempotencyKey { get; private set; } = "";

    public JournalKind Kind { get; private set; }

    public Guid ApplicationId { get; private set; }

    public Instant At { get; private set; }

    /// <summary><c>user:…</c> or <c>job:…</c>.</summary>
    public string Actor { get; private set; } = "";

    public string Memo { get; private set; } = "";
}

/// <summary>One line of a journal: won onto an account, negative off it.</summary>
public sealed class LedgerPosting : ITenantOwned
{
    private LedgerPosting()
    {
    }

    public Guid JournalId { get; private set; }

    public string TenantId { get; private set; } = "";

    public int Line { get; private set; }

    public Guid AccountId { get; private set; }

    /// <summary>Whole won, never zero.</summary>
    public long Amount { get; private set; }
}

internal sealed class LedgerJournalConfiguration : IEntityTypeConfiguration<LedgerJournal>
{
    public void Configure(EntityTypeBuilder<LedgerJournal> builder)
    {
        builder.ToTable("ledger_journals");
        builder.Property(journal => journal.IdempotencyKey).HasMaxLength(120);
        builder.Property(journal => journal.Kind).HasMaxLength(20);
        builder.Property(journal => journal.Actor).HasMaxLength(120);
        builder.Property(journal => journal.Memo).HasMaxLength(400);
        builder.RefersTo<LedgerJournal, GrantApplication>(nameof(LedgerJournal.ApplicationId));
        builder.HasTenantIndex(nameof(LedgerJournal.IdempotencyKey)).IsUnique();
        builder.HasTenantIndex(nameof(LedgerJournal.ApplicationId));
    }
}

internal sealed class LedgerPostingConfiguration : IEntityTypeConfiguration<LedgerPosting>
{
    public void Configure(EntityTypeBuilder<LedgerPosting> builder)
    {
        builder.ToTable("ledger_postings", table => table.HasCheckConstraint("ck_ledger_postings_amount", "amount <> 0"));
        builder.HasKey(posting => new { posting.TenantId, posting.JournalId, posting.Line });
        builder.RefersTo<LedgerPosting, LedgerJournal>(nameof(LedgerPosting.JournalId));
        builder.RefersTo<LedgerPosting, LedgerAccount>(nameof(LedgerPosting.AccountId));
        builder.HasTenantIndex(nameof(LedgerPosting.AccountId));
    }
}
