using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Tasks;

/// <summary>Lets the workflow go on with the answer that was given.</summary>
public sealed class TaskCompletedJob(TenantJob job, WorkflowInstances instances) : IOutboxJob
{
    public const string Kind = "task.completed";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var taskId = message.Read<TaskMessage>().TaskId;
        var task = await db.Set<HumanTask>().AsNoTracking().SingleAsync(task => task.Id == taskId, cancellationToken);
        var instanceId = await db.Set<GrantApplication>()
            .Where(application => application.Id == task.ApplicationId)
            .Select(application => application.WorkflowInstanceId)
            .SingleAsync(cancellationToken);
        var outcome = task.Outcome ?? throw new InvalidOperationException($"Task {taskId} was not answered.");
        await instances.ResumeAsync(db, instanceId, task.BookmarkId, outcome, new { task.Comment }, $"user:{task.CompletedBy}", cancellationToken);
    }
}

/// <summary>The payload of <c>task.completed</c>.</summary>
internal sealed record TaskMessage(Guid TaskId);
