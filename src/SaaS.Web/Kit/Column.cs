using Microsoft.AspNetCore.Components;

namespace SaaS.Web.Kit;

/// <summary>One column of a <see cref="DataTable{TItem}"/>.</summary>
/// <param name="Key">Its name in the query string.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Text">The cell as text: what is searched, exported, and shown when <c>Cell</c> is absent.</param>
public sealed record Column<TItem>(string Key, string Title, Func<TItem, string> Text)
{
    /// <summary>What to order by; without it the column cannot be sorted.</summary>
    public Func<TItem, IComparable?>? Order { get; init; }

    /// <summary>The cell as it is drawn.</summary>
    public RenderFragment<TItem>? Cell { get; init; }

    /// <summary>Figures: to the right, digits of one width.</summary>
    public bool Numeric { get; init; }

    /// <summary>The cell names the row for people who hear the table.</summary>
    public bool RowHeader { get; init; }

    /// <summary>Not in the table, but in its export.</summary>
    public bool ExportOnly { get; init; }
}
