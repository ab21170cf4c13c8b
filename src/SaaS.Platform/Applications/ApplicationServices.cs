using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Jobs;
using SaaS.Platform.Time;

namespace SaaS.Platform.Applications;

public static class ApplicationServices
{
    internal static IServiceCollection AddApplications(this IServiceCollection services) => services
        .AddScoped<RequestArrival>()
        .AddSingleton<PreCheck>()
        .AddScoped<LoadApplicant>()
        .AddScoped<PreviewApplication>()
        .AddScoped<SubmitApplication>()
        .AddScoped<KeepApplicationDraft>()
        .AddScoped<ConfirmTerms>()
        .AddScoped<WithdrawApplication>()
        .AddScoped<ListApplications>()
        .AddScoped<ViewApplication>()
        .AddOutboxJob<ApplicationStageJob>(ApplicationStageJob.Kind, JobQueue.Interactive);
}
