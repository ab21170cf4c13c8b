using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;
using SaaS.Platform.Data;

namespace SaaS.Platform.Jobs;

/// <summary>
/// Hands open outbox messages to Hangfire, one of each tenant in turn, with a cap on what a tenant has under way, so that a busy tenant
/// delays nobody else. A crash after handing over and before the mark hands over again: jobs do their step once (<see cref="TenantJob"/>).
/// </summary>
public sealed class DispatchOutbox(
    DatabaseSettings settings, JobRegistry registry, IBackgroundJobClient jobs, IClock clock, ILogger<DispatchOutbox> logger) : IAsyncDisposable
{
    private const int UnderWayPerTenant = 16;
    private const int Batch = 64;

    /// <summary>After this time without an end a message is handed over again; doubled with every attempt.</summary>
    private const int PatienceSeconds = 60;

    /// <summary>A message handed over this often without success waits for a person.</summary>
    internal const int Attempts = 12;

    /// <summary>One dispatcher at a time, however many workers there are; one that hangs loses its turn.</summary>
    private const string TakeTurn = "select pg_try_advisory_xact_lock(1520828419), set_config('idle_in_transaction_session_timeout', '15s', true)";

    // A row that is locked belongs to a job that is running at this moment: neither handed over nor waited for.
    private const string Take = """
        with under_way as (
            select tenant_id, count(*) as jobs from outbox
            where done_at is null and dispatched_at is not null
            group by tenant_id),
        waiting as (
            select tenant_id, id, row_number() over (partition by tenant_id order by available_at, id) as turn
            from outbox
            where done_at is null and dispatched_at is null and available_at <= $1 and attempts < $2 and kind = any ($3)),
        chosen as (
            select w.tenant_id, w.id, w.turn
            from waiting w left join under_way u on u.tenant_id = w.tenant_id
            where w.turn + coalesce(u.jobs, 0) <= $4
            order by w.turn, w.tenant_id
            limit $5),
        taken as (
            select o.tenant_id, o.id, c.turn from outbox o join chosen c on c.tenant_id = o.tenant_id and c.id = o.id
            where o.done_at is null and o.dispatched_at is null
            for update of o skip locked)
        update outbox set dispatched_at = $1, attempts = attempts + 1
        from taken where taken.tenant_id = outbox.tenant_id and taken.id = outbox.id
        returning taken.turn, outbox.tenant_id, outbox.id, outbox.kind
        """;

    // Also what was handed over "in the future": the clock of a demo may start again.
    private const string Sweep = """
        with lost as (
            select tenant_id, id from outbox
            where done_at is null and dispatched_at is not null
              and (dispatched_at > $1 or dispatched_at + make_interval(secs => $2 * power(2, least(attempts, 10) - 1)) < $1)
            for update skip locked)
        update outbox set dispatched_at = null
        from lost where lost.tenant_id = outbox.tenant_id and lost.id = outbox.id
        """;

    private const string Unknown = "select distinct kind from outbox where done_at is null and kind <> all ($1)";

    private readonly NpgsqlDataSource dataSource = CreateDataSource(settings);
    private readonly HashSet<string> reported = [];

    /// <returns>How many were handed over.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var turn = new NpgsqlCommand(TakeTurn, connection, transaction))
        {
            if (await turn.ExecuteScalarAsync(cancellationToken) is false)
            {
                return 0;
            }
        }

        // Marked first, handed over next, committed last: a job that starts at once waits for the commit, never the dispatcher for a job.
        var taken = await TakeAsync(connection, cancellationToken);
        foreach (var message in taken.OrderBy(message => message.Turn))
        {
            var registration = registry.Find(message.Kind)!;
            jobs.Create(ToJob(registration, message.Tenant, message.Id), new EnqueuedState(registration.Queue));
        }

        await transaction.CommitAsync(cancellationToken);
        return taken.Count;
    }

    /// <summary>Makes what was handed over and never ended ready to be handed over again.</summary>
    /// <returns>How many were found.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        await using (var unknown = dataSource.CreateCommand(Unknown))
        {
            unknown.Parameters.AddWithValue(Kinds);
            await using var reader = await unknown.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                if (reported.Add(reader.GetString(0)))
                {
                    logger.LogError("No job is registered for the outbox kind {Kind}; its messages wait.", reader.GetString(0));
                }
            }
        }

        await using var sweep = dataSource.CreateCommand(Sweep);
        sweep.Parameters.AddWithValue(clock.GetCurrentInstant());
        sweep.Parameters.AddWithValue(PatienceSeconds);
        return await sweep.ExecuteNonQueryAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => dataSource.DisposeAsync();

    internal static NpgsqlDataSource CreateDataSource(DatabaseSettings settings)
    {
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionOf(Plane.Jobs)) { ConnectionStringBuilder = { MaxPoolSize = 4 } };
        builder.UseNodaTime();
        return builder.Build();
    }

    internal static Job ToJob(OutboxJobRegistration registration, string tenant, Guid id)
        => new(registration.Job, registration.Job.GetMethod(nameof(IOutboxJob.RunAsync))!, tenant, id, CancellationToken.None);

    private string[] Kinds => [.. registry.All.Select(registration => registration.Kind)];

    private async Task<List<Taken>> TakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var take = new NpgsqlCommand(Take, connection);
        take.Parameters.AddWithValue(clock.GetCurrentInstant());
        take.Parameters.AddWithValue(Attempts);
        take.Parameters.AddWithValue(Kinds);
        take.Parameters.AddWithValue(UnderWayPerTenant);
        take.Parameters.AddWithValue(Batch);
        await using var reader = await take.ExecuteReaderAsync(cancellationToken);
        var taken = new List<Taken>();
        while (await reader.ReadAsync(cancellationToken))
        {
            taken.Add(new Taken(reader.GetInt64(0), reader.GetString(1), reader.GetGuid(2), reader.GetString(3)));
        }

        return taken;
    }

    private sealed record Taken(long Turn, string Tenant, Guid Id, string Kind);
}
