using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Jobs;
using SaaS.Platform.Programmes;

namespace SaaS.Platform.Workflows;

public static class WorkflowServices
{
    internal static IServiceCollection AddWorkflows(this IServiceCollection services) => services
        .AddSingleton<CompiledDefinitions>()
        .AddSingleton<WorkflowInstances>()
        .AddOutboxJob<TimerJob>(TimerJob.Kind, JobQueue.Interactive);
}
