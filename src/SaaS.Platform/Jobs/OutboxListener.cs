using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SaaS.Platform.Data;

namespace SaaS.Platform.Jobs;

/// <summary>Hears of new outbox messages as their transactions commit, and wakes the dispatcher.</summary>
internal sealed class OutboxListener(DatabaseSettings settings, OutboxSignal signal, ILogger<OutboxListener> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var dataSource = DispatchOutbox.CreateDataSource(settings);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(stoppingToken);
                connection.Notification += (_, _) => signal.Wake();
                await using (var listen = new NpgsqlCommand("listen outbox", connection))
                {
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                }

                while (true)
                {
                    await connection.WaitAsync(stoppingToken);
                }
            }
            catch (NpgsqlException problem)
            {
                logger.LogWarning(problem, "Not listening to the outbox; the poll goes on meanwhile.");
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
