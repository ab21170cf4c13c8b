using Microsoft.Extensions.DependencyInjection;

namespace SaaS.Platform.Jobs;

public static class OutboxJobServices
{
    internal static IServiceCollection AddOutboxJobs(this IServiceCollection services) => services
        .AddSingleton<TenantJob>()
        .AddSingleton<JobRegistry>();

    /// <summary>Called by each feature for its own jobs.</summary>
    public static IServiceCollection AddOutboxJob<TJob>(this IServiceCollection services, string kind, string queue)
        where TJob : class, IOutboxJob
    {
        services.AddScoped<TJob>();
        return services.AddSingleton(new OutboxJobRegistration(kind, typeof(TJob), queue));
    }
}
