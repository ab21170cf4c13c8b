using System.Globalization;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Simulation;

/// <summary>Reads rows of a file of firms into applications.</summary>
public sealed class FirmRow
{
    /// <summary>The columns of a CSV file. Any order; unknown columns are left alone; an empty cell is a fact that is missing.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "id", "totalCost", "requestedTier", "solution", "equipment", "submittedAt", "employees", "revenue", "averageSales", "assets", "independent",
        "ksic", "level", "taxArrears", "banned", "completedTiers", "region", "municipality", "supplierRegistered", "leadFirm",
    ];

    private readonly Column[] _columns;

    private FirmRow(Column[] columns) => _columns = columns;

    private enum Column
    {
        Unknown,
        Id,
        TotalCost,
        RequestedTier,
        Solution,
        Equipment,
        SubmittedAt,
        Employees,
        Revenue,
        AverageSales,
        Assets,
        Independent,
        Ksic,
        Level,
        TaxArrears,
        Banned,
        CompletedTiers,
        Region,
        Municipality,
        SupplierRegistered,
        LeadFirm,
    }

    /// <param name="header">The first line of a CSV file.</param>
    public static FirmRow FromHeader(string header) => new([.. header.TrimStart('\ufeff').Split(',').Select(name => Enum.TryParse<Column>(name.Trim(' ', '"'), ignoreCase: true, out var column) ? column : Column.Unknown)]);

    /// <summary>One line of CSV as the input <c>Application</c>. Cells with commas are quoted; lists are parted by semicolons.</summary>
    public Value ReadCsv(ReadOnlySpan<char> line)
    {
        var (application, firm, facility) = (new ValueObject(9), new ValueObject(12), new ValueObject(4));
        var supplier = Value.Null;
        var lead = Value.Null;
        var at = 0;
        foreach (var column in _columns)
        {
            var cell = NextCell(line, ref at);
            if (cell.Length == 0)
            {
                continue;
            }

            switch (column)
            {
                case Column.Id:
                    firm.Set("id", cell.ToString());
                    break;
                case Column.TotalCost:
                    application.Set("totalCost", Number(cell));
                    break;
                case Column.RequestedTier:
                    application.Set("requestedTier", cell.ToString());
                    break;
                case Column.Solution:
                    application.Set("solution", cell.ToString());
                    break;
                case Column.Equipment:
                    application.Set("equipment", List(cell));
                    break;
                case Column.SubmittedAt:
                    application.Set("submittedAt", cell.ToString());
                    break;
                case Column.Employees:
                    firm.Set("employees", Number(cell));
                    break;
                case Column.Revenue:
                    firm.Set("revenue", Number(cell));
                    break;
                case Column.AverageSales:
                    firm.Set("averageSales", Number(cell));
                    break;
                case Column.Assets:
                    firm.Set("assets", Number(cell));
                    break;
                case Column.Independent:
                    firm.Set("independent", Truth(cell));
                    break;
                case Column.Ksic:
                    firm.Set("ksic", cell.ToString());
                    break;
                case Column.Level:
                    firm.Set("level", Number(cell));
                    break;
                case Column.TaxArrears:
                    firm.Set("taxArrears", Truth(cell));
                    break;
                case Column.Banned:
                    firm.Set("banned", Truth(cell));
                    break;
                case Column.CompletedTiers:
                    firm.Set("completedTiers", List(cell));
                    break;
                case Column.Region:
                    facility.Set("region", cell.ToString());
                    break;
                case Column.Municipality:
                    facility.Set("municipality", cell.ToString());
                    break;
                case Column.SupplierRegistered:
                    supplier = Value.Object(("id", "supplier"), ("registered", Truth(cell)));
                    break;
                case Column.LeadFirm:
                    lead = Value.Object(("id", cell.ToString()), ("tenant", cell.ToString()));
                    break;
            }
        }

        application.Set("firm", Value.From(firm));
        application.Set("facility", Value.From(facility));
        application.Set("supplier", supplier);
        application.Set("leadFirm", lead);
        return Value.From(application);
    }

    private static ReadOnlySpan<char> NextCell(ReadOnlySpan<char> line, ref int at)
    {
        if (at > line.Length)
        {
            return default;
        }

        var rest = line[at..];
        if (rest.Length > 0 && rest[0] == '"')
        {
            var end = rest[1..].IndexOf('"');
            var quoted = end < 0 ? rest[1..] : rest.Slice(1, end);
            var comma = end < 0 ? -1 : rest[(end + 2)..].IndexOf(',');
            at = comma < 0 ? line.Length + 1 : at + end + 3 + comma;
            return quoted;
        }

        var next = rest.IndexOf(',');
        at = next < 0 ? line.Length + 1 : at + next + 1;
        return (next < 0 ? rest : rest[..next]).Trim();
    }

    private static Value Number(ReadOnlySpan<char> cell) =>
        double.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : Value.Null;

    private static Value Truth(ReadOnlySpan<char> cell) => cell is "1" || cell.Equals("true", StringComparison.OrdinalIgnoreCase) || cell.Equals("yes", StringComparison.OrdinalIgnoreCase);

    private static Value List(ReadOnlySpan<char> cell) =>
        Value.From(cell.ToString().Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
