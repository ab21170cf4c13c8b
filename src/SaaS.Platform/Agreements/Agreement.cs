using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Agreements;

public enum AgreementStatus
{
    AwaitingSignatures,
    Signed,
    Declined,

    /// <summary>Not all parties signed in time.</summary>
    Lapsed,

    /// <summary>The case ended before all parties had signed.</summary>
    Cancelled,
}

/// <summary>The contract of a project (협약). It stands when every party has signed.</summary>
public sealed class Agreement : ITenantOwned
{
    private Agreement()
    {
    }

    public Agreement(Guid applicationId, Guid bookmarkId, LocalDate dueOn, Instant createdAt)
    {
        Id = Guid.CreateVersion7();
        ApplicationId = applicationId;
        BookmarkId = bookmarkId;
        DueOn = dueOn;
        CreatedAt = createdAt;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid ApplicationId { get; private set; }

    public Guid BookmarkId { get; private set; }

    /// <summary>Last day to sign, Korean time.</summary>
    public LocalDate DueOn { get; private set; }

    public Instant CreatedAt { get; private set; }

    public AgreementStatus Status { get; private set; }

    public Instant? ConcludedAt { get; private set; }

    public void Conclude(AgreementStatus status, Instant now)
    {
        if (Status != AgreementStatus.AwaitingSignatures)
        {
            throw new InvalidOperationException($"Agreement {Id} is {Status}; it is concluded.");
        }

        (Status, ConcludedAt) = (status, now);
    }
}

/// <summary>One party's signature, or its place while it is missing.</summary>
public sealed class AgreementSignature : ITenantOwned
{
    private AgreementSignature()
    {
    }

    /// <param name="agreementId">The agreement.</param>
    /// <param name="party">Firm, Supplier, Tenant or LeadFirm, as the definition names it.</param>
    /// <param name="organisationId">The body that signs.</param>
    public AgreementSignature(Guid agreementId, string party, Guid organisationId)
    {
        Id = Guid.CreateVersion7();
        AgreementId = agreementId;
        Party = party;
        OrganisationId = organisationId;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid AgreementId { get; private set; }

    public string Party { get; private set; } = "";

    public Guid OrganisationId { get; private set; }

    public Guid? SignedBy { get; private set; }

    public Instant? SignedAt { get; private set; }

    public void Sign(Guid signedBy, Instant now)
    {
        if (SignedAt is not null)
        {
            throw new InvalidOperationException($"Signature {Id} was given at {SignedAt}.");
        }

        (SignedBy, SignedAt) = (signedBy, now);
    }
}

internal sealed class AgreementConfiguration : IEntityTypeConfiguration<Agreement>
{
    public void Configure(EntityTypeBuilder<Agreement> builder)
    {
        builder.ToTable("agreements");
        builder.Property(agreement => agreement.Status).HasMaxLength(30);
        builder.RefersTo<Agreement, GrantApplication>(nameof(Agreement.ApplicationId));
        builder.HasTenantIndex(nameof(Agreement.ApplicationId));
        builder.HasTenantIndex(nameof(Agreement.BookmarkId)).IsUnique();
    }
}

internal sealed class AgreementSignatureConfiguration : IEntityTypeConfiguration<AgreementSignature>
{
    public void Configure(EntityTypeBuilder<AgreementSignature> builder)
    {
        builder.ToTable("agreement_signatures");
        builder.Property(signature => signature.Party).HasMaxLength(20);
        builder.RefersTo<AgreementSignature, Agreement>(nameof(AgreementSignature.AgreementId));
        builder.HasOne<Organisation>().WithMany().HasForeignKey(signature => signature.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasTenantIndex(nameof(AgreementSignature.AgreementId), nameof(AgreementSignature.Party)).IsUnique();
        builder.HasIndex(signature => signature.OrganisationId);
    }
}
