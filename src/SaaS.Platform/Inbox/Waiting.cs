using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Inbox;

/// <summary>What can wait for a person.</summary>
public enum WaitingKind
{
    Task,
    Review,
    Inspection,
    Share,
    Agreement,
    Deposit,
    PaymentToPrepare,
    PaymentToApprove,
    DraftToPublish,
    DraftReturned,
    Publication,
    NationalGrant,
    SupplierCase,
    SupplierToName,
    DraftGuest,
    GuardRail,
    GuardRailChange,
    TermsChanged,
    CallCancelled,
    Waitlisted,
    Promoted,
    Invitation,
}

/// <summary>One thing that waits for one person: what, for whom the person acts, since and until when. The case is named where the reader may know of it.</summary>
public sealed record Waiting
{
    public required WaitingKind Kind { get; init; }

    public required string TenantId { get; init; }

    public required string TenantKo { get; init; }

    public required string TenantEn { get; init; }

    /// <summary>Of the task, the review, the payment order, …</summary>
    public required Guid Id { get; init; }

    public Guid? ApplicationId { get; init; }

    /// <summary>Of a draft that waits to be published or was sent back, and of what offends against a guard rail.</summary>
    public Guid? ProgrammeId { get; init; }

    /// <summary>Of a form that a firm has kept, whose terms have changed.</summary>
    public Guid? CallId { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>The body that the person acts for; null where the deed is the person's own.</summary>
    public Guid? OrganisationId { get; init; }

    public OrganisationKind? OrganisationKind { get; init; }

    public string? OrganisationKo { get; init; }

    public string? OrganisationEn { get; init; }

    /// <summary>As what it signs an agreement: Firm, Supplier, Tenant or LeadFirm.</summary>
    public string? Party { get; init; }

    /// <summary>The question of a task, the programme of a publication, the title of a project.</summary>
    public string? TitleKo { get; init; }

    public string? TitleEn { get; init; }

    public string? ReceiptNumber { get; init; }

    public string? FirmKo { get; init; }

    public string? FirmEn { get; init; }

    /// <summary>Of a share, a payment or a deposit (won).</summary>
    public long? Amount { get; init; }

    /// <summary>Of the tranche or the version; how often an invitation was sent.</summary>
    public int? Number { get; init; }

    /// <summary>Why a draft was sent back.</summary>
    public string? Reason { get; init; }

    public Instant? Since { get; init; }

    /// <summary>The last day.</summary>
    public LocalDate? DueOn { get; init; }
}

/// <summary>No table: the answer of <see cref="WaitingSql"/>.</summary>
internal sealed class WaitingConfiguration : IEntityTypeConfiguration<Waiting>
{
    public void Configure(EntityTypeBuilder<Waiting> builder) => builder.HasNoKey().ToTable((string?)null);
}
