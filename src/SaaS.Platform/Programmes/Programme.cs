using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SaaS.Platform.Data;

namespace SaaS.Platform.Programmes;

/// <summary>Which national frame a programme stands in; guard rails differ by it.</summary>
public enum ProgrammeModel
{
    Standard,
    WinWin,
    LocalGovernment,
    TopUp,
}

/// <summary>A tenant's policy under which calls are opened. What it says is in its definition versions, nowhere else.</summary>
public sealed class Programme : ITenantOwned
{
    private Programme()
    {
    }

    public Programme(string slug, ProgrammeModel model, string ko, string en)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(slug);
        Id = Guid.CreateVersion7();
        Slug = slug;
        Describe(model, ko, en);
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    /// <summary>Stable within the tenant; it stands in the definition and in file names.</summary>
    public string Slug { get; private set; } = "";

    public ProgrammeModel Model { get; private set; }

    public string Ko { get; private set; } = "";

    public string En { get; private set; } = "";

    /// <summary>Takes over what the newest published definition says of itself.</summary>
    public void Describe(ProgrammeModel model, string ko, string en)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ko);
        ArgumentException.ThrowIfNullOrWhiteSpace(en);
        (Model, Ko, En) = (model, ko, en);
    }
}

internal sealed class ProgrammeConfiguration : IEntityTypeConfiguration<Programme>
{
    public void Configure(EntityTypeBuilder<Programme> builder)
    {
        builder.ToTable("programmes");
        builder.Property(programme => programme.Slug).HasMaxLength(80);
        builder.Property(programme => programme.Ko).HasMaxLength(200);
        builder.Property(programme => programme.En).HasMaxLength(200);
        builder.HasTenantIndex(nameof(Programme.Slug)).IsUnique();
    }
}
