using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Jobs;

namespace SaaS.Platform.Programmes;

internal static class ProgrammeServices
{
    public static IServiceCollection AddProgrammes(this IServiceCollection services) => services
        .AddSingleton<CompileDraft>()
        .AddSingleton<PublishDefinition>()
        .AddSingleton<UpdateConsumers>()
        .AddSingleton<ReadEarlierApplicants>()
        .AddSingleton<ReadSimulationGround>()
        .AddSingleton<ReadDraft>()
        .AddSingleton<DraftRooms>()
        .AddSingleton<SaveDraft>()
        .AddSingleton<StartProgramme>()
        .AddSingleton<ApplyPublication>()
        .AddSingleton<PublishDraft>()
        .AddSingleton<HandOverDraft>()
        .AddSingleton<SendBackDraft>()
        .AddSingleton<InviteCentre>()
        .AddSingleton<ShareTemplate>()
        .AddScoped<DecidePublication>()
        .AddScoped<ListPublications>()
        .AddScoped<ProgrammeHistory>()
        .AddOutboxJob<PublicationDueJob>(PublicationDueJob.Kind, JobQueue.Interactive)
        .AddSingleton<RetractDefinition>()
        .AddSingleton<RevertDraft>();
}
