using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Jobs;

namespace SaaS.Platform.Selections;

public static class SelectionServices
{
    internal static IServiceCollection AddSelections(this IServiceCollection services) => services
        .AddSingleton<EnterRanking>()
        .AddScoped<ReadRanking>()
        .AddScoped<RankNow>()
        .AddOutboxJob<RankCallJob>(RankCallJob.Kind, JobQueue.Money)
        .AddOutboxJob<SelectedJob>(SelectedJob.Kind, JobQueue.Money)
        .AddOutboxJob<WaitingLapsedJob>(WaitingLapsedJob.Kind, JobQueue.Money);
}
