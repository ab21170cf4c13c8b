using Microsoft.EntityFrameworkCore.Metadata;

namespace SaaS.Platform.Data;

/// <summary>
/// Rows that the next save changes, adds or removes after all that is tracked, without tracking them: many at once, and nobody looks at them
/// again here.
/// </summary>
internal sealed class AppendedRows
{
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
    public IEnumerable<RowStatement> Take(string tenant)
    {
        List<RowStatement> statements =
        [
            .. changed.Select(change => RowStatement.Changing(change.Property, tenant, change.Id, change.Value)),
            .. removed.Select(row => RowStatement.Removing(RowShape.Of(row.Type), tenant, row.Id)),
            .. groups.Where(group => group.Rows.Count > 0).SelectMany(group => RowStatement.Inserting(RowShape.Of(group.Type), group.Rows, tenant)),
        ];
        Clear();
        return statements;
    }
}
