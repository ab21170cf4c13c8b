using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Jobs;

namespace SaaS.Platform.Inspections;

public static class InspectionServices
{
    internal static IServiceCollection AddInspections(this IServiceCollection services) => services
        .AddSingleton<AssignInspector>()
        .AddScoped<ListInspections>()
        .AddScoped<RecordInspection>()
        .AddOutboxJob<InspectionStageJob>(InspectionStageJob.Kind, JobQueue.Interactive)
        .AddOutboxJob<InspectionResultJob>(InspectionResultJob.Kind, JobQueue.Interactive);
}
