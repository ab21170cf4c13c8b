using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;
using Npgsql;
using NpgsqlTypes;

namespace SaaS.Platform.Data;

/// <summary>One statement of a <see cref="RowBatch"/>: the rows that are added to a table, or one row that is changed or removed.</summary>
internal sealed class RowStatement
{
    private static readonly ConcurrentDictionary<ITable, Inserts> Tables = [];
    private static readonly ConcurrentDictionary<RelationalTypeMapping, NpgsqlDbType> Types = [];

    private RowStatement(List<IReadOnlyModificationCommand> rows, bool isGuarded)
    {
        Rows = rows.Count;
        Entries = [.. rows.SelectMany(row => row.Entries)];
        IsGuarded = isGuarded && rows[0].EntityState is not EntityState.Added;
        Command = rows[0].EntityState switch
        {
            EntityState.Added => Insert(rows),
            EntityState.Modified => Update(rows[0]),
            EntityState.Deleted => Delete(rows[0]),
            var other => throw new NotSupportedException($"A row that is {other} is not saved."),
        };
        if (IsGuarded)
        {
            Command.CommandText = $"with done as ({Command.CommandText} returning 1) select 1 / count(*) from done";
        }
    }

    /// <summary>For rows that nobody tracks.</summary>
    public RowStatement(NpgsqlBatchCommand command, int? rows) => (Command, Rows, Entries) = (command, rows, []);

