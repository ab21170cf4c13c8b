using Microsoft.Extensions.DependencyInjection;

namespace SaaS.Platform.Firms;

public static class FirmServices
{
    internal static IServiceCollection AddFirms(this IServiceCollection services) => services
        .AddScoped<UpdateFirm>()
        .AddScoped<AddFacility>()
        .AddScoped<ViewFirm>()
        .AddSingleton<ListSuppliers>();
}
