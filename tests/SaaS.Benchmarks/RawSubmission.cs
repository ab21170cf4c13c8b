using Npgsql;
using SaaS.Platform.Data;

namespace SaaS.Benchmarks;

/// <summary>
/// The peer of a submission: the same rows with the same contents, as plain parametrised inserts in one batch, which is one round trip
/// and one transaction. It reads nothing, decides nothing and checks nothing.
/// </summary>
public sealed class RawSubmission
{
    private static readonly (string Table, string Condition)[] Tables =
    [
        ("applications", "id = @id"),
        ("cost_lines", "application_id = @id"),
        ("application_shares", "application_id = @id"),
        ("workflow_instances", "application_id = @id"),
        ("workflow_bookmarks", "instance_id in (select id from workflow_instances where application_id = @id)"),
        ("workflow_journal", "instance_id in (select id from workflow_instances where application_id = @id)"),
        ("outbox", "application_id = @id"),
    ];

    private readonly List<RawRow> rows = [];
    private readonly string context;

    private RawSubmission(PlaneContext context) => this.context = context.ToJson();

    public int Rows => rows.Count + 1;

    /// <summary>Takes the rows of an application that was submitted in the ordinary way.</summary>
    public static async Task<RawSubmission> LikeAsync(Ground ground, Guid applicationId, CancellationToken cancellationToken)
    {
        var raw = new RawSubmission(ground.TenantContext);
        await using var connection = await ground.Admin.OpenConnectionAsync(cancellationToken);
        foreach (var (table, condition) in Tables)
        {
            raw.rows.AddRange(await RawRow.ReadAsync(connection, table, condition, applicationId, cancellationToken));
        }

        return raw;
    }

    /// <summary>Writes all rows under new keys.</summary>
    public async Task WriteAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("select set_config('app.ctx', $1, true)", new NpgsqlParameter<string> { TypedValue = context });
        batch.Add(
            "insert into receipt_counters (tenant_id, year, last) values ($1, 2025, 1) on conflict (tenant_id, year) do update set last = receipt_counters.last + 1 returning last",
            new NpgsqlParameter<string> { TypedValue = Ground.Tenant });
        var keys = new Dictionary<Guid, Guid>();
        foreach (var row in rows)
        {
            foreach (var cell in row.Cells)
            {
                if (cell is { Column: "id" or "workflow_instance_id", Value: Guid old })
                {
                    keys.TryAdd(old, Guid.CreateVersion7());
                }
            }
        }

        foreach (var row in rows)
        {
            batch.Add(row.Insert, [.. row.Cells.Select(cell => cell.ToParameter(keys))]);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
