using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Evaluations;

/// <summary>Opens the evaluation stage: gives the application to an evaluator.</summary>
public sealed class EvaluationStageJob(TenantJob job, AssignEvaluator assign) : IOutboxJob
{
    public const string Kind = "stage.evaluation";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var stage = message.Read<StageMessage>();
        var bookmarkId = stage.BookmarkId ?? throw new JsonException($"Outbox message {message.Id} names no bookmark.");
        var application = await db.Set<GrantApplication>().AsNoTracking().SingleAsync(application => application.Id == message.ApplicationId, cancellationToken);
        await assign.RunAsync(
            db, application, bookmarkId, stage.Parameters.GetProperty("criteria").GetRawText(), stage.Parameters.GetProperty("passMark").GetDecimal(), cancellationToken);
    }
}
