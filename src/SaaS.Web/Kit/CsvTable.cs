using System.Text;

namespace SaaS.Web.Kit;

/// <summary>Rows of a table as CSV (RFC 4180).</summary>
public sealed record CsvTable(string Name, string Text)
{
    public static CsvTable Of(string name, IEnumerable<IEnumerable<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        }

        return new CsvTable(name, text.ToString());
    }

    // A cell that starts like a formula is shown as text: people open these files in spreadsheets.
    private static string Cell(string value)
    {
        var safe = value.Length > 0 && "=+-@\t\r".Contains(value[0]) && !double.TryParse(value, out _) ? "'" + value : value;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : safe;
    }
}
