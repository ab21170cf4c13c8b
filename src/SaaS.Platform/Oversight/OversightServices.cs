using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Jobs;

namespace SaaS.Platform.Oversight;

public static class OversightServices
{
    internal static IServiceCollection AddOversight(this IServiceCollection services) => services
        .AddSingleton<GuardRailsInForce>()
        .AddSingleton<FindOffenders>()
        .AddScoped<WriteGuardRail>()
        .AddScoped<DecideGuardRail>()
        .AddScoped<ListGuardRails>()
        .AddOutboxJob<GuardRailsJob>(GuardRailsJob.Kind, JobQueue.Bulk)
        .AddScoped<ListMoney>()
        .AddScoped<ViewCaseMoney>();
}
