using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Programmes;
using SaaS.Workflows.Checking;

namespace SaaS.Platform.Oversight;

/// <summary>
/// A guard rail as somebody of the national operator wrote it. Known to the whole platform once a second person agreed; never changed
/// after that: what is to hold otherwise is written anew, with a later day.
/// </summary>
public sealed class WrittenGuardRail
{
    public const int LongestReason = 1_000;

    private WrittenGuardRail()
    {
    }

    /// <param name="rail">Checked by <see cref="GuardRailRules"/>.</param>
    /// <param name="reason">Why.</param>
    /// <param name="writtenBy">Null for those that came with the product.</param>
    /// <param name="now">When.</param>
    public WrittenGuardRail(GuardRail rail, string reason, Guid? writtenBy, Instant now)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        Id = Guid.CreateVersion7();
        Model = Enum.Parse<ProgrammeModel>(rail.Model);
        (NationalMoney, FromYear, ValidFrom, Source) = (rail.NationalMoney, rail.FromYear, rail.ValidFrom, rail.Source);
        Limits = GuardRailFile.Write(rail.Limits);
        (Reason, WrittenBy, WrittenAt) = (reason, writtenBy, now);
    }

    public Guid Id { get; private set; }

    public ProgrammeModel Model { get; private set; }

    public bool NationalMoney { get; private set; }

    public int FromYear { get; private set; }

    public LocalDate ValidFrom { get; private set; }

    /// <summary>JSON text: <see cref="GuardRailLimits"/>.</summary>
    public string Limits { get; private set; } = "{}";

    public string Source { get; private set; } = "";

    public string Reason { get; private set; } = "";

    public Guid? WrittenBy { get; private set; }

    public Instant WrittenAt { get; private set; }

    public GuardRail ToRail() => new(Model.ToString(), NationalMoney, FromYear, ValidFrom, GuardRailFile.ReadLimits(Limits), Source);
}

/// <summary>A second person's answer to a guard rail: one for each, for ever.</summary>
public sealed class GuardRailDecision
{
    public required Guid GuardRailId { get; init; }

    public required bool Approved { get; init; }

    public string? Reason { get; init; }

    /// <summary>Null for those that came with the product.</summary>
    public Guid? DecidedBy { get; init; }

    public required Instant DecidedAt { get; init; }
}

internal sealed class WrittenGuardRailConfiguration : IEntityTypeConfiguration<WrittenGuardRail>
{
    public void Configure(EntityTypeBuilder<WrittenGuardRail> builder)
    {
        builder.ToTable("guard_rails");
        builder.Property(rail => rail.Limits).HasColumnType("jsonb");
        builder.Property(rail => rail.Source).HasMaxLength(GuardRailRules.LongestSource);
        builder.Property(rail => rail.Reason).HasMaxLength(WrittenGuardRail.LongestReason);
    }
}

internal sealed class GuardRailDecisionConfiguration : IEntityTypeConfiguration<GuardRailDecision>
{
    public void Configure(EntityTypeBuilder<GuardRailDecision> builder)
    {
        builder.ToTable("guard_rail_decisions");
        builder.HasKey(decision => decision.GuardRailId);
        builder.Property(decision => decision.Reason).HasMaxLength(WrittenGuardRail.LongestReason);
        builder.HasOne<WrittenGuardRail>().WithOne().HasForeignKey<GuardRailDecision>(decision => decision.GuardRailId).OnDelete(DeleteBehavior.Restrict);
    }
}
