using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SaaS.Platform.Data;

namespace SaaS.Platform.Applications;

/// <summary>The last receipt number given out in a tenant's year. One row a tenant and year, so that no tenant learns another's volume.</summary>
public sealed class ReceiptCounter : ITenantOwned
{
    public string TenantId { get; private set; } = "";

    public int Year { get; private set; }

    public int Last { get; private set; }
}

internal sealed class ReceiptCounterConfiguration : IEntityTypeConfiguration<ReceiptCounter>
{
    public void Configure(EntityTypeBuilder<ReceiptCounter> builder)
    {
        builder.ToTable("receipt_counters");
        builder.HasKey(counter => new { counter.TenantId, counter.Year });
        builder.Property(counter => counter.Year).ValueGeneratedNever();
    }
}
