using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SaaS.Platform.Data;

namespace SaaS.Platform.Programmes;

/// <summary>
/// Who has which draft open, and at which step: one room for each draft, over all web processes by PostgreSQL's NOTIFY. A room is of one
/// tenant and one programme; what is heard of others is dropped. Nothing of it is stored, and nobody stays who is not heard of for a minute.
/// </summary>
public sealed class DraftRooms(DatabaseSettings settings, PlaneDb planes, ILogger<DraftRooms> logger) : BackgroundService
{
    internal const string Channel = "drafts";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<Guid, DraftSeat> seats = new();
    private readonly NpgsqlDataSource dataSource = CreateDataSource(settings);

    /// <summary>Takes a seat for one open page, until it is disposed. The person was let in by <see cref="ReadDraft"/>.</summary>
    /// <param name="author">Who.</param>
    /// <param name="programmeId">Whose draft.</param>
    /// <param name="step">The step that is looked at.</param>
    /// <param name="changed">Called on any thread when the others have changed.</param>
    /// <param name="saved">Called on any thread with the revision that somebody saved.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<DraftSeat> EnterAsync(DraftAuthor author, Guid programmeId, string? step, Action changed, Action<int> saved, CancellationToken cancellationToken)
    {
        await using var db = planes.Open(new PlaneContext(Plane.Identity, UserId: author.UserId));
        var name = await db.Users.AsNoTracking().Where(user => user.Id == author.UserId).Select(user => new { user.Ko, user.En }).SingleAsync(cancellationToken);
        var seat = new DraftSeat(this, author.Tenant, programmeId, author.UserId, name.Ko, name.En, step, changed, saved);
        seats[seat.Id] = seat;
        await SayAsync(seat.Words(DraftWord.Entered), cancellationToken);
        return seat;
    }

    internal async Task LeaveAsync(DraftSeat seat)
    {
        seats.TryRemove(seat.Id, out _);
        await SayAsync(seat.Words(DraftWord.Left), CancellationToken.None);
    }

    /// <summary>Without the database nobody is told; the next word tells.</summary>
    internal async Task SayAsync(DraftMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await using var notify = dataSource.CreateCommand("select pg_notify($1, $2)");
            notify.Parameters.Add(new() { Value = Channel });
            notify.Parameters.Add(new() { Value = JsonSerializer.Serialize(message) });
            await notify.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException problem)
        {
            logger.LogWarning(problem, "Could not tell the others who have a draft open.");
        }
    }

    /// <summary>Tells every page that has the draft open; part of the saving itself.</summary>
    internal static Task SayAsync(GrantsDb db, string tenant, Guid programmeId, int revision, CancellationToken cancellationToken)
    {
        var text = JsonSerializer.Serialize(new DraftMessage(DraftWord.Saved, tenant, programmeId, Guid.Empty, Guid.Empty, "", "", null, revision));
        return db.Database.ExecuteSqlAsync($"select pg_notify({Channel}, {text})", cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ListenAsync(stoppingToken), RepeatAsync(stoppingToken));

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(stoppingToken);
                connection.Notification += (_, heard) => Hear(JsonSerializer.Deserialize<DraftMessage>(heard.Payload)!);
                await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
                {
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                }

                // Whoever came while nobody listened is asked for again.
                foreach (var seat in seats.Values)
                {
                    await SayAsync(seat.Words(DraftWord.Entered), stoppingToken);
                }

                while (true)
                {
                    await connection.WaitAsync(stoppingToken);
                }
            }
            catch (NpgsqlException problem)
            {
                logger.LogWarning(problem, "Not hearing who has a draft open; saving goes on as before.");
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task RepeatAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var seat in seats.Values)
                {
                    await SayAsync(seat.Words(DraftWord.Here), stoppingToken);
                    seat.Forget(Forgotten);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; the pages find that out by themselves.
        }
    }

    private void Hear(DraftMessage message)
    {
        foreach (var seat in seats.Values.Where(seat => seat.Id != message.Seat && seat.Tenant == message.Tenant && seat.ProgrammeId == message.ProgrammeId))
        {
            seat.Hear(message);
        }
    }

    private static NpgsqlDataSource CreateDataSource(DatabaseSettings settings)
        => new NpgsqlDataSourceBuilder(settings.ConnectionOf(Plane.Public)) { ConnectionStringBuilder = { ApplicationName = "saas drafts", MaxPoolSize = 3 } }.Build();

    public override void Dispose()
    {
        dataSource.Dispose();
        base.Dispose();
    }
}
