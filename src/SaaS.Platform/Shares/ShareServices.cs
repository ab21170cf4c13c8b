using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Jobs;
using SaaS.Platform.Ledger;

namespace SaaS.Platform.Shares;

public static class ShareServices
{
    internal static IServiceCollection AddShares(this IServiceCollection services) => services
        .AddSingleton<PostJournal>()
        .AddSingleton<VerifyLedger>()
        .AddScoped<ReadLedger>()
        .AddSingleton<MoveMoney>()
        .AddSingleton<ReserveNationalShare>()
        .AddScoped<DecideShare>()
        .AddScoped<GrantNationalShare>()
        .AddScoped<ListShares>()
        .AddScoped<ListNationalGrants>()
        .AddOutboxJob<ReservationJob>(ReservationJob.Kind, JobQueue.Money)
        .AddOutboxJob<ReservationGrantedJob>(ReservationGrantedJob.Kind, JobQueue.Money)
        .AddOutboxJob<ReservationLapsedJob>(ReservationLapsedJob.Kind, JobQueue.Money)
        .AddOutboxJob<CommitmentJob>(CommitmentJob.Kind, JobQueue.Money)
        .AddOutboxJob<CommitmentDecidedJob>(CommitmentDecidedJob.Kind, JobQueue.Money)
        .AddOutboxJob<CommitmentLapsedJob>(CommitmentLapsedJob.Kind, JobQueue.Money);
}
