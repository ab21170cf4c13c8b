using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SaaS.Domain.Money;
using SaaS.Platform.Data;

namespace SaaS.Platform.Applications;

/// <summary>One line of an application's cost plan, without value-added tax.</summary>
public sealed class CostLine : ITenantOwned
{
    private CostLine()
    {
    }

    public CostLine(Guid applicationId, int position, string label, Won amount)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(label);
        ArgumentOutOfRangeException.ThrowIfLessThan(amount.Amount, 1, nameof(amount));
        Id = Guid.CreateVersion7();
        ApplicationId = applicationId;
        Position = position;
        Label = label;
        Amount = amount;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid ApplicationId { get; private set; }

    public int Position { get; private set; }

    public string Label { get; private set; } = "";

    public Won Amount { get; private set; }
}

internal sealed class CostLineConfiguration : IEntityTypeConfiguration<CostLine>
{
    public void Configure(EntityTypeBuilder<CostLine> builder)
    {
        builder.ToTable("cost_lines", table => table.HasCheckConstraint("ck_cost_lines_amount", "amount > 0"));
        builder.Property(line => line.Label).HasMaxLength(200);
        builder.RefersTo<CostLine, GrantApplication>(nameof(CostLine.ApplicationId));
        builder.HasTenantIndex(nameof(CostLine.ApplicationId));
    }
}
