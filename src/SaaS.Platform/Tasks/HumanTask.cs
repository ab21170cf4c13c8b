using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Tasks;

/// <summary>A question that a workflow puts to the people of one organisation. The answer is the outcome on which the workflow goes on.</summary>
public sealed class HumanTask : ITenantOwned
{
    private HumanTask()
    {
    }

    public HumanTask(Guid applicationId, Guid bookmarkId, TaskQuestion question, Instant createdAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(question.TitleKo);
        Id = Guid.CreateVersion7();
        ApplicationId = applicationId;
        BookmarkId = bookmarkId;
        Kind = question.Kind;
        AssigneeOrganisationId = question.AssigneeOrganisationId;
        AssigneeRole = question.AssigneeRole;
        TitleKo = question.TitleKo;
        TitleEn = question.TitleEn;
        InstructionsKo = question.InstructionsKo;
        InstructionsEn = question.InstructionsEn;
        Answers = question.Answers;
        DueOn = question.DueOn;
        CreatedAt = createdAt;
    }

    public Guid Id { get; private set; }

    public string TenantId { get; private set; } = "";

    public Guid ApplicationId { get; private set; }

    public Guid BookmarkId { get; private set; }

    /// <summary><c>Task</c> for a task of a definition.</summary>
    public string Kind { get; private set; } = "";

    public Guid? AssigneeOrganisationId { get; private set; }

    /// <summary>Tenant, Centre, Kosmo or Firm, as the definition says.</summary>
    public string? AssigneeRole { get; private set; }

    public string TitleKo { get; private set; } = "";

    public string TitleEn { get; private set; } = "";

    public string InstructionsKo { get; private set; } = "";

    public string InstructionsEn { get; private set; } = "";

    /// <summary>JSON text: <c>[{code, ko, en}]</c>.</summary>
    public string Answers { get; private set; } = "[]";

    public Instant CreatedAt { get; private set; }

    /// <summary>The last day to answer, in Seoul; null where there is no hurry.</summary>
    public LocalDate? DueOn { get; private set; }

    /// <summary>The answer, or <c>TimedOut</c>.</summary>
    public string? Outcome { get; private set; }

    public string? Comment { get; private set; }

    /// <summary>Null as long as it is open, and when its time passed.</summary>
    public Guid? CompletedBy { get; private set; }

    public Instant? CompletedAt { get; private set; }

    /// <exception cref="InvalidOperationException">It was answered before.</exception>
    public void Complete(string outcome, string comment, Guid by, Instant now) => Close(outcome, comment, by, now);

    /// <summary>Nobody answered in time.</summary>
    /// <exception cref="InvalidOperationException">It was answered before.</exception>
    public void Lapse(Instant now) => Close(TimedOut, null, null, now);

    /// <summary>The outcome on which the workflow goes on when nobody answered in time.</summary>
    internal const string TimedOut = "TimedOut";

    private void Close(string outcome, string? comment, Guid? by, Instant now)
    {
        if (CompletedAt is not null)
        {
            throw new InvalidOperationException($"Task {Id} was answered '{Outcome}' at {CompletedAt}.");
        }

        (Outcome, Comment, CompletedBy, CompletedAt) = (outcome, comment, by, now);
    }
}

/// <summary>What is asked, and of whom.</summary>
public sealed record TaskQuestion
{
    public string Kind { get; init; } = "Task";

    public Guid? AssigneeOrganisationId { get; init; }

    public string? AssigneeRole { get; init; }

    public required string TitleKo { get; init; }

    public required string TitleEn { get; init; }

    public string InstructionsKo { get; init; } = "";

    public string InstructionsEn { get; init; } = "";

    /// <summary>JSON text: <c>[{code, ko, en}]</c>.</summary>
    public required string Answers { get; init; }

    /// <summary>The last day to answer.</summary>
    public LocalDate? DueOn { get; init; }
}

internal sealed class HumanTaskConfiguration : IEntityTypeConfiguration<HumanTask>
{
    public void Configure(EntityTypeBuilder<HumanTask> builder)
    {
        builder.ToTable("tasks");
        builder.Property(task => task.Kind).HasMaxLength(40);
        builder.Property(task => task.AssigneeRole).HasMaxLength(40);
        builder.Property(task => task.TitleKo).HasMaxLength(200);
        builder.Property(task => task.TitleEn).HasMaxLength(200);
        builder.Property(task => task.InstructionsKo).HasMaxLength(4000);
        builder.Property(task => task.InstructionsEn).HasMaxLength(4000);
        builder.Property(task => task.Answers).HasColumnType("jsonb");
        builder.Property(task => task.Outcome).HasMaxLength(80);
        builder.Property(task => task.Comment).HasMaxLength(4000);
        builder.RefersTo<HumanTask, GrantApplication>(nameof(HumanTask.ApplicationId));
        builder.HasOne<Organisation>().WithMany().HasForeignKey(task => task.AssigneeOrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasTenantIndex(nameof(HumanTask.ApplicationId));
        builder.HasTenantIndex(nameof(HumanTask.BookmarkId));
        builder.HasIndex(task => task.AssigneeOrganisationId);
    }
}
