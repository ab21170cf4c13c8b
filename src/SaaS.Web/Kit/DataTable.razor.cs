using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using SaaS.Web.Hosting;

namespace SaaS.Web.Kit;

/// <summary>A table whose order, search and page are in the query string, prefixed by its id when it is not the only one of a page.</summary>
public sealed partial class DataTable<TItem>
{
    /// <summary>Rows on one page.</summary>
    public const int PageSize = 20;

    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter, EditorRequired]
    public required string Caption { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<TItem> Items { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<Column<TItem>> Columns { get; set; }

    /// <summary>What to say when there are no rows at all.</summary>
    [Parameter]
    public string? Empty { get; set; }

    /// <summary>How many rows there are in all, when <see cref="Items"/> is already one searched and ordered page of a longer list.</summary>
    [Parameter]
    public int? Total { get; set; }

    [Parameter]
    public bool Searchable { get; set; } = true;

    [CascadingParameter]
    public HttpContext? Context { get; set; }

    private Dictionary<string, string> Query { get; set; } = [];

    private List<TItem> Found { get; set; } = [];

    private string Path => Context?.Request.Path.Value ?? "";

    private IEnumerable<Column<TItem>> Shown => Columns.Where(column => !column.ExportOnly);

    private string Search => Query.GetValueOrDefault(Name("q"), "").Trim();

    private int Count => Total ?? Found.Count;

    private int PageCount => (Count + PageSize - 1) / PageSize;

    private int PageNumber => Math.Clamp(int.TryParse(Query.GetValueOrDefault(Name("page")), CultureInfo.InvariantCulture, out var page) ? page : 1, 1, Math.Max(1, PageCount));

    private IEnumerable<TItem> OnPage => Total is not null ? Found : Found.Skip((PageNumber - 1) * PageSize).Take(PageSize);

    private IEnumerable<int> NearbyPages => Enumerable.Range(1, PageCount).Where(number => number == 1 || number == PageCount || Math.Abs(number - PageNumber) <= 2);

    protected override void OnParametersSet()
    {
        Query = Context?.Request.Query.Where(pair => pair.Key != TableExport.Parameter).ToDictionary(pair => pair.Key, pair => pair.Value.ToString()) ?? [];
        Found = Total is null ? [.. Ordered(Items.Where(Matches))] : [.. Items];
        if (Context is not null && Context.Request.Query[TableExport.Parameter].ToString() == Id)
        {
            var rows = Found.Select(item => Columns.Select(column => column.Text(item))).Prepend(Columns.Select(column => column.Title));
            Context.Items[typeof(CsvTable)] = CsvTable.Of(Id, rows);
        }
    }

    private bool Matches(TItem item) =>
        Search.Length == 0 || Columns.Any(column => column.Text(item).Contains(Search, StringComparison.CurrentCultureIgnoreCase));

    private IEnumerable<TItem> Ordered(IEnumerable<TItem> items)
    {
        var (key, descending) = Sort;
        var column = Columns.FirstOrDefault(column => column.Key == key && column.Order is not null);
        return column is null ? items : descending ? items.OrderByDescending(column.Order!) : items.OrderBy(column.Order!);
    }

    private (string? Key, bool Descending) Sort
    {
        get
        {
            var asked = Query.GetValueOrDefault(Name("sort"));
            return asked?.StartsWith('-') == true ? (asked[1..], true) : (asked, false);
        }
    }

    private string? SortState(Column<TItem> column) => Sort.Key == column.Key ? Sort.Descending ? "descending" : "ascending" : null;

    private string SortMark(Column<TItem> column) => SortState(column) switch { "ascending" => "▲", "descending" => "▼", _ => "↕" };

    private string SortAddress(Column<TItem> column) => Address((Name("sort"), SortState(column) == "ascending" ? "-" + column.Key : column.Key), (Name("page"), null));

    private string PageAddress(int number) => Address((Name("page"), number.ToString(CultureInfo.InvariantCulture)));

    // One table on a page keeps the short names; a second one has its id in front.
    private string Name(string parameter) => Id == "list" ? parameter : $"{Id}-{parameter}";

    private string Address(params (string Key, string? Value)[] changes)
    {
        var query = new Dictionary<string, string?>(Query.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        foreach (var (key, value) in changes)
        {
            query[key] = value;
        }

        return QueryHelpers.AddQueryString(Path, query.Where(pair => !string.IsNullOrEmpty(pair.Value))) + (changes.Any(change => change.Key == TableExport.Parameter) ? "" : "#" + Id);
    }

    private static RenderFragment Plain(Column<TItem> column, TItem item) => builder => builder.AddContent(0, column.Text(item));
}
