using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Jobs;

namespace SaaS.Platform.Tasks;

public static class TaskServices
{
    internal static IServiceCollection AddTasks(this IServiceCollection services) => services
        .AddScoped<ListTasks>()
        .AddScoped<CompleteTask>()
        .AddOutboxJob<TaskStageJob>(TaskStageJob.Kind, JobQueue.Interactive)
        .AddOutboxJob<TaskCompletedJob>(TaskCompletedJob.Kind, JobQueue.Interactive)
        .AddOutboxJob<TaskLapsedJob>(TaskLapsedJob.Kind, JobQueue.Interactive);
}
