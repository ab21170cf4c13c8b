using System.Text.Json.Nodes;

namespace SaaS.Workflows.Designing.Sheets;

/// <summary>A table of a programme as a spreadsheet has it: lines of cells under a row of titles.</summary>
public sealed class Sheet
{
    /// <summary>What is read of any file or text; a table itself takes fewer.</summary>
    public const int MostRows = 10_000;

    private readonly Func<Design, string, IReadOnlyList<JsonObject>> _lines;
    private readonly Func<Design, string, IReadOnlyList<JsonObject>, Design> _with;

    /// <param name="name">The input that holds it.</param>
    /// <param name="title">What people call it.</param>
    /// <param name="columns">In the order in which they are written.</param>
    /// <param name="lines">Its rows in a step, each one line.</param>
    /// <param name="with">The design with other lines in that step.</param>
    internal Sheet(string name, Words title, IReadOnlyList<SheetColumn> columns, Func<Design, string, IReadOnlyList<JsonObject>> lines, Func<Design, string, IReadOnlyList<JsonObject>, Design> with)
    {
        (Name, Title, Columns) = (name, title, columns);
        (_lines, _with) = (lines, with);
    }

    public string Name { get; }

    public Words Title { get; }

    public IReadOnlyList<SheetColumn> Columns { get; }

    /// <summary>More rows than this no programme needs; every one may be a step.</summary>
    public int Most { get; init; } = 2_000;

    /// <summary>The cells of a step's table, without titles.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Write(Design design, string step, bool isEnglish = false)
        => [.. _lines(design, step).Select(line => Columns.Select(column => SheetCells.Write(column, line[column.Name], isEnglish)).ToList())];

    /// <summary>The titles in one language.</summary>
    public IReadOnlyList<string> Titles(bool isEnglish = false) => [.. Columns.Select(column => isEnglish ? column.Title.En : column.Title.Ko)];

    /// <summary>Takes over whole rows in place of those there, or nothing at all.</summary>
    /// <param name="design">The design.</param>
    /// <param name="step">Whose table it is.</param>
    /// <param name="cells">With a row of titles in Korean or English in any order, or without one in the order of <see cref="Columns"/>.</param>
    /// <param name="errors">Everything that cannot be taken over.</param>
    /// <returns>Null where anything is wrong.</returns>
    public Design? Read(Design design, string step, IReadOnlyList<IReadOnlyList<string>> cells, out IReadOnlyList<SheetError> errors)
    {
        var found = new List<SheetError>();
        errors = found;
        if (cells.Count(line => line.Any(text => text.Trim().Length > 0)) > Most + 1)
        {
            found.Add(new(Most + 2, 1, new($"행이 너무 많습니다. 이 표에는 {Most:N0}행까지 쓸 수 있습니다.", $"There are too many rows: this table takes at most {Most:N0}.")));
            return null;
        }

        var order = ReadTitles(cells, found, out var hasTitles);
        if (found.Count > 0)
        {
            return null;
        }

        var before = _lines(design, step);
        var used = new HashSet<JsonObject>(ReferenceEqualityComparer.Instance);
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = new List<JsonObject>();
        for (var row = hasTitles ? 1 : 0; row < cells.Count && found.Count < 200; row++)
        {
            if (cells[row].Any(text => text.Trim().Length > 0))
            {
                lines.Add(ReadLine(cells[row], row, order, before, used, keys, found));
            }
        }

        return found.Count > 0 ? null : _with(design, step, lines);
    }

    /// <summary>Puts a block of cells over the table from one cell on, to the right and down; rows that are not there yet are added.</summary>
    /// <param name="row">From 0.</param>
    /// <param name="columns">The columns that the block fills, from its first on.</param>
    public Design? Fill(Design design, string step, int row, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> block, out IReadOnlyList<SheetError> errors)
    {
        var cells = Write(design, step).Select(line => line.ToList()).ToList();
        var places = columns.Select(name => Columns.ToList().FindIndex(column => column.Name == name)).ToList();
        if (block.FirstOrDefault(line => line.Count > places.Count) is { } wide)
        {
            errors = [new(row + 1, columns.Count + 1, new($"오른쪽에 열이 모자랍니다. {wide.Count}칸을 붙여 넣으려면 더 왼쪽에서 시작하세요.", $"There are too few columns to the right for {wide.Count} cells: begin further left."))];
            return null;
        }

        foreach (var (line, index) in block.Select((line, index) => (line, row + index)))
        {
            while (cells.Count <= index)
            {
                cells.Add([.. Columns.Select(column => SheetCells.Write(column, null))]);
            }

            foreach (var (text, place) in line.Zip(places))
            {
                cells[index][place] = text;
            }
        }

        return Read(design, step, cells, out errors);
    }

