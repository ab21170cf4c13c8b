using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace SaaS.Platform.Data;

/// <summary>
/// Rows that the next save changes, adds or removes after all that is tracked, without tracking them: many at once, and nobody looks at them
/// again here.
/// </summary>
internal sealed class AppendedRows
{
    private static readonly ConcurrentDictionary<IEntityType, Shape> Shapes = [];

    private readonly List<(IEntityType Type, List<ITenantOwned> Rows)> groups = [];
    private readonly List<(IEntityType Type, Guid Id)> removed = [];
    private readonly List<(IProperty Property, Guid Id, object Value)> changed = [];

    public void Add(IEntityType type, ITenantOwned row)
    {
        var group = groups.Find(group => group.Type == type).Rows;
        if (group is null)
        {
            groups.Add((type, group = []));
        }

        group.Add(row);
    }

    /// <summary>Takes a row back that was to be added, or removes it from the table.</summary>
    public void Remove<T>(IEntityType type, Guid id, Func<T, Guid> idOf)
        where T : class, ITenantOwned
    {
        if (groups.Find(group => group.Type == type).Rows is { } added && added.RemoveAll(row => idOf((T)row) == id) > 0)
        {
            return;
        }

        removed.Add((type, id));
    }

    /// <summary>The last value that was said for a row's property counts.</summary>
    public void Change(IProperty property, Guid id, object value)
    {
        changed.RemoveAll(change => change.Property == property && change.Id == id);
        changed.Add((property, id, value));
    }

    public void Clear()
    {
        changed.Clear();
        groups.Clear();
        removed.Clear();
    }

    /// <summary>What is changed, what is removed, then one statement a table, in the order in which the tables first came; takes the rows with it.</summary>
    /// <exception cref="TenantMismatchException">A row names another tenant.</exception>
    public List<RowStatement> Take(string tenant)
    {
        List<RowStatement> statements =
        [
            .. changed.Select(change => Update(change.Property, tenant, change.Id, change.Value)),
            .. removed.Select(row => RowStatement.Removing(row.Type.GetTableName()!, tenant, row.Id)),
            .. groups.Where(group => group.Rows.Count > 0).Select(group => Insert(Shapes.GetOrAdd(group.Type, Shape.Of), group.Rows, tenant)),
        ];
        Clear();
        return statements;
    }

    private static RowStatement Update(IProperty property, string tenant, Guid id, object value) => RowStatement.Changing(
        property.DeclaringType.ContainingEntityType.GetTableName()!, property.GetColumnName(), property.GetRelationalTypeMapping(), tenant, id, value);

    private static RowStatement Insert(Shape shape, List<ITenantOwned> rows, string tenant)
    {
        if (rows.Find(row => row.TenantId.Length > 0 && row.TenantId != tenant) is { } foreign)
        {
            throw new TenantMismatchException($"{foreign.GetType().Name} belongs to the tenant '{foreign.TenantId}', this context to '{tenant}'.");
        }

        var command = new NpgsqlBatchCommand(rows.Count == 1 ? shape.One : shape.Many);
        foreach (var (value, mapping) in shape.Columns)
        {
            command.Parameters.Add(rows.Count == 1
                ? RowStatement.Parameter(mapping, value is null ? tenant : value.GetClrValue(rows[0]))
                : RowStatement.Many(mapping, value is null ? rows.ConvertAll(_ => (object?)tenant) : rows.ConvertAll(value.GetClrValue)));
        }

        return new RowStatement(command, rows.Count);
    }

    /// <summary>How rows of an entity lie in its table.</summary>
    /// <param name="One">Adds a single row, which takes half the time of <paramref name="Many"/>.</param>
    /// <param name="Many">Adds any number of them.</param>
    /// <param name="Columns">How a value is read from a row; null for the tenant, which the context knows.</param>
    private sealed record Shape(string One, string Many, (IClrPropertyGetter? Value, RelationalTypeMapping Mapping)[] Columns)
    {
        public static Shape Of(IEntityType type)
        {
            IProperty[] properties = [.. type.GetProperties()];
            var places = string.Join(", ", Enumerable.Range(1, properties.Length).Select(number => $"${number}"));
            var into = $"insert into {type.GetTableName()} ({string.Join(", ", properties.Select(property => property.GetColumnName()))})";
            return new Shape(
                $"{into} values ({places})",
                $"{into} select * from unnest({places})",
                [.. properties.Select(property => (property.Name == nameof(ITenantOwned.TenantId) ? null : property.GetGetter(), property.GetRelationalTypeMapping()))]);
        }
    }
}
