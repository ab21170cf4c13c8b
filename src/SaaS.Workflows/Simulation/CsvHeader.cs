namespace SaaS.Workflows.Simulation;

/// <summary>The first line of a CSV file.</summary>
internal sealed class CsvHeader
{
    private CsvHeader(IReadOnlyList<string> names)
    {
        Names = names;
        Columns = [.. names.Select(FirmColumn.Find)];
        Id = IndexOf("id");
        Municipality = IndexOf("municipality");
        SupplierRegistered = IndexOf("supplierRegistered");
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Null for a column that nobody knows; it is left alone.</summary>
    public IReadOnlyList<FirmColumn?> Columns { get; }

    public int Id { get; }

    public int Municipality { get; }

    public int SupplierRegistered { get; }

    public static CsvHeader Read(string line, FileProblems problems)
    {
        var header = new CsvHeader([.. line.TrimStart('\ufeff').TrimEnd('\r').Split(',').Select(name => name.Trim(' ', '\t', '"'))]);
        if (header.Columns.All(column => column is null))
        {
            problems.Add(new FileProblem(
                1, null,
                $"첫 줄에 아는 열이 하나도 없습니다. 열: {string.Join(", ", FirmColumn.All.Select(column => column.Name))}",
                $"The first line names no known column. Columns: {string.Join(", ", FirmColumn.All.Select(column => column.Name))}"));
        }

        foreach (var twice in header.Columns.OfType<FirmColumn>().GroupBy(column => column).Where(group => group.Count() > 1))
        {
            problems.Add(new FileProblem(1, twice.Key.Name, "열이 두 번 나옵니다.", "The column appears twice."));
        }

        return header;
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i]?.Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