    private JsonObject ReadLine(IReadOnlyList<string> texts, int row, IReadOnlyList<int> order, IReadOnlyList<JsonObject> before, HashSet<JsonObject> used, Dictionary<string, string> keys, List<SheetError> found)
    {
        var keyed = Columns.Where(column => column.IsKey).ToList();
        var key = keyed.Select(column => TextOf(texts, order, column)).ToList();
        var old = before.FirstOrDefault(line => !used.Contains(line) && keyed.Zip(key).All(pair => SheetCells.IsSaid(pair.First, line[pair.First.Name], pair.Second)));
        if (old is not null)
        {
            used.Add(old);
        }

        var next = old?.DeepClone().AsObject() ?? [];
        foreach (var (column, index) in Columns.Select((column, index) => (column, index)))
        {
            var place = order.ToList().IndexOf(index);
            if (place < 0 && (old is not null || !column.IsRequired))
            {
                continue;
            }

            if (place < 0)
            {
                found.Add(new(row + 1, 1, new($"새 행인데 ‘{column.Title.Ko}’ 열이 없습니다.", $"This row is new, and the column '{column.Title.En}' is missing.")));
                continue;
            }

            var text = TextOf(texts, order, column);
            if (old is not null && SheetCells.IsSaid(column, old[column.Name], text))
            {
                continue;
            }

            var value = SheetCells.Read(column, text, next, out var wrong);
            if (wrong is { } what)
            {
                found.Add(new(row + 1, place + 1, what));
            }
            else if (old is not null || !SheetCells.IsSaid(column, null, text) || column.IsRequired)
            {
                Design.Put(next, column.Name, value);
            }
        }

        if (Columns.Any(column => column.IsKey && !column.MayRepeat))
        {
            var here = new SheetError(row + 1, order.ToList().IndexOf(Columns.ToList().FindIndex(column => column.IsKey)) + 1, default).Address;
            if (!keys.TryAdd(string.Join('\n', key), here))
            {
                found.Add(new(row + 1, 1, new($"‘{string.Join(" ", key)}’이(가) 두 번 나옵니다({keys[string.Join('\n', key)]}, {here}). 하나만 두세요.", $"'{string.Join(" ", key)}' appears twice ({keys[string.Join('\n', key)]}, {here}): keep one.")));
            }
        }

        return next;
    }

    private string TextOf(IReadOnlyList<string> texts, IReadOnlyList<int> order, SheetColumn column)
    {
        var place = order.ToList().IndexOf(Columns.ToList().IndexOf(column));
        return place >= 0 && place < texts.Count ? texts[place].Trim() : SheetCells.Write(column, null);
    }

    // For each written column the one that it is; −1 for one that nobody knows.
    private List<int> ReadTitles(IReadOnlyList<IReadOnlyList<string>> cells, List<SheetError> found, out bool hasTitles)
    {
        var inOrder = Enumerable.Range(0, Columns.Count).ToList();
        hasTitles = false;
        if (cells.Count == 0)
        {
            return inOrder;
        }

        var known = cells[0].Select(text => Columns.ToList().FindIndex(column => IsTitle(column, text))).ToList();
        if (known.Count(index => index >= 0) * 2 <= cells[0].Count(text => text.Trim().Length > 0))
        {
            if (cells.Max(line => line.Count) > Columns.Count && cells.Any(line => line.Skip(Columns.Count).Any(text => text.Trim().Length > 0)))
            {
                found.Add(new(1, Columns.Count + 1, new($"열이 너무 많습니다. 첫 행에 제목을 쓰거나 {Columns.Count}열까지만 붙여 넣으세요.", $"There are too many columns: write titles into the first row, or paste at most {Columns.Count}.")));
            }

            return inOrder;
        }

        hasTitles = true;
        for (var place = 0; place < known.Count; place++)
        {
            if (known[place] < 0 && cells[0][place].Trim().Length > 0)
            {
                found.Add(new(1, place + 1, new(
                    $"‘{cells[0][place].Trim()}’ 열은 없습니다. 쓸 수 있는 제목: {string.Join(", ", Columns.Select(column => column.Title.Ko))}",
                    $"There is no column '{cells[0][place].Trim()}'. There are: {string.Join(", ", Columns.Select(column => column.Title.En))}")));
            }
            else if (known[place] >= 0 && known.IndexOf(known[place]) < place)
            {
                found.Add(new(1, place + 1, new($"‘{cells[0][place].Trim()}’ 열이 두 번 나옵니다.", $"The column '{cells[0][place].Trim()}' appears twice.")));
            }
        }

        foreach (var column in Columns.Where((column, index) => column.IsKey && !known.Contains(index)))
        {
            found.Add(new(1, 1, new($"‘{column.Title.Ko}’ 열이 없습니다.", $"The column '{column.Title.En}' is missing.")));
        }

        return known;
    }

    private static bool IsTitle(SheetColumn column, string text)
        => new[] { column.Title.Ko, column.Title.En, column.Name }.Any(title => Plain(title).Equals(Plain(text), StringComparison.OrdinalIgnoreCase));

    private static string Plain(string title) => string.Concat(title.Where(letter => !char.IsWhiteSpace(letter)));
}
