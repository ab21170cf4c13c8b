using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Tasks;

/// <summary>
/// The last day to answer is over. The message was written with the task and lies in the outbox until then, so that no restart forgets it.
/// Nothing happens when the task was answered.
/// </summary>
public sealed class TaskLapsedJob(TenantJob job, WorkflowInstances instances, IClock clock) : IOutboxJob
{
    public const string Kind = "task.lapsed";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var taskId = message.Read<TaskMessage>().TaskId;
        var task = await db.Set<HumanTask>()
            .FromSql($"select * from tasks where tenant_id = {db.Tenant} and id = {taskId} for update")
            .SingleAsync(cancellationToken);
        if (task.CompletedAt is not null)
        {
            return;
        }

        task.Lapse(clock.GetCurrentInstant());
        var instance = await db.Set<GrantApplication>()
            .Where(application => application.Id == task.ApplicationId)
            .Select(application => application.WorkflowInstanceId)
            .SingleAsync(cancellationToken);
        await instances.ResumeAsync(
            db, instance, task.BookmarkId, HumanTask.TimedOut, new { dueOn = task.DueOn?.ToString("uuuu-MM-dd", null) }, "job:" + Kind, cancellationToken);
    }
}
