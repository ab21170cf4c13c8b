using Hangfire;
using Hangfire.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Data;
using SaaS.Platform.Inbox;

namespace SaaS.Platform.Jobs;

public static class OutboxJobServices
{
    /// <summary>Called by each feature for its own jobs.</summary>
    public static IServiceCollection AddOutboxJob<TJob>(this IServiceCollection services, string kind, string queue)
        where TJob : class, IOutboxJob
    {
        services.AddScoped<TJob>();
        return services.AddSingleton(new OutboxJobRegistration(kind, typeof(TJob), queue));
    }

    /// <summary>Hangfire on PostgreSQL, as the worker runs it and the dashboard shows it; signs in as the jobs plane.</summary>
    public static IServiceCollection AddHangfireStorage(this IServiceCollection services) => services
        .AddHangfire((provider, hangfire) => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseFilter(new TenantJobFilter(provider.GetRequiredService<OutboxSignal>()))
            .UseFilter(new AutomaticRetryAttribute { Attempts = 4, DelaysInSeconds = [1, 3, 10, 30], LogEvents = true })
            .UsePostgreSqlStorage(
                storage => storage.UseNpgsqlConnection(provider.GetRequiredService<DatabaseSettings>().ConnectionOf(Plane.Jobs)),
                new PostgreSqlStorageOptions
                {
                    SchemaName = PrepareDatabase.HangfireSchema,
                    PrepareSchemaIfNecessary = false,
                    QueuePollInterval = TimeSpan.FromMilliseconds(200),
                    InvisibilityTimeout = TimeSpan.FromSeconds(15),
                    UseSlidingInvisibilityTimeout = true,

                    // A worker that dies while it takes a job leaves the job's lock behind, and every thread that takes the job next waits
                    // for it: a few of them stop all work. Locks are held for milliseconds; one broken early costs a second run, not a second effect.
                    DistributedLockTimeout = TimeSpan.FromSeconds(15),
                }));

    /// <summary>The worker: Hangfire's server and the dispatcher that feeds it.</summary>
    public static IServiceCollection AddJobServer(this IServiceCollection services) => services
        .AddHangfireStorage()
        .AddSingleton<DispatchOutbox>()
        .AddHostedService<OutboxListener>()
        .AddHostedService<OutboxDispatcher>()
        .AddHostedService<TenantSchedules>()
        .AddHangfireServer(server =>
        {
            server.Queues = [.. JobQueue.All];
            server.WorkerCount = Math.Clamp(Environment.ProcessorCount * 2, 4, 10);
            server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
            server.HeartbeatInterval = TimeSpan.FromSeconds(5);
            server.ServerTimeout = TimeSpan.FromSeconds(30);
            server.ServerCheckInterval = TimeSpan.FromSeconds(10);
            server.ShutdownTimeout = TimeSpan.FromSeconds(10);
        });

    internal static IServiceCollection AddOutboxJobs(this IServiceCollection services) => services
        .AddSingleton<TenantJob>()
        .AddSingleton<OutboxSignal>()
        .AddSingleton<JobRegistry>();
}
