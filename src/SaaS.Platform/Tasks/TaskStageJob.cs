using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Organisations;
using SaaS.Platform.Time;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Tasks;

/// <summary>Puts a programme's question before the people who are to answer it.</summary>
public sealed class TaskStageJob(TenantJob job, IClock clock) : IOutboxJob
{
    public const string Kind = "stage.task";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var stage = message.Read<StageMessage>();
        var bookmarkId = stage.BookmarkId ?? throw new JsonException($"Outbox message {message.Id} names no bookmark.");
        var application = await db.Set<GrantApplication>().AsNoTracking().SingleAsync(application => application.Id == message.ApplicationId, cancellationToken);
        var assignee = Text(stage.Parameters, "assignee") ?? "Tenant";
        var now = clock.GetCurrentInstant();
        var dueOn = stage.Parameters.TryGetProperty("withinDays", out var days) ? now.InZone(Seoul.Zone).Date.PlusDays(days.GetInt32()) : (LocalDate?)null;
        var task = new HumanTask(
            application.Id,
            bookmarkId,
            new TaskQuestion
            {
                AssigneeOrganisationId = await AssigneeAsync(db, application, assignee, cancellationToken),
                AssigneeRole = assignee,
                TitleKo = Text(stage.Parameters, "titleKo") ?? throw new JsonException($"The task of bookmark {bookmarkId} has no title."),
                TitleEn = Text(stage.Parameters, "titleEn") ?? "",
                InstructionsKo = Text(stage.Parameters, "instructionsKo") ?? "",
                InstructionsEn = Text(stage.Parameters, "instructionsEn") ?? "",
                Answers = stage.Parameters.GetProperty("answers").GetRawText(),
                DueOn = dueOn,
            },
            now);
        db.Add(task);
        if (dueOn is { } last)
        {
            db.Outbox.Add(OutboxMessage.For(TaskLapsedJob.Kind, application.Id, new TaskMessage(task.Id), now, Seoul.EndOf(last)));
        }
    }

    // A facility in whose region no centre works is looked after by the tenant itself.
    private static async Task<Guid> AssigneeAsync(GrantsDb db, GrantApplication application, string assignee, CancellationToken cancellationToken) => assignee switch
    {
        "Firm" => application.FirmId,
        "Centre" when application.CentreId is { } centre => centre,
        "Kosmo" => await db.Organisations.Where(organisation => organisation.Kind == OrganisationKind.Kosmo).Select(organisation => organisation.Id).FirstAsync(cancellationToken),
        _ => await db.Tenants.Where(tenant => tenant.Id == db.Tenant).Select(tenant => tenant.OrganisationId).SingleAsync(cancellationToken),
    };

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
