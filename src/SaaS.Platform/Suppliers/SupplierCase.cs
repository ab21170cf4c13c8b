using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Domain.Calendar;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Suppliers;

public enum SupplierCaseStatus
{
    Open,
    Approved,
    Refused,
}

/// <summary>
/// KOSMO's examination of a supplier that an application names and that is not in the register. One for a supplier, however many
/// applications name it; known to the whole platform, as the register is.
/// </summary>
public sealed class SupplierCase
{
    /// <summary>Working days that KOSMO has for it.</summary>
    public const int Days = 10;

    private SupplierCase()
    {
    }

    public SupplierCase(Guid supplierId, Instant openedAt, LocalDate today)
    {
        Id = Guid.CreateVersion7();
        SupplierId = supplierId;
        OpenedAt = openedAt;
        DueOn = WorkingDays.After(today, Days);
    }

    public Guid Id { get; private set; }

    public Guid SupplierId { get; private set; }

    public Instant OpenedAt { get; private set; }

    /// <summary>The last working day to decide on.</summary>
    public LocalDate DueOn { get; private set; }

    public SupplierCaseStatus Status { get; private set; }

    /// <summary>Why it was refused; what was remarked when it was approved.</summary>
    public string? Reason { get; private set; }

    public Guid? DecidedBy { get; private set; }

    public Instant? DecidedAt { get; private set; }

    /// <exception cref="InvalidOperationException">It was decided before.</exception>
    public void Decide(bool approve, string? reason, Guid by, Instant now)
    {
        if (Status is not SupplierCaseStatus.Open)
        {
            throw new InvalidOperationException($"Supplier case {Id} is {Status}.");
        }

        (Status, Reason, DecidedBy, DecidedAt) = (approve ? SupplierCaseStatus.Approved : SupplierCaseStatus.Refused, reason, by, now);
    }
}

internal sealed class SupplierCaseConfiguration : IEntityTypeConfiguration<SupplierCase>
{
    public void Configure(EntityTypeBuilder<SupplierCase> builder)
    {
        builder.ToTable("supplier_cases");
        builder.Property(row => row.Reason).HasMaxLength(2000);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(row => row.SupplierId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.SupplierId).IsUnique().HasFilter("status = 'Open'");
    }
}
