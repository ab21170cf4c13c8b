using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;

namespace SaaS.Platform.Inbox;

/// <summary>Gives every tenant its recurring look for what is to be mailed, also those that are taken in while the worker runs.</summary>
internal sealed class TenantSchedules(PlaneDb planes, IRecurringJobManager recurring, ILogger<TenantSchedules> logger) : BackgroundService
{
    private const string TwiceAMinute = "*/30 * * * * *";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    private readonly HashSet<string> known = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery);
        do
        {
            try
            {
                await AddAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is NpgsqlException or InvalidOperationException or BackgroundJobClientException)
            {
                logger.LogWarning(problem, "The tenants' schedules could not be written; trying again.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task AddAsync(CancellationToken cancellationToken)
    {
        await using var db = planes.Open(new PlaneContext(Plane.Public));
        foreach (var tenant in (await db.Tenants.Select(tenant => tenant.Id).ToListAsync(cancellationToken)).Where(known.Add))
        {
            recurring.AddOrUpdate<InboxNoticesJob>($"inbox:{tenant}", JobQueue.Bulk, job => job.RunAsync(tenant, CancellationToken.None), TwiceAMinute);
        }
    }
}
