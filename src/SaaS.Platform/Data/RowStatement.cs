using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;
using Npgsql;

namespace SaaS.Platform.Data;

/// <summary>One statement of a <see cref="RowBatch"/>: the rows that are added to a table, or one row that is changed or removed.</summary>
internal sealed class RowStatement
{
    private readonly List<IReadOnlyModificationCommand> rows;

    private RowStatement(List<IReadOnlyModificationCommand> rows)
    {
        this.rows = rows;
        if (rows.Exists(row => row.ColumnModifications.Any(column => column.IsRead)))
        {
            throw new NotSupportedException($"The table {rows[0].TableName} has a column that the database fills; nothing is read back.");
        }

        Command = rows[0].EntityState switch
        {
            EntityState.Added when rows.Count == 1 => Insert(rows[0]),
            EntityState.Added => InsertMany(rows),
            EntityState.Modified => Update(rows[0]),
            EntityState.Deleted => Delete(rows[0]),
            var other => throw new NotSupportedException($"A row that is {other} is not saved."),
        };
    }

    public NpgsqlBatchCommand Command { get; }

    /// <summary>How many rows it must change.</summary>
    public int Rows => rows.Count;

    public IReadOnlyList<IUpdateEntry> Entries => [.. rows.SelectMany(row => row.Entries)];

    /// <summary>In the given order; rows that follow each other and go into the same columns of the same table are taken together.</summary>
    public static IEnumerable<RowStatement> For(IReadOnlyList<IReadOnlyModificationCommand> commands)
    {
        for (var next = 0; next < commands.Count;)
        {
            List<IReadOnlyModificationCommand> rows = [commands[next++]];
            while (next < commands.Count && GoTogether(rows[0], commands[next]))
            {
                rows.Add(commands[next++]);
            }

            yield return new RowStatement(rows);
        }
    }

    // Arrays of arrays would be taken apart by unnest.
    private static bool GoTogether(IReadOnlyModificationCommand one, IReadOnlyModificationCommand other)
        => one.EntityState is EntityState.Added && other.EntityState is EntityState.Added && one.TableName == other.TableName
            && one.ColumnModifications.Select(column => column.ColumnName).SequenceEqual(other.ColumnModifications.Select(column => column.ColumnName))
            && !one.ColumnModifications.Any(column => column.TypeMapping!.StoreType.EndsWith("[]", StringComparison.Ordinal));

    private static NpgsqlBatchCommand Insert(IReadOnlyModificationCommand row)
    {
        var columns = row.ColumnModifications;
        var command = new NpgsqlBatchCommand($"insert into {row.TableName} ({Names(columns)}) values ({Places(columns.Count)})");
        foreach (var column in columns)
        {
            command.Parameters.Add(Parameter(column, column.Value));
        }

        return command;
    }

    private static NpgsqlBatchCommand InsertMany(List<IReadOnlyModificationCommand> rows)
    {
        var columns = rows[0].ColumnModifications;
        var command = new NpgsqlBatchCommand($"insert into {rows[0].TableName} ({Names(columns)}) select * from unnest({Places(columns.Count)})");
        for (var column = 0; column < columns.Count; column++)
        {
            var mapping = columns[column].TypeMapping!;
            var values = rows.ConvertAll(row => ToProvider(mapping, row.ColumnModifications[column].Value));
            command.Parameters.Add(new NpgsqlParameter { DataTypeName = mapping.StoreTypeNameBase + "[]", Value = ToArray(mapping, values) });
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

    private static string Names(IEnumerable<IColumnModification> columns) => string.Join(", ", columns.Select(column => column.ColumnName));

    private static string Places(int count) => string.Join(", ", Enumerable.Range(1, count).Select(number => $"${number}"));

    private static string Place(NpgsqlBatchCommand command, IColumnModification column, object? value)
    {
        command.Parameters.Add(Parameter(column, value));
        return $"${command.Parameters.Count}";
    }

    private static NpgsqlParameter Parameter(IColumnModification column, object? value)
        => new() { DataTypeName = column.TypeMapping!.StoreTypeNameBase, Value = ToProvider(column.TypeMapping, value) ?? DBNull.Value };

    private static object? ToProvider(RelationalTypeMapping mapping, object? value) => mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value;

    private static Array ToArray(RelationalTypeMapping mapping, List<object?> values)
    {
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

        return array;
    }
}
