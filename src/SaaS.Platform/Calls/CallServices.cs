using Microsoft.Extensions.DependencyInjection;

namespace SaaS.Platform.Calls;

internal static class CallServices
{
    public static IServiceCollection AddCalls(this IServiceCollection services) => services
        .AddScoped<AnnounceCall>()
        .AddScoped<ExtendCall>()
        .AddSingleton<ReadAnnouncement>();
}
