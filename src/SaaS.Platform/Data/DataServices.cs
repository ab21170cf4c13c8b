using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SaaS.Platform.Time;

namespace SaaS.Platform.Data;

public static class DataServices
{
    /// <summary>The database on every plane, and the one clock.</summary>
    public static IServiceCollection AddData(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(_ => DatabaseSettings.From(configuration));
        services.AddSingleton<PlaneDb>();
        services.AddSingleton<IClock>(SaasClock.From(configuration));
        return services;
    }
}
