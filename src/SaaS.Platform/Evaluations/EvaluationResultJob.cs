using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Selections;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Evaluations;

/// <summary>
/// Takes in a review: adds up the points and compares with the pass mark. Who fails it is told so; who passes is ranked among the others
/// of the call. After a step back, asks somebody else.
/// </summary>
public sealed class EvaluationResultJob(TenantJob job, AssignEvaluator assign, EnterRanking enter, WorkflowInstances instances) : IOutboxJob
{
    public const string Kind = "evaluation.submitted";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var evaluationId = message.Read<EvaluationMessage>().EvaluationId;
        var evaluation = await db.Set<Evaluation>().SingleAsync(evaluation => evaluation.Id == evaluationId, cancellationToken);
        var application = await db.Set<GrantApplication>().SingleAsync(application => application.Id == evaluation.ApplicationId, cancellationToken);
        if (evaluation.Scores is not { } scores)
        {
            await assign.RunAsync(db, application, evaluation.BookmarkId, evaluation.Criteria, evaluation.PassMark, cancellationToken);
            return;
        }

        var points = JsonSerializer.Deserialize<Dictionary<string, int>>(scores) ?? throw new JsonException($"Evaluation {evaluationId} holds no points.");
        var total = points.Values.Sum();
        if (evaluation.Conclude(total) && await enter.RunAsync(db, application, evaluation, points, cancellationToken))
        {
            return;
        }

        await instances.ResumeAsync(
            db, application.WorkflowInstanceId, evaluation.BookmarkId, total >= evaluation.PassMark ? "Selected" : "NotSelected",
            new { total, passMark = evaluation.PassMark }, $"job:{Kind}", cancellationToken);
    }
}
