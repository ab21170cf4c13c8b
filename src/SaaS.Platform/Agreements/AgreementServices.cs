using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Jobs;

namespace SaaS.Platform.Agreements;

public static class AgreementServices
{
    internal static IServiceCollection AddAgreements(this IServiceCollection services) => services
        .AddScoped<SignAgreement>()
        .AddScoped<ListAgreements>()
        .AddOutboxJob<AgreementJob>(AgreementJob.Kind, JobQueue.Interactive)
        .AddOutboxJob<AgreementConcludedJob>(AgreementConcludedJob.Kind, JobQueue.Money)
        .AddOutboxJob<AgreementLapsedJob>(AgreementLapsedJob.Kind, JobQueue.Interactive);
}
