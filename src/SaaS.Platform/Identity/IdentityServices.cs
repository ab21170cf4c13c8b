using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Data;

namespace SaaS.Platform.Identity;

public static class IdentityServices
{
    /// <summary>Who acts, and the database as that person may see it.</summary>
    internal static IServiceCollection AddIdentity(this IServiceCollection services) => services
        .AddScoped<CurrentActor>()
        .AddScoped(scope => scope.GetRequiredService<PlaneDb>().Open(scope.GetRequiredService<CurrentActor>().Context));
}
