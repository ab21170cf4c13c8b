using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Jobs;

namespace SaaS.Platform.Disbursements;

public static class DisbursementServices
{
    internal static IServiceCollection AddDisbursements(this IServiceCollection services) => services
        .AddSingleton<SettleTranche>()
        .AddScoped<RecordDeposit>()
        .AddScoped<AdvancePayment>()
        .AddScoped<ListPayments>()
        .AddScoped<ListTranches>()
        .AddOutboxJob<TrancheJob>(TrancheJob.Kind, JobQueue.Money)
        .AddOutboxJob<DepositRecordedJob>(DepositRecordedJob.Kind, JobQueue.Money)
        .AddOutboxJob<PaymentJob>(PaymentJob.Kind, JobQueue.Money);
}
