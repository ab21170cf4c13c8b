using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Update;
using Npgsql;

namespace SaaS.Platform.Data;

/// <summary>One statement of what <see cref="RowDatabase"/> writes: the rows that are added to a table, or one row that is changed or removed.</summary>
internal sealed class RowStatement
{
    private RowStatement(NpgsqlBatchCommand command, int? rows, IReadOnlyList<IUpdateEntry> entries, bool isGuarded)
    {
        (Command, Rows, Entries, IsGuarded) = (command, rows, entries, isGuarded);
        if (isGuarded)
        {
            command.CommandText = $"with done as ({command.CommandText} returning 1) select 1 / count(*) from done";
        }
    }

    public NpgsqlBatchCommand Command { get; }

    /// <summary>True when PostgreSQL itself fails (a division by zero) if the row is not there to be changed or removed.</summary>
    public bool IsGuarded { get; }

    /// <summary>How many rows it must change; null where that is not told.</summary>
    public int? Rows { get; }

    /// <summary>Empty for rows that nobody tracks.</summary>
    public IReadOnlyList<IUpdateEntry> Entries { get; }

    /// <summary>Adds the rows, all of one entity, whose text does not depend on their number, so that PostgreSQL keeps its plan.</summary>
    public static IEnumerable<RowStatement> Inserting(RowShape shape, List<IUpdateEntry> rows)
    {
        if (rows.Count > 1 && shape.InsertMany is { } many)
        {
            return [new RowStatement(With(many, shape.Columns, column => column.Current(rows)), rows.Count, rows, false)];
        }

        return rows.Select(row => new RowStatement(With(shape.InsertOne, shape.Columns, column => column.Current(row)), 1, [row], false));
    }

    /// <summary>Adds rows of one entity that nobody tracks, as rows of a tenant, whom the context knows.</summary>
    /// <exception cref="TenantMismatchException">A row names another tenant.</exception>
    public static IEnumerable<RowStatement> Inserting(RowShape shape, List<ITenantOwned> rows, string tenant)
    {
        if (rows.Find(row => row.TenantId.Length > 0 && row.TenantId != tenant) is { } foreign)
        {
            throw new TenantMismatchException($"{foreign.GetType().Name} belongs to the tenant '{foreign.TenantId}', this context to '{tenant}'.");
        }

        if (rows.Count > 1 && shape.InsertMany is { } many)
        {
            var tenants = new NpgsqlParameter<string[]> { TypedValue = [.. Enumerable.Repeat(tenant, rows.Count)] };
            return [new RowStatement(With(many, shape.Columns, column => column.IsTenant ? tenants : column.Untracked(rows)), rows.Count, [], false)];
        }

        return rows.Select(row => new RowStatement(With(shape.InsertOne, shape.Columns, column => column.IsTenant ? column.Value(tenant) : column.Untracked(row)), 1, [], false));
    }

    /// <summary>Changes what was modified in a row; null where nothing was.</summary>
    public static RowStatement? Changing(RowShape shape, IUpdateEntry row, bool isGuarded)
    {
        var changed = new List<RowColumn>();
        foreach (var column in shape.Columns)
        {
            if (row.IsModified(column.Property))
            {
                changed.Add(column);
            }
        }

        if (changed.Count == 0)
        {
            return null;
        }

        var command = With(shape.Update(changed), changed, column => column.Current(row));
        AddKey(command, shape, row);
        return new RowStatement(command, 1, [row], isGuarded);
    }

    public static RowStatement Removing(RowShape shape, IUpdateEntry row, bool isGuarded)
    {
        var command = new NpgsqlBatchCommand(shape.Delete);
        AddKey(command, shape, row);
        return new RowStatement(command, 1, [row], isGuarded);
    }

    /// <summary>Changes one column of a row that nobody tracks, unless it has the value already.</summary>
    public static RowStatement Changing(IProperty property, string tenant, Guid id, object value)
    {
        var shape = RowShape.Of(property.DeclaringType.ContainingEntityType);
        var column = Array.Find(shape.Columns, column => column.Property == property)!;
        var command = new NpgsqlBatchCommand($"update {shape.Table} set {column.Name} = $3 where tenant_id = $1 and id = $2 and {column.Name} <> $3");
        AddKey(command, tenant, id);
        command.Parameters.Add(column.Value(value));
        return new RowStatement(command, null, [], false);
    }

    /// <summary>Removes a row that nobody tracks, if it is there.</summary>
    public static RowStatement Removing(RowShape shape, string tenant, Guid id)
    {
        var command = new NpgsqlBatchCommand($"delete from {shape.Table} where tenant_id = $1 and id = $2");
        AddKey(command, tenant, id);
        return new RowStatement(command, null, [], false);
    }

    private static NpgsqlBatchCommand With(string text, IReadOnlyList<RowColumn> columns, Func<RowColumn, NpgsqlParameter> value)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var column in columns)
        {
            command.Parameters.Add(value(column));
        }

        return command;
    }

    private static void AddKey(NpgsqlBatchCommand command, RowShape shape, IUpdateEntry row)
    {
        foreach (var column in shape.Keys)
        {
            command.Parameters.Add(column.Original(row));
        }

        foreach (var column in shape.Tokens)
        {
            command.Parameters.Add(column.Original(row));
        }
    }

    private static void AddKey(NpgsqlBatchCommand command, string tenant, Guid id)
    {
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
    }
}
