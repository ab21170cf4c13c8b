using Microsoft.Extensions.DependencyInjection;

namespace SaaS.Platform.Onboarding;

public static class OnboardingServices
{
    internal static IServiceCollection AddOnboarding(this IServiceCollection services) => services
        .AddSingleton<ApplyBodies>()
        .AddSingleton<ApplyProgrammes>()
        .AddSingleton<ApplyTenants>()
        .AddSingleton<ExportDefinition>()
        .AddSingleton<ExportTenant>()
        .AddScoped<OnboardTenant>()
        .AddScoped<ListTenants>();
}
