using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;

namespace SaaS.Platform.Evaluations;

/// <summary>One evaluator's review of one application. Made when it is assigned, closed for good when it is submitted.</summary>
public sealed class Evaluation : ITenantOwned
{
    private Evaluation()
    {
    }

    /// <param name="applicationId">What is judged.</param>
    /// <param name="bookmarkId">Where the workflow waits for the result.</param>
    /// <param name="evaluatorId">The person.</param>
    /// <param name="criteria">JSON text: the criteria of the definition, with weights.</param>
    /// <param name="passMark">The least total that passes, 0 to 100.</param>
    /// <param name="assignedAt">When the person got it.</param>
    public Evaluation(Guid applicationId, Guid bookmarkId, Guid evaluatorId, string criteria, decimal passMark, Instant assignedAt)
    {
        Id = Guid.CreateVersion7();
        ApplicationId = applicationId;
        BookmarkId = bookmarkId;
        EvaluatorId = evaluatorId;
        Criteria = criteria;
        PassMark = passMark;
        AssignedAt = assignedAt;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid ApplicationId { get; private set; }

    public Guid BookmarkId { get; private set; }

    public Guid EvaluatorId { get; private set; }

    /// <summary>JSON text: <c>[{code, ko, en, weight}]</c>, as in the definition that the application follows.</summary>
    public string Criteria { get; private set; } = "[]";

    public decimal PassMark { get; private set; }

    public Instant AssignedAt { get; private set; }

    /// <summary>What the evaluator declared: true is "I have a conflict of interest"; null is "not declared yet".</summary>
    public bool? ConflictDeclared { get; private set; }

    /// <summary>JSON text: points by criterion; null before submission.</summary>
    public string? Scores { get; private set; }

    public decimal? Total { get; private set; }

    public string? Comment { get; private set; }

    public Instant? SubmittedAt { get; private set; }

    /// <summary>Closes the review with points by criterion; the evaluator declares to have no conflict of interest.</summary>
    /// <exception cref="InvalidOperationException">It was submitted before.</exception>
    public void Submit(string scores, string comment, Instant now)
    {
        RequireOpen();
        (ConflictDeclared, Scores, Comment, SubmittedAt) = (false, scores, comment, now);
    }

    /// <summary>The evaluator steps back: nothing is scored, somebody else is to judge.</summary>
    /// <exception cref="InvalidOperationException">It was submitted before.</exception>
    public void StepBack(string comment, Instant now)
    {
        RequireOpen();
        (ConflictDeclared, Comment, SubmittedAt) = (true, comment, now);
    }

    /// <summary>Sets the total that was reckoned from the points; the job does it once.</summary>
    /// <returns>True when it passes.</returns>
    internal bool Conclude(decimal total)
    {
        Total = total;
        return total >= PassMark;
    }

    private void RequireOpen()
    {
        if (SubmittedAt is not null)
        {
            throw new InvalidOperationException($"Evaluation {Id} was submitted at {SubmittedAt}; it cannot be changed.");
        }
    }
}

internal sealed class EvaluationConfiguration : IEntityTypeConfiguration<Evaluation>
{
    public void Configure(EntityTypeBuilder<Evaluation> builder)
    {
        builder.ToTable("evaluations");
        builder.Property(evaluation => evaluation.Criteria).HasColumnType("jsonb");
        builder.Property(evaluation => evaluation.Scores).HasColumnType("jsonb");
        builder.Property(evaluation => evaluation.PassMark).HasPrecision(5, 2);
        builder.Property(evaluation => evaluation.Total).HasPrecision(5, 2);
        builder.Property(evaluation => evaluation.Comment).HasMaxLength(4000);
        builder.RefersTo<Evaluation, GrantApplication>(nameof(Evaluation.ApplicationId));
        builder.HasOne<User>().WithMany().HasForeignKey(evaluation => evaluation.EvaluatorId).OnDelete(DeleteBehavior.Restrict);
        builder.HasTenantIndex(nameof(Evaluation.ApplicationId));
        builder.HasTenantIndex(nameof(Evaluation.BookmarkId), nameof(Evaluation.EvaluatorId)).IsUnique();
        builder.HasIndex(evaluation => evaluation.EvaluatorId);
    }
}
