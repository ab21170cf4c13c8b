using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Programmes;

namespace SaaS.Platform.Onboarding;

public static class OnboardingServices
{
    internal static IServiceCollection AddOnboarding(this IServiceCollection services) => services
        .AddSingleton<PublishDefinition>()
        .AddSingleton<ApplyBodies>()
        .AddSingleton<ApplyProgrammes>()
        .AddSingleton<ApplyTenants>()
        .AddSingleton<ExportDefinition>();
}
