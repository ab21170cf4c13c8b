using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Jobs;

namespace SaaS.Platform.Closing;

public static class ClosingServices
{
    internal static IServiceCollection AddClosing(this IServiceCollection services) => services
        .AddOutboxJob<NotifyJob>(NotifyJob.Kind, JobQueue.Bulk)
        .AddOutboxJob<CloseJob>(CloseJob.Kind, JobQueue.Money);
}
