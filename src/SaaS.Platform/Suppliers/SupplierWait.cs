using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;

namespace SaaS.Platform.Suppliers;

public enum SupplierWaitStatus
{
    /// <summary>KOSMO examines the supplier.</summary>
    Examined,

    /// <summary>KOSMO refused it: the firm may name another.</summary>
    NameAnother,

    /// <summary>The application went on with a registered supplier.</summary>
    Settled,

    /// <summary>No other was named in time.</summary>
    Lapsed,
}

/// <summary>An application that waits in its intake, because its supplier is not in the register.</summary>
public sealed class SupplierWait : ITenantOwned
{
    /// <summary>Working days that a firm has to name another supplier.</summary>
    public const int Days = 10;

    private SupplierWait()
    {
    }

    public SupplierWait(Guid applicationId, Guid bookmarkId, Guid supplierCaseId, Instant since)
    {
        Id = Guid.CreateVersion7();
        ApplicationId = applicationId;
        BookmarkId = bookmarkId;
        SupplierCaseId = supplierCaseId;
        Since = since;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid ApplicationId { get; private set; }

    public Guid BookmarkId { get; private set; }

    public Guid SupplierCaseId { get; private set; }

    public Instant Since { get; private set; }

    public SupplierWaitStatus Status { get; private set; }

    /// <summary>The last day on which the firm may name another supplier.</summary>
    public LocalDate? NameUntil { get; private set; }

    public void AskForAnother(LocalDate until) => (Status, NameUntil) = (SupplierWaitStatus.NameAnother, until);

    public void Settle() => Status = SupplierWaitStatus.Settled;

    public void Lapse() => Status = SupplierWaitStatus.Lapsed;
}

internal sealed class SupplierWaitConfiguration : IEntityTypeConfiguration<SupplierWait>
{
    public void Configure(EntityTypeBuilder<SupplierWait> builder)
    {
        builder.ToTable("supplier_waits");
        builder.RefersTo<SupplierWait, GrantApplication>(nameof(SupplierWait.ApplicationId));
        builder.HasOne<SupplierCase>().WithMany().HasForeignKey(wait => wait.SupplierCaseId).OnDelete(DeleteBehavior.Restrict);
        builder.HasTenantIndex(nameof(SupplierWait.ApplicationId)).IsUnique();
        builder.HasTenantIndex(nameof(SupplierWait.SupplierCaseId));
    }
}
