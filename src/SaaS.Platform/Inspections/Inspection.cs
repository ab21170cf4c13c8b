using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;

namespace SaaS.Platform.Inspections;

public enum InspectionKind
{
    /// <summary>On the way: what is built, bought and paid so far.</summary>
    Interim,

    /// <summary>At the end: everything of the plan is installed and works.</summary>
    Final,
}

public enum InspectionResult
{
    Passed,
    Failed,
}

/// <summary>One visit of an inspector to one project. Made when it is assigned, closed for good when its result is recorded.</summary>
public sealed class Inspection : ITenantOwned
{
    private Inspection()
    {
    }

    /// <param name="applicationId">What is inspected.</param>
    /// <param name="bookmarkId">Where the workflow waits for the result.</param>
    /// <param name="kind">Interim or final.</param>
    /// <param name="inspectorId">The person.</param>
    /// <param name="checklist">JSON text: the items of the definition.</param>
    /// <param name="assignedAt">When the person got it.</param>
    public Inspection(Guid applicationId, Guid bookmarkId, InspectionKind kind, Guid inspectorId, string checklist, Instant assignedAt)
    {
        Id = Guid.CreateVersion7();
        ApplicationId = applicationId;
        BookmarkId = bookmarkId;
        Kind = kind;
        InspectorId = inspectorId;
        Checklist = checklist;
        AssignedAt = assignedAt;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid ApplicationId { get; private set; }

    public Guid BookmarkId { get; private set; }

    public InspectionKind Kind { get; private set; }

    public Guid InspectorId { get; private set; }

    /// <summary>JSON text: <c>[{code, ko, en}]</c>, as in the definition that the application follows.</summary>
    public string Checklist { get; private set; } = "[]";

    public Instant AssignedAt { get; private set; }

    /// <summary>JSON text: true or false by item; null before the result.</summary>
    public string? Findings { get; private set; }

    public InspectionResult? Result { get; private set; }

    public string? Comment { get; private set; }

    public Instant? SubmittedAt { get; private set; }

    /// <exception cref="InvalidOperationException">It was recorded before.</exception>
    public void Record(string findings, InspectionResult result, string comment, Instant now)
    {
        if (SubmittedAt is not null)
        {
            throw new InvalidOperationException($"Inspection {Id} was recorded at {SubmittedAt}; it cannot be changed.");
        }

        (Findings, Result, Comment, SubmittedAt) = (findings, result, comment, now);
    }
}

internal sealed class InspectionConfiguration : IEntityTypeConfiguration<Inspection>
{
    public void Configure(EntityTypeBuilder<Inspection> builder)
    {
        builder.ToTable("inspections");
        builder.Property(inspection => inspection.Kind).HasMaxLength(20);
        builder.Property(inspection => inspection.Checklist).HasColumnType("jsonb");
        builder.Property(inspection => inspection.Findings).HasColumnType("jsonb");
        builder.Property(inspection => inspection.Result).HasMaxLength(20);
        builder.Property(inspection => inspection.Comment).HasMaxLength(4000);
        builder.RefersTo<Inspection, GrantApplication>(nameof(Inspection.ApplicationId));
        builder.HasOne<User>().WithMany().HasForeignKey(inspection => inspection.InspectorId).OnDelete(DeleteBehavior.Restrict);
        builder.HasTenantIndex(nameof(Inspection.ApplicationId));
        builder.HasTenantIndex(nameof(Inspection.BookmarkId)).IsUnique();
        builder.HasIndex(inspection => inspection.InspectorId);
    }
}
