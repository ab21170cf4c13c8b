using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;

namespace SaaS.Platform.Tasks;

/// <summary>The tasks of the organisation acted for: open ones first, then the newest.</summary>
public sealed class ListTasks(GrantsDb db, CurrentActor actor)
{
    /// <param name="Id">The task.</param>
    /// <param name="Tenant">Whose programme asks.</param>
    /// <param name="ApplicationId">The case.</param>
    /// <param name="ReceiptNumber">Null where the reader sees the task but not the case.</param>
    /// <param name="FirmKo">See <paramref name="ReceiptNumber"/>.</param>
    /// <param name="FirmEn">See <paramref name="ReceiptNumber"/>.</param>
    /// <param name="TitleKo">What is asked.</param>
    /// <param name="TitleEn">The same in English.</param>
    /// <param name="InstructionsKo">How to answer.</param>
    /// <param name="InstructionsEn">The same in English.</param>
    /// <param name="Answers">What may be answered.</param>
    /// <param name="CreatedAt">When it was asked.</param>
    /// <param name="DueOn">The last day to answer; null where there is no hurry.</param>
    /// <param name="Outcome">The answer, once given; <c>TimedOut</c> when nobody answered in time.</param>
    /// <param name="CompletedAt">Null while it is open.</param>
    public sealed record Row(
        Guid Id, string Tenant, Guid ApplicationId, string? ReceiptNumber, string? FirmKo, string? FirmEn, string TitleKo, string TitleEn,
        string InstructionsKo, string InstructionsEn, IReadOnlyList<TaskAnswer> Answers, Instant CreatedAt, LocalDate? DueOn, string? Outcome, Instant? CompletedAt);

    /// <param name="applicationId">Only those of one case; null for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<Row>> RunAsync(Guid? applicationId, CancellationToken cancellationToken)
    {
        var rows = await (
            from task in db.Set<HumanTask>().AsNoTracking()
            where task.AssigneeOrganisationId == actor.OrganisationId && (applicationId == null || task.ApplicationId == applicationId)
            from application in db.Set<GrantApplication>()
                .Where(application => application.TenantId == task.TenantId && application.Id == task.ApplicationId).DefaultIfEmpty()
            orderby task.CompletedAt != null, task.CreatedAt descending, task.Id
            select new { Task = task, application.ReceiptNumber, application.FirmNameKo, application.FirmNameEn }).Take(500).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new Row(
            row.Task.Id, row.Task.TenantId, row.Task.ApplicationId, row.ReceiptNumber, row.FirmNameKo, row.FirmNameEn, row.Task.TitleKo, row.Task.TitleEn,
            row.Task.InstructionsKo, row.Task.InstructionsEn, TaskAnswer.ReadAll(row.Task.Answers), row.Task.CreatedAt, row.Task.DueOn, row.Task.Outcome, row.Task.CompletedAt))];
    }
}
