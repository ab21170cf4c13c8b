using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;

namespace SaaS.Platform.Shares;

/// <summary>Central money that a tenant asks KOSMO to reserve for a tier of a call, and what KOSMO granted of it (won).</summary>
public sealed class NationalGrant : ITenantOwned
{
    private NationalGrant()
    {
    }

    public NationalGrant(Guid callId, string tier, Won asked)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tier);
        Id = Guid.CreateVersion7();
        CallId = callId;
        Tier = tier;
        Ask(asked);
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid CallId { get; private set; }

    public string Tier { get; private set; } = "";

    public Won Asked { get; private set; }

    /// <summary>All that was granted so far; zero keeps the tier closed.</summary>
    public Won Granted { get; private set; }

    public Guid? DecidedBy { get; private set; }

    public Instant? DecidedAt { get; private set; }

    public void Ask(Won asked)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(asked.Amount, Granted.Amount);
        Asked = asked;
    }

    /// <summary>Grants more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Nothing, or more in all than was asked.</exception>
    public void Grant(Won more, Guid decidedBy, Instant now)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(more.Amount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((Granted + more).Amount, Asked.Amount);
        (Granted, DecidedBy, DecidedAt) = (Granted + more, decidedBy, now);
    }
}

internal sealed class NationalGrantConfiguration : IEntityTypeConfiguration<NationalGrant>
{
    public void Configure(EntityTypeBuilder<NationalGrant> builder)
    {
        builder.ToTable("national_grants", table => table.HasCheckConstraint("ck_national_grants_within_asked", "granted >= 0 and granted <= asked"));
        builder.Property(grant => grant.Tier).HasMaxLength(40);
        builder.RefersTo<NationalGrant, Call>(nameof(NationalGrant.CallId));
        builder.HasTenantIndex(nameof(NationalGrant.CallId), nameof(NationalGrant.Tier)).IsUnique();
    }
}
