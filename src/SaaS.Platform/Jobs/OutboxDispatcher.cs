using Hangfire;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace SaaS.Platform.Jobs;

/// <summary>Keeps <see cref="DispatchOutbox"/> running in the worker: when something was written, when a job ended, and once a second.</summary>
internal sealed class OutboxDispatcher(DispatchOutbox dispatch, OutboxSignal signal, ILogger<OutboxDispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sinceSweep = System.Diagnostics.Stopwatch.StartNew();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (sinceSweep.Elapsed > SweepEvery)
                {
                    sinceSweep.Restart();
                    var found = await dispatch.SweepAsync(stoppingToken);
                    if (found > 0)
                    {
                        logger.LogWarning("{Count} outbox messages were handed over and never ended; they are handed over again.", found);
                    }
                }

                await dispatch.RunAsync(stoppingToken);
                await signal.WaitAsync(Poll, stoppingToken);
            }
            catch (Exception problem) when (problem is NpgsqlException or BackgroundJobClientException)
            {
                logger.LogWarning(problem, "The outbox could not be read or handed over; trying again in a second.");
                await Task.Delay(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
