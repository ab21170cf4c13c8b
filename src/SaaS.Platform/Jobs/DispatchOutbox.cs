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
    private const int Batch = 200;

    /// <summary>After this time without an end a message is handed over again; doubled with every attempt.</summary>
    private const int PatienceSeconds = 60;

    /// <summary>A message handed over this often without success waits for a person.</summary>
    private const int Attempts = 12;

    /// <summary>One dispatcher at a time, however many workers there are.</summary>
    private const string TakeTurn = "select pg_try_advisory_xact_lock(1520828419), set_config('idle_in_transaction_session_timeout', '15s', true)";

    private const string Select = """
        with under_way as (
            select tenant_id, count(*) as jobs from outbox
            where done_at is null and dispatched_at is not null
            group by tenant_id),
        waiting as (
            select tenant_id, id, kind, row_number() over (partition by tenant_id order by available_at, id) as turn
            from outbox
            where done_at is null and dispatched_at is null and available_at <= $1 and attempts < $2)
        select w.tenant_id, w.id, w.kind
        from waiting w left join under_way u on u.tenant_id = w.tenant_id
        where w.turn + coalesce(u.jobs, 0) <= $3
        order by w.turn, w.tenant_id
        limit $4
        """;

    private const string Mark = """
        update outbox set dispatched_at = $1, attempts = attempts + 1
        from unnest($2::text[], $3::uuid[]) as handed(tenant_id, id)
        where outbox.tenant_id = handed.tenant_id and outbox.id = handed.id
        """;

    // Also what was handed over "in the future": the clock of a demo may start again.
    private const string Sweep = """
        update outbox set dispatched_at = null
        where done_at is null and dispatched_at is not null
          and (dispatched_at > $1 or dispatched_at + make_interval(secs => $2 * power(2, least(attempts, 10) - 1)) < $1)
        """;

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

        var tenants = new List<string>();
        var ids = new List<Guid>();
        foreach (var (tenant, id, kind) in await WaitingAsync(connection, cancellationToken))
        {
            if (registry.Find(kind) is not { } registration)
            {
                if (reported.Add(kind))
                {
                    logger.LogError("No job is registered for the outbox kind {Kind}; its messages wait.", kind);
                }

                continue;
            }

            jobs.Create(ToJob(registration, tenant, id), new EnqueuedState(registration.Queue));
            tenants.Add(tenant);
            ids.Add(id);
        }

        await using (var mark = new NpgsqlCommand(Mark, connection, transaction))
        {
            mark.Parameters.AddWithValue(clock.GetCurrentInstant());
            mark.Parameters.AddWithValue(tenants.ToArray());
            mark.Parameters.AddWithValue(ids.ToArray());
            await mark.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return ids.Count;
    }

    /// <summary>Makes what was handed over and never ended ready to be handed over again.</summary>
    /// <returns>How many were found.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
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

    private async Task<List<(string Tenant, Guid Id, string Kind)>> WaitingAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var select = new NpgsqlCommand(Select, connection);
        select.Parameters.AddWithValue(clock.GetCurrentInstant());
        select.Parameters.AddWithValue(Attempts);
        select.Parameters.AddWithValue(UnderWayPerTenant);
        select.Parameters.AddWithValue(Batch);
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        var waiting = new List<(string, Guid, string)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            waiting.Add((reader.GetString(0), reader.GetGuid(1), reader.GetString(2)));
        }

        return waiting;
    }
}
