using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SaaS.Domain.Money;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Firms;

/// <summary>What is known about a small or medium-sized firm for eligibility. Unknown is null, never 0.</summary>
public sealed class Firm
{
    public required Guid OrganisationId { get; init; }

    public int? Employees { get; set; }

    public Won? Revenue { get; set; }

    /// <summary>Average yearly sales over three years (KRW won).</summary>
    public Won? AverageSales { get; set; }

    public Won? Assets { get; set; }

    /// <summary>False when a larger group holds it.</summary>
    public bool? Independent { get; set; }

    /// <summary>Korean standard industrial classification, such as C10.</summary>
    public required string Ksic { get; set; }

    /// <summary>Smart-factory level already reached, 0 to 5.</summary>
    public int Level { get; set; }

    public bool TaxArrears { get; set; }

    /// <summary>Barred from national research and support programmes.</summary>
    public bool Banned { get; set; }
}

internal sealed class FirmConfiguration : IEntityTypeConfiguration<Firm>
{
    public void Configure(EntityTypeBuilder<Firm> builder)
    {
        builder.ToTable("firms");
        builder.HasKey(firm => firm.OrganisationId);
        builder.Property(firm => firm.Ksic).HasMaxLength(10);
        builder.HasOne<Organisation>().WithOne().HasForeignKey<Firm>(firm => firm.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}
