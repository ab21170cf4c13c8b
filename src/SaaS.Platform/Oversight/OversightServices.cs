using Microsoft.Extensions.DependencyInjection;

namespace SaaS.Platform.Oversight;

public static class OversightServices
{
    internal static IServiceCollection AddOversight(this IServiceCollection services) => services
        .AddScoped<ListMoney>()
        .AddScoped<ViewCaseMoney>();
}
