using System.Globalization;
using System.Text;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Simulation;

/// <summary>What stands in a column.</summary>
public enum ColumnKind
{
    Text,
    Number,
    Truth,

    /// <summary>Texts parted by semicolons.</summary>
    List,
}

/// <summary>A column of a CSV file of firms, and the facts of the application that it becomes.</summary>
/// <param name="Name">In the first line of the file; case does not matter.</param>
/// <param name="Kind">What stands in it.</param>
/// <param name="Paths">Paths of the facts.</param>
public sealed record FirmColumn(string Name, ColumnKind Kind, params IReadOnlyList<string> Paths)
{
    private static readonly byte[][] Yes = [.. new[] { "true", "1", "yes", "y", "예" }.Select(Encoding.UTF8.GetBytes)];
    private static readonly byte[][] No = [.. new[] { "false", "0", "no", "n", "아니요", "아니오" }.Select(Encoding.UTF8.GetBytes)];

    /// <summary>The columns there are. Any order; an empty cell is a fact that is missing, and a semicolon alone an empty list.</summary>
    public static IReadOnlyList<FirmColumn> All { get; } =
    [
        new("id", ColumnKind.Text, "firm.id"),
        new("totalCost", ColumnKind.Number, "totalCost"),
        new("requestedTier", ColumnKind.Text, "requestedTier"),
        new("solution", ColumnKind.Text, "solution"),
        new("equipment", ColumnKind.List, "equipment"),
        new("documents", ColumnKind.List, "documents"),
        new("submittedAt", ColumnKind.Text, "submittedAt"),
        new("employees", ColumnKind.Number, "firm.employees"),
        new("revenue", ColumnKind.Number, "firm.revenue"),
        new("averageSales", ColumnKind.Number, "firm.averageSales"),
        new("assets", ColumnKind.Number, "firm.assets"),
        new("independent", ColumnKind.Truth, "firm.independent"),
        new("ksic", ColumnKind.Text, "firm.ksic"),
        new("level", ColumnKind.Number, "firm.level"),
        new("taxArrears", ColumnKind.Truth, "firm.taxArrears"),
        new("banned", ColumnKind.Truth, "firm.banned"),
        new("completedTiers", ColumnKind.List, "firm.completedTiers"),
        new("awards", ColumnKind.Number, "firm.awards"),
        new("yearsWithoutAward", ColumnKind.Number, "firm.yearsWithoutAward"),
        new("yearsWithoutSameAward", ColumnKind.Number, "firm.yearsWithoutSameAward"),
        new("tiersThisYear", ColumnKind.List, "firm.tiersThisYear"),
        new("granted", ColumnKind.Number, "firm.granted"),
        new("grantedNational", ColumnKind.Number, "firm.grantedInTier.National"),
        new("grantedProvince", ColumnKind.Number, "firm.grantedInTier.Province"),
        new("grantedMunicipality", ColumnKind.Number, "firm.grantedInTier.Municipality"),
        new("grantedLeadFirm", ColumnKind.Number, "firm.grantedInTier.LeadFirm"),
        new("firmInKind", ColumnKind.Number, "firmInKind"),
        new("awardModel", ColumnKind.Text, "award.model"),
        new("awardTier", ColumnKind.Text, "award.tier"),
        new("awardNationalGrant", ColumnKind.Number, "award.nationalGrant"),
        new("awardFirmShare", ColumnKind.Number, "award.firmShare"),
        new("region", ColumnKind.Text, "facility.region"),
        new("municipality", ColumnKind.Text, "facility.municipality"),
        new("supplier", ColumnKind.Text, "supplier.id"),
        new("supplierRegistered", ColumnKind.Truth, "supplier.registered"),
        new("leadFirm", ColumnKind.Text, "leadFirm.id", "leadFirm.tenant"),
        new("score", ColumnKind.Number, "score"),
    ];

    /// <summary>What is always an object of the application, however many of its facts are missing.</summary>
    internal static IReadOnlyList<string> Objects { get; } = ["firm", "facility"];

    public static FirmColumn? Find(string name) => All.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    internal static bool TryNumber(ReadOnlySpan<byte> cell, out double number)
    {
        // Most are whole and short.
        if (cell.Length is > 0 and <= 15)
        {
            var whole = 0L;
            var at = 0;
            while (at < cell.Length && cell[at] is >= (byte)'0' and <= (byte)'9')
            {
                whole = unchecked((whole * 10) + (cell[at++] - '0'));
            }

            if (at == cell.Length)
            {
                number = whole;
                return true;
            }
        }

        return double.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    internal static bool TryTruth(ReadOnlySpan<byte> cell, out bool truth)
    {
        truth = Is(cell, Yes);
        return truth || Is(cell, No);
    }

    /// <summary>The items of a list.</summary>
    internal static SemicolonItems Items(ReadOnlySpan<byte> cell) => new(cell);

    internal static Value ToValue(ColumnKind kind, ReadOnlySpan<byte> cell)
    {
        switch (kind)
        {
            case ColumnKind.Number:
                return TryNumber(cell, out var number) ? number : Value.Null;
            case ColumnKind.Truth:
                return TryTruth(cell, out var truth) ? truth : Value.Null;
            case ColumnKind.List:
                var items = new List<Value>();
                foreach (var item in Items(cell))
                {
                    items.Add(Encoding.UTF8.GetString(item));
                }

                return Value.From([.. items]);
            default:
                return Encoding.UTF8.GetString(cell);
        }
    }

    private static bool Is(ReadOnlySpan<byte> cell, byte[][] words)
    {
        foreach (var word in words)
        {
            if (cell.Length == word.Length && (cell.SequenceEqual(word) || Ascii.EqualsIgnoreCase(cell, word)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Goes through a cell item by item; empty ones are left out.</summary>
    internal ref struct SemicolonItems(ReadOnlySpan<byte> cell)
    {
        private ReadOnlySpan<byte> _rest = cell;

        public ReadOnlySpan<byte> Current { get; private set; }

        public readonly SemicolonItems GetEnumerator() => this;

        public bool MoveNext()
        {
            while (!_rest.IsEmpty)
            {
                var at = _rest.IndexOf((byte)';');
                Current = (at < 0 ? _rest : _rest[..at]).Trim((byte)' ');
                _rest = at < 0 ? default : _rest[(at + 1)..];
                if (!Current.IsEmpty)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
