using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SaaS.Domain.Money;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Shares;

/// <summary>What one funder set aside for a call (won). Reserved, committed and paid move by conditional updates only: see <see cref="MoveMoney"/>.</summary>
public sealed class BudgetLine : ITenantOwned
{
    private BudgetLine()
    {
    }

    /// <param name="callId">The call.</param>
    /// <param name="tier">The tier that it is for; null for all tiers of the call.</param>
    /// <param name="funder">The kind of funder.</param>
    /// <param name="funderOrganisationId">The body whose money it is.</param>
    /// <param name="appropriated">Not negative.</param>
    public BudgetLine(Guid callId, string? tier, Funder funder, Guid funderOrganisationId, Won appropriated)
    {
        Id = Guid.CreateVersion7();
        CallId = callId;
        Tier = tier;
        Funder = funder;
        FunderOrganisationId = funderOrganisationId;
        Appropriate(appropriated);
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid CallId { get; private set; }

    public string? Tier { get; private set; }

    public Funder Funder { get; private set; }

    public Guid FunderOrganisationId { get; private set; }

    public Won Appropriated { get; private set; }

    public Won Reserved { get; private set; }

    public Won Committed { get; private set; }

    public Won Paid { get; private set; }

    /// <summary>What can still be reserved.</summary>
    public Won Free => Appropriated - Reserved - Committed - Paid;

    /// <summary>Sets the amount; the database refuses one below what is already bound.</summary>
    public void Appropriate(Won amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount.Amount);
        Appropriated = amount;
    }
}

internal sealed class BudgetLineConfiguration : IEntityTypeConfiguration<BudgetLine>
{
    public void Configure(EntityTypeBuilder<BudgetLine> builder)
    {
        builder.ToTable("budget_lines", table =>
        {
            table.HasCheckConstraint("ck_budget_lines_not_negative", "appropriated >= 0 and reserved >= 0 and committed >= 0 and paid >= 0");
            table.HasCheckConstraint("ck_budget_lines_not_overspent", "reserved + committed + paid <= appropriated");
        });
        builder.Property(line => line.Tier).HasMaxLength(40);
        builder.Property(line => line.Funder).HasMaxLength(20);
        builder.Ignore(line => line.Free);
        builder.RefersTo<BudgetLine, Call>(nameof(BudgetLine.CallId));
        builder.HasOne<Organisation>().WithMany().HasForeignKey(line => line.FunderOrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasTenantIndex(nameof(BudgetLine.CallId), nameof(BudgetLine.Funder), nameof(BudgetLine.FunderOrganisationId), nameof(BudgetLine.Tier))
            .IsUnique().AreNullsDistinct(false);
        builder.HasIndex(line => line.FunderOrganisationId);
    }
}
