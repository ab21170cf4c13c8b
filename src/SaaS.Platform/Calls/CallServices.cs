using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Jobs;

namespace SaaS.Platform.Calls;

internal static class CallServices
{
    public static IServiceCollection AddCalls(this IServiceCollection services) => services
        .AddScoped<AnnounceCall>()
        .AddScoped<ExtendCall>()
        .AddScoped<CancelCall>()
        .AddOutboxJob<CaseOfCancelledCallJob>(CaseOfCancelledCallJob.Kind, JobQueue.Bulk)
        .AddSingleton<ReadAnnouncement>();
}
