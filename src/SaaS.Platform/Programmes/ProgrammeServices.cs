using Microsoft.Extensions.DependencyInjection;

namespace SaaS.Platform.Programmes;

internal static class ProgrammeServices
{
    public static IServiceCollection AddProgrammes(this IServiceCollection services) => services
        .AddSingleton<PublishDefinition>()
        .AddSingleton<ReadDraft>()
        .AddSingleton<SaveDraft>()
        .AddSingleton<StartProgramme>()
        .AddSingleton<PublishDraft>()
        .AddSingleton<RetractDefinition>()
        .AddSingleton<RevertDraft>();
}
