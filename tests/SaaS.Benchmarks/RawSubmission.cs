using System.Data;
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
        ("applications", "id = @application"),
        ("cost_lines", "application_id = @application"),
        ("application_shares", "application_id = @application"),
        ("workflow_instances", "application_id = @application"),
        ("workflow_bookmarks", "instance_id in (select id from workflow_instances where application_id = @application)"),
        ("workflow_journal", "instance_id in (select id from workflow_instances where application_id = @application)"),
        ("outbox", "application_id = @application"),
    ];

    private readonly List<Row> rows = [];
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
            await using var command = new NpgsqlCommand($"select * from {table} where {condition}", connection);
            command.Parameters.AddWithValue("application", applicationId);
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.KeyInfo, cancellationToken);
            var columns = (await reader.GetColumnSchemaAsync(cancellationToken)).Where(column => column.IsAutoIncrement != true && column.IsIdentity != true).ToList();
            while (await reader.ReadAsync(cancellationToken))
            {
                raw.rows.Add(new Row(table, [.. columns.Select(column => new Cell(column.ColumnName, column.DataTypeName!, reader.GetValue(column.ColumnOrdinal!.Value)))]));
            }
        }

        return raw;
    }

    /// <summary>Writes all rows under new keys.</summary>
    public async Task WriteAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, "select set_config('app.ctx', $1, true)", new NpgsqlParameter<string> { TypedValue = context });
        Add(
            batch,
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
            Add(batch, row.Insert, [.. row.Cells.Select(cell => cell.ToParameter(keys))]);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add(NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        batch.BatchCommands.Add(command);
    }

    private sealed record Cell(string Column, string Type, object Value)
    {
        public NpgsqlParameter ToParameter(Dictionary<Guid, Guid> keys) => new()
        {
            DataTypeName = Type,
            Value = (Column, Value) switch
            {
                ("receipt_number" or "idempotency_key", _) => Guid.CreateVersion7().ToString(),
                (_, Guid old) => keys.GetValueOrDefault(old, old),
                _ => Value,
            },
        };
    }

    private sealed record Row(string Table, IReadOnlyList<Cell> Cells)
    {
        public string Insert { get; } =
            $"insert into {Table} ({string.Join(", ", Cells.Select(cell => cell.Column))}) values ({string.Join(", ", Enumerable.Range(1, Cells.Count).Select(n => $"${n}"))})";
    }
}
