using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Inspections;

/// <summary>Takes in an inspector's result and lets the workflow go on.</summary>
public sealed class InspectionResultJob(TenantJob job, WorkflowInstances instances) : IOutboxJob
{
    public const string Kind = "inspection.submitted";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var inspectionId = message.Read<InspectionMessage>().InspectionId;
        var inspection = await db.Set<Inspection>().AsNoTracking().SingleAsync(inspection => inspection.Id == inspectionId, cancellationToken);
        var application = await db.Set<GrantApplication>().SingleAsync(application => application.Id == inspection.ApplicationId, cancellationToken);
        var result = inspection.Result ?? throw new InvalidOperationException($"Inspection {inspectionId} has no result.");
        await instances.ResumeAsync(
            db, application.WorkflowInstanceId, inspection.BookmarkId, result.ToString(),
            new { kind = inspection.Kind.ToString(), findings = JsonSerializer.Deserialize<JsonElement>(inspection.Findings ?? "{}"), comment = inspection.Comment },
            $"job:{Kind}", cancellationToken);
    }
}

/// <summary>The payload of <see cref="InspectionResultJob"/>.</summary>
internal sealed record InspectionMessage(Guid InspectionId);
