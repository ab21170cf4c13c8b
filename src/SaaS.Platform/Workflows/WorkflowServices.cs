using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Jobs;
using SaaS.Platform.Programmes;

namespace SaaS.Platform.Workflows;

public static class WorkflowServices
{
    internal static IServiceCollection AddWorkflows(this IServiceCollection services) => services
        .AddSingleton<CompiledDefinitions>()
        .AddSingleton<RememberedInstances>()
        .AddSingleton<WorkflowInstances>()
        .AddSingleton<WorkflowStarts>()
        .AddSingleton<WorkflowPublication>()
        .AddScoped<ListInstances>()
        .AddScoped<ViewInstance>()
        .AddScoped<CancelInstance>()
        .AddScoped<RetryInstance>()
        .AddScoped<PlanMoves>()
        .AddScoped<MoveInstances>()
        .AddScoped<PublishWorkflowEvent>()
        .AddScoped<CompleteWorkflowTask>()
        .AddOutboxJob<TimerJob>(TimerJob.Kind, JobQueue.Interactive)
        .AddOutboxJob<ArchiveInstanceJob>(ArchiveInstanceJob.Kind, JobQueue.Bulk)
        .AddOutboxJob<MoveInstanceJob>(MoveInstanceJob.Kind, JobQueue.Bulk)
        .AddOutboxJob<TriggerDueJob>(TriggerDueJob.Kind, JobQueue.Interactive)
        .AddOutboxJob<PublishEventJob>(PublishEventJob.Kind, JobQueue.Interactive)
        .AddOutboxJob<StartWorkflowJob>(StartWorkflowJob.Kind, JobQueue.Interactive)
        .AddOutboxJob<DispatchWorkflowJob>(DispatchWorkflowJob.Kind, JobQueue.Interactive)
        .AddOutboxJob<ResumeWorkflowJob>(ResumeWorkflowJob.Kind, JobQueue.Interactive)
        .AddOutboxJob<ChildFinishedJob>(ChildFinishedJob.Kind, JobQueue.Interactive);
}
