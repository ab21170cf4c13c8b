using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace SaaS.Platform.Data;

/// <summary>
/// Rows that the next save adds after all that is tracked, without tracking them: many at once, and nobody looks at them again here.
/// </summary>
internal sealed class AppendedRows
{
    private static readonly ConcurrentDictionary<IEntityType, Shape> Shapes = [];

    private readonly List<(IEntityType Type, List<ITenantOwned> Rows)> groups = [];

    public void Add(IEntityType type, ITenantOwned row)
    {
        var group = groups.Find(group => group.Type == type).Rows;
        if (group is null)
        {
            groups.Add((type, group = []));
        }

        group.Add(row);
    }

    public void Clear() => groups.Clear();

    /// <summary>One statement a table, in the order in which the tables first came; takes the rows with it.</summary>
    /// <exception cref="TenantMismatchException">A row names another tenant.</exception>
    public List<RowStatement> Take(string tenant)
    {
        var statements = groups.ConvertAll(group => Insert(Shapes.GetOrAdd(group.Type, Shape.Of), group.Rows, tenant));
        groups.Clear();
        return statements;
    }

    private static RowStatement Insert(Shape shape, List<ITenantOwned> rows, string tenant)
    {
        if (rows.Find(row => row.TenantId.Length > 0 && row.TenantId != tenant) is { } foreign)
        {
            throw new TenantMismatchException($"{foreign.GetType().Name} belongs to the tenant '{foreign.TenantId}', this context to '{tenant}'.");
        }

        var command = new NpgsqlBatchCommand(shape.Sql);
        foreach (var (property, mapping) in shape.Columns)
        {
            command.Parameters.Add(RowStatement.Many(
                mapping, property.Name == nameof(ITenantOwned.TenantId) ? rows.ConvertAll(_ => (object?)tenant) : rows.ConvertAll(property.GetValue)));
        }

        return new RowStatement(command, rows.Count);
    }

    /// <summary>How rows of an entity lie in its table.</summary>
    private sealed record Shape(string Sql, (PropertyInfo Property, RelationalTypeMapping Mapping)[] Columns)
    {
        public static Shape Of(IEntityType type)
        {
            IProperty[] properties = [.. type.GetProperties()];
            var places = string.Join(", ", Enumerable.Range(1, properties.Length).Select(number => $"${number}"));
            return new Shape(
                $"insert into {type.GetTableName()} ({string.Join(", ", properties.Select(property => property.GetColumnName()))}) select * from unnest({places})",
                [.. properties.Select(property => (property.PropertyInfo!, property.GetRelationalTypeMapping()))]);
        }
    }
}
