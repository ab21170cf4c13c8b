using Hangfire.Client;
using Hangfire.Common;
using Hangfire.Server;

namespace SaaS.Platform.Jobs;

/// <summary>
/// Carries the tenant with every job. A job without one is refused when it is enqueued, and a job whose argument no longer names the
/// tenant that it was enqueued for is refused when it runs.
/// </summary>
internal sealed class TenantJobFilter(OutboxSignal signal) : IClientFilter, IServerFilter
{
    private const string Parameter = "Tenant";

    public void OnCreating(CreatingContext context)
    {
        var tenant = TenantOf(context.Job)
            ?? throw new InvalidOperationException($"{context.Job.Type.Name}.{context.Job.Method.Name} was enqueued without a tenant.");
        context.SetJobParameter(Parameter, tenant);
    }

    public void OnCreated(CreatedContext context)
    {
        // Nothing follows.
    }

    public void OnPerforming(PerformingContext context)
    {
        var carried = context.GetJobParameter<string>(Parameter);
        if (carried is null || carried != TenantOf(context.BackgroundJob.Job))
        {
            throw new InvalidOperationException($"The job {context.BackgroundJob.Id} was enqueued for the tenant '{carried}', not for its argument.");
        }
    }

    public void OnPerformed(PerformedContext context) => signal.Wake();

    private static string? TenantOf(Job job)
    {
        var parameters = job.Method.GetParameters();
        return parameters is [{ Name: "tenant" } first, ..] && first.ParameterType == typeof(string) && job.Args[0] is string { Length: > 0 } tenant
            ? tenant
            : null;
    }
}