    /// <summary>Changes one column of a row that nobody tracks, unless it has the value already.</summary>
    public static RowStatement Changing(string table, string column, RelationalTypeMapping mapping, string tenant, Guid id, object value) => new(
        new NpgsqlBatchCommand($"update {table} set {column} = $3 where tenant_id = $1 and id = $2 and {column} <> $3")
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = tenant },
                new NpgsqlParameter<Guid> { TypedValue = id },
                Parameter(mapping, value),
            },
        },
        null);

    /// <summary>Removes a row that nobody tracks and that must be there.</summary>
    public static RowStatement Removing(string table, string tenant, Guid id) => new(
        new NpgsqlBatchCommand($"with done as (delete from {table} where tenant_id = $1 and id = $2 returning 1) select 1 / count(*) from done")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = tenant }, new NpgsqlParameter<Guid> { TypedValue = id } },
        },
        1)
    { IsGuarded = true };

    public NpgsqlBatchCommand Command { get; }

    /// <summary>True when PostgreSQL itself fails (a division by zero) if the row is not there to be changed or removed.</summary>
    public bool IsGuarded { get; private init; }

    /// <summary>How many rows it must change; null where that is not told.</summary>
    public int? Rows { get; }

    public IReadOnlyList<IUpdateEntry> Entries { get; }

    /// <summary>In the given order; rows that are added to the same table one after the other are taken together.</summary>
    /// <param name="commands">What SaveChanges found.</param>
    /// <param name="areGuarded">When what follows in the batch must not happen unless every row was there.</param>
    public static IEnumerable<RowStatement> For(IReadOnlyList<IReadOnlyModificationCommand> commands, bool areGuarded)
    {
        for (var next = 0; next < commands.Count;)
        {
            List<IReadOnlyModificationCommand> rows = [commands[next++]];
            while (next < commands.Count && rows[0].EntityState is EntityState.Added && commands[next].EntityState is EntityState.Added
                && rows[0].Table == commands[next].Table && InsertsOf(rows[0]).Many is not null)
            {
                rows.Add(commands[next++]);
            }

            yield return new RowStatement(rows, areGuarded);
        }
    }

    private static NpgsqlBatchCommand Insert(List<IReadOnlyModificationCommand> rows)
    {
        var inserts = InsertsOf(rows[0]);
        var columns = rows[0].ColumnModifications;
        var command = new NpgsqlBatchCommand(rows.Count > 1 && inserts.Many is { } many ? many : inserts.One);
        for (var column = 0; column < columns.Count; column++)
        {
            command.Parameters.Add(rows.Count == 1 ? Parameter(columns[column], columns[column].Value) : Parameter(rows, column));
        }

        return command;
    }

    private static NpgsqlBatchCommand Update(IReadOnlyModificationCommand row)
    {
        var command = new NpgsqlBatchCommand();
        var set = row.ColumnModifications.Where(column => column.IsWrite).Select(column => $"{column.ColumnName} = {Place(command, column, column.Value)}").ToList();
        command.CommandText = $"update {row.TableName} set {string.Join(", ", set)} where {Conditions(command, row)}";
        return command;
    }

    private static NpgsqlBatchCommand Delete(IReadOnlyModificationCommand row)
    {
        var command = new NpgsqlBatchCommand();
        command.CommandText = $"delete from {row.TableName} where {Conditions(command, row)}";
        return command;
    }

    private static string Conditions(NpgsqlBatchCommand command, IReadOnlyModificationCommand row)
        => string.Join(" and ", row.ColumnModifications.Where(column => column.IsCondition).Select(column => column.OriginalValue is null
            ? $"{column.ColumnName} is null"
            : $"{column.ColumnName} = {Place(command, column, column.OriginalValue)}"));

    private static string Place(NpgsqlBatchCommand command, IColumnModification column, object? value)
    {
        command.Parameters.Add(Parameter(column, value));
        return $"${command.Parameters.Count}";
    }

    private static NpgsqlParameter Parameter(IColumnModification column, object? value) => Parameter(column.TypeMapping!, value);

    internal static NpgsqlParameter Parameter(RelationalTypeMapping mapping, object? value)
        => new() { NpgsqlDbType = TypeOf(mapping), Value = ToProvider(mapping, value) ?? DBNull.Value };

    /// <summary>One column of several rows, as an array.</summary>
    private static NpgsqlParameter Parameter(List<IReadOnlyModificationCommand> rows, int column)
    {
        var mapping = rows[0].ColumnModifications[column].TypeMapping!;
        return Many(mapping, rows.ConvertAll(row => row.ColumnModifications[column].Value));
    }

    /// <summary>Values of one column as the array that unnest takes apart.</summary>
    internal static NpgsqlParameter Many(RelationalTypeMapping mapping, List<object?> column)
    {
        var values = column.ConvertAll(value => ToProvider(mapping, value));
        var type = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
        if (type.IsValueType && Nullable.GetUnderlyingType(type) is null && values.Contains(null))
        {
            type = typeof(Nullable<>).MakeGenericType(type);
        }

        var array = Array.CreateInstance(type, values.Count);
        for (var place = 0; place < values.Count; place++)
        {
            array.SetValue(values[place], place);
        }

        return new NpgsqlParameter { NpgsqlDbType = TypeOf(mapping) | NpgsqlDbType.Array, Value = array };
    }

    private static object? ToProvider(RelationalTypeMapping mapping, object? value) => mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value;

    // EF Core knows the type, but shows it on a parameter only.
    private static NpgsqlDbType TypeOf(RelationalTypeMapping mapping) => Types.GetOrAdd(mapping, static known =>
    {
        using var command = new NpgsqlCommand();
        return ((NpgsqlParameter)known.CreateParameter(command, "value", null)).NpgsqlDbType;
    });

    private static Inserts InsertsOf(IReadOnlyModificationCommand row)
        => Tables.GetOrAdd(row.Table ?? throw new NotSupportedException($"{row.TableName} is no table of the model."), static (_, first) => Inserts.Into(first), row);

    /// <summary>How rows are added to a table. All columns are always written.</summary>
    /// <param name="One">For a single row.</param>
    /// <param name="Many">For any number of rows; null where a column holds arrays, which unnest would take apart.</param>
    private sealed record Inserts(string One, string? Many)
    {
        public static Inserts Into(IReadOnlyModificationCommand row)
        {
            var columns = row.ColumnModifications;
            if (columns.Any(column => column.IsRead))
            {
                throw new NotSupportedException($"The table {row.TableName} has a column that the database fills; nothing is read back.");
            }

            var into = $"insert into {row.TableName} ({string.Join(", ", columns.Select(column => column.ColumnName))})";
            var places = string.Join(", ", Enumerable.Range(1, columns.Count).Select(number => $"${number}"));
            var hasArrays = columns.Any(column => column.TypeMapping!.StoreType.EndsWith("[]", StringComparison.Ordinal));
            return new Inserts($"{into} values ({places})", hasArrays ? null : $"{into} select * from unnest({places})");
        }
    }
}
