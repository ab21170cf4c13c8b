using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Inspections;

/// <summary>Opens the inspection stage: gives the project to an inspector.</summary>
public sealed class InspectionStageJob(TenantJob job, AssignInspector assign) : IOutboxJob
{
    public const string Kind = "stage.inspection";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var stage = message.Read<StageMessage>();
        var bookmarkId = stage.BookmarkId ?? throw new JsonException($"Outbox message {message.Id} names no bookmark.");
        var application = await db.Set<GrantApplication>().AsNoTracking().SingleAsync(application => application.Id == message.ApplicationId, cancellationToken);
        await assign.RunAsync(
            db, application, bookmarkId, Enum.Parse<InspectionKind>(stage.Parameters.GetProperty("kind").GetString()!),
            stage.Parameters.GetProperty("checklist").GetRawText(), cancellationToken);
    }
}
