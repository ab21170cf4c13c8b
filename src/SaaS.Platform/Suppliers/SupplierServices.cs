using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Jobs;

namespace SaaS.Platform.Suppliers;

public static class SupplierServices
{
    internal static IServiceCollection AddSuppliers(this IServiceCollection services) => services
        .AddScoped<AskForSupplier>()
        .AddScoped<DecideSupplier>()
        .AddScoped<NameSupplier>()
        .AddScoped<ListSupplierCases>()
        .AddOutboxJob<SupplierDecidedJob>(SupplierDecidedJob.Kind, JobQueue.Interactive)
        .AddOutboxJob<SupplierLapsedJob>(SupplierLapsedJob.Kind, JobQueue.Bulk);
}
