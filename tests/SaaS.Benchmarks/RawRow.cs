using System.Data;
using Npgsql;

namespace SaaS.Benchmarks;

/// <summary>A row as it lies in its table, to be written again by plain SQL.</summary>
internal sealed record RawRow(string Table, IReadOnlyList<RawCell> Cells)
{
    public string Insert { get; } =
        $"insert into {Table} ({string.Join(", ", Cells.Select(cell => cell.Column))}) values ({string.Join(", ", Enumerable.Range(1, Cells.Count).Select(n => $"${n}"))})";

    public object this[string column] => Cells.First(cell => cell.Column == column).Value;

    /// <param name="connection">Past every policy.</param>
    /// <param name="table">Where they lie.</param>
    /// <param name="condition">In which <c>@id</c> stands for the id.</param>
    /// <param name="id">Of the application or the instance.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<List<RawRow>> ReadAsync(NpgsqlConnection connection, string table, string condition, Guid id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select * from {table} where {condition}", connection);
        command.Parameters.AddWithValue("id", id);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.KeyInfo, cancellationToken);
        var columns = (await reader.GetColumnSchemaAsync(cancellationToken)).Where(column => column.IsAutoIncrement != true && column.IsIdentity != true).ToList();
        var rows = new List<RawRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new RawRow(table, [.. columns.Select(column => new RawCell(column.ColumnName, column.DataTypeName!, reader.GetValue(column.ColumnOrdinal!.Value)))]));
        }

        return rows;
    }
}

internal sealed record RawCell(string Column, string Type, object Value)
{
    /// <summary>Ids that <paramref name="keys"/> knows are replaced; what must be unique is made anew.</summary>
    public NpgsqlParameter ToParameter(IReadOnlyDictionary<Guid, Guid> keys) => new()
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

internal static class RawBatch
{
    public static void Add(this NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        batch.BatchCommands.Add(command);
    }
}
