using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Firms;
using SaaS.Platform.Organisations;
using SaaS.Platform.Programmes;

namespace SaaS.Platform.Applications;

/// <summary>
/// Where an application stands. It follows its workflow instance: set from the stage at which the instance waits, or from the result
/// with which it closed. Only the ranking says that one which passed its evaluation is on the waiting list.
/// </summary>
public enum ApplicationStatus
{
    Submitted,
    UnderEvaluation,

    /// <summary>Passed the evaluation; places or money ended before its rank.</summary>
    Waitlisted,

    AwaitingNationalShare,
    AwaitingCommitment,
    AwaitingTask,
    AwaitingAgreement,
    InProgress,
    Completed,
    Ineligible,
    Rejected,
    NotSelected,
    Refused,
    Declined,
    Failed,

    /// <summary>The firm took it back before an agreement was signed.</summary>
    Withdrawn,

    /// <summary>The call was cancelled before an agreement was signed.</summary>
    Cancelled,
}

/// <summary>What a firm asked for, with the facts as they were when it was submitted.</summary>
public sealed class GrantApplication : ITenantOwned
{
    /// <summary>Nothing comes of a case any more that stands so: it hinders no other one.</summary>
    public static readonly IReadOnlyList<ApplicationStatus> Over =
    [
        ApplicationStatus.Ineligible, ApplicationStatus.Rejected, ApplicationStatus.NotSelected, ApplicationStatus.Refused,
        ApplicationStatus.Declined, ApplicationStatus.Failed, ApplicationStatus.Withdrawn, ApplicationStatus.Cancelled,
    ];

    private GrantApplication()
    {
    }

    public GrantApplication(Submission submission)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(submission.TotalCost.Amount, 1, nameof(submission));
        ArgumentException.ThrowIfNullOrWhiteSpace(submission.ReceiptNumber);
        ArgumentException.ThrowIfNullOrWhiteSpace(submission.IdempotencyKey);
        Id = submission.Id;
        CallId = submission.CallId;
        DefinitionVersionId = submission.DefinitionVersionId;
        WorkflowInstanceId = submission.WorkflowInstanceId;
        ReceiptNumber = submission.ReceiptNumber;
        SubmittedAt = submission.ArrivedAt;
        FirmId = submission.FirmId;
        FacilityId = submission.FacilityId;
        SupplierId = submission.SupplierId;
        LeadFirmId = submission.LeadFirmId;
        CentreId = submission.CentreId;
        FirmNameKo = submission.FirmNameKo;
        FirmNameEn = submission.FirmNameEn;
        Title = submission.Title;
        Solution = submission.Solution;
        TotalCost = submission.TotalCost;
        Tier = submission.Tier;
        Facts = submission.Facts;
        IdempotencyKey = submission.IdempotencyKey;
        RequestHash = submission.RequestHash;
        Status = ApplicationStatus.Submitted;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid CallId { get; private set; }

    /// <summary>The version of the programme that decides this application for good.</summary>
    public Guid DefinitionVersionId { get; private set; }

    public Guid WorkflowInstanceId { get; private set; }

    /// <summary>Given once, without gaps within a tenant's year, for example JEONNAM-2025-000123.</summary>
    public string ReceiptNumber { get; private set; } = "";

    /// <summary>When it arrived at the server.</summary>
    public Instant SubmittedAt { get; private set; }

    public Guid FirmId { get; private set; }

    public Guid FacilityId { get; private set; }

    public Guid? SupplierId { get; private set; }

    public Guid? LeadFirmId { get; private set; }

    /// <summary>The regional centre in whose area the facility stands.</summary>
    public Guid? CentreId { get; private set; }

    public string FirmNameKo { get; private set; } = "";

    public string FirmNameEn { get; private set; } = "";

    public string Title { get; private set; } = "";

    /// <summary>The class of solution, for example MES.</summary>
    public string Solution { get; private set; } = "";

    public Won TotalCost { get; private set; }

    public string Tier { get; private set; } = "";

    /// <summary>Follows the workflow instance; changed where a burst is saved, and where a call is ranked.</summary>
    public ApplicationStatus Status { get; private set; }

    /// <summary>JSON text: the workflow's input as it was at submission.</summary>
    public string Facts { get; private set; } = "{}";

    public string IdempotencyKey { get; private set; } = "";

    /// <summary>SHA-256 of the request; tells a repeated request from a changed one under the same key.</summary>
    public string RequestHash { get; private set; } = "";

    /// <summary>In place of a supplier that was refused; the facts stay as they were at submission.</summary>
    internal void NameSupplier(Guid supplierId) => SupplierId = supplierId;
}

/// <summary>All that a new application needs to be made.</summary>
public sealed record Submission
{
    public required Guid Id { get; init; }

    public required Guid CallId { get; init; }

    public required Guid DefinitionVersionId { get; init; }

    public required Guid WorkflowInstanceId { get; init; }

    public required string ReceiptNumber { get; init; }

    public required Instant ArrivedAt { get; init; }

    public required Guid FirmId { get; init; }

    public required Guid FacilityId { get; init; }

    public Guid? SupplierId { get; init; }

    public Guid? LeadFirmId { get; init; }

    public Guid? CentreId { get; init; }

    public required string FirmNameKo { get; init; }

    public required string FirmNameEn { get; init; }

    public required string Title { get; init; }

    public required string Solution { get; init; }

    public required Won TotalCost { get; init; }

    public required string Tier { get; init; }

    public required string Facts { get; init; }

    public required string IdempotencyKey { get; init; }

    public required string RequestHash { get; init; }
}

internal sealed class GrantApplicationConfiguration : IEntityTypeConfiguration<GrantApplication>
{
    public void Configure(EntityTypeBuilder<GrantApplication> builder)
    {
        builder.ToTable("applications", table => table.HasCheckConstraint("ck_applications_total_cost", "total_cost > 0"));
        builder.Property(application => application.ReceiptNumber).HasMaxLength(60);
        builder.Property(application => application.FirmNameKo).HasMaxLength(200);
        builder.Property(application => application.FirmNameEn).HasMaxLength(200);
        builder.Property(application => application.Title).HasMaxLength(200);
        builder.Property(application => application.Solution).HasMaxLength(40);
        builder.Property(application => application.Tier).HasMaxLength(40);
        builder.Property(application => application.Facts).HasColumnType("jsonb");
        builder.Property(application => application.IdempotencyKey).HasMaxLength(100);
        builder.Property(application => application.RequestHash).HasMaxLength(64);
        builder.RefersTo<GrantApplication, Call>(nameof(GrantApplication.CallId));
        builder.RefersTo<GrantApplication, DefinitionVersion>(nameof(GrantApplication.DefinitionVersionId));
        builder.HasOne<Firm>().WithMany().HasForeignKey(application => application.FirmId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Facility>().WithMany().HasForeignKey(application => application.FacilityId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(application => application.SupplierId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(application => application.LeadFirmId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(application => application.CentreId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(application => application.FirmId);
        builder.HasIndex(application => new { application.FirmId, application.Tier }).HasFilter("status = 'Completed'");
        builder.HasTenantIndex(nameof(GrantApplication.ReceiptNumber)).IsUnique();
        builder.HasTenantIndex(nameof(GrantApplication.FirmId), nameof(GrantApplication.IdempotencyKey)).IsUnique();
        builder.HasTenantIndex(nameof(GrantApplication.CallId), nameof(GrantApplication.SubmittedAt));
        builder.HasTenantIndex(nameof(GrantApplication.FacilityId), nameof(GrantApplication.Solution));
    }
}
