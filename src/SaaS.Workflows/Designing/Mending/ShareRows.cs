using System.Globalization;
using System.Text.Json.Nodes;

namespace SaaS.Workflows.Designing.Mending;

/// <summary>The shares that a finding is about: those of a step, or those of a place that is an exception, where rows that it does not name are the step's.</summary>
internal sealed class ShareRows
{
    private readonly string _activity;
    private readonly string? _exception;
    private readonly JsonArray _own;

    /// <param name="design">The design that was checked.</param>
    /// <param name="pointer">Of the table or of anything in it.</param>
    public ShareRows(Design design, string pointer)
    {
        (Design, Pointer) = (design, pointer);
        var parts = pointer.Split('/');
        var table = Array.FindIndex(parts, part => part is "shares" or "overrides");
        _activity = string.Join('/', parts[..table]);
        var isException = parts[table] == "overrides";
        _exception = isException ? string.Join('/', parts[..(table + 2)]) : null;
        var shares = isException ? table + 2 : table;
        Step = (string)design.At(_activity + "/id")!;
        Tier = (string?)design.At(_activity + "/tier") ?? "";
        var ordinary = design.At(_activity + "/shares") as JsonArray ?? [];
        _own = isException ? design.At(_exception + "/shares") as JsonArray ?? [] : ordinary;
        Rows = isException
            ? [.. ordinary.OfType<JsonObject>().Where(row => !_own.OfType<JsonObject>().Any(own => FunderOf(own) == FunderOf(row))), .. _own.OfType<JsonObject>()]
            : [.. ordinary.OfType<JsonObject>()];
        Named = parts.Length > shares + 1 && int.TryParse(parts[shares + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < Rows.Count ? Rows[index] : null;
        Grant = (int?)((isException ? design.At(_exception + "/grant/targetBp") : null) ?? design.At(_activity + "/grant/targetBp")) ?? 0;
        Bearer = (string?)((isException ? design.At(_exception + "/bearer") : null) ?? design.At(_activity + "/bearer")) ?? "Firm";
    }

    public Design Design { get; }

    /// <summary>The one that was given.</summary>
    public string Pointer { get; }

    /// <summary>The step's id.</summary>
    public string Step { get; }

    public string Tier { get; }

    /// <summary>As the checker numbers them.</summary>
    public IReadOnlyList<JsonObject> Rows { get; }

    /// <summary>The row that the pointer names; null where it names the table.</summary>
    public JsonObject? Named { get; }

    /// <summary>The grant as a whole in basis points of the cost; 0 without one.</summary>
    public int Grant { get; }

    public string Bearer { get; }

    public static string BaseOf(JsonObject row) => (string?)row["base"] ?? "EligibleCost";

    public JsonObject? Row(string funder) => Rows.FirstOrDefault(row => FunderOf(row) == funder);

    /// <summary>Whether its own limits let it carry anything of the cost.</summary>
    public bool MayCarry(string funder) => Row(funder) is not { } row || BaseOf(row) != "EligibleCost" || ((int?)row["maxBp"] ?? 10_000) > 0;

    public int Target(string funder) => (int?)Row(funder)?["targetBp"] ?? 0;

    /// <summary>All shares of one base; the grant as a whole is a share of the cost.</summary>
    public int Sum(string ofBase) => Rows.Where(row => BaseOf(row) == ofBase).Sum(row => (int?)row["targetBp"] ?? 0) + (ofBase == "EligibleCost" ? Grant : 0);

    /// <summary>Who has a share of that base: the bearer of the rest first, central money last.</summary>
    public IEnumerable<string> Bearing(string ofBase)
        => Rows.Where(row => BaseOf(row) == ofBase).Select(row => FunderOf(row)!).OrderBy(funder => funder == Bearer ? 0 : funder == "National" ? 2 : 1);

    /// <summary>Who could bear the rest: whoever carries most of the cost, central money only where there is nobody else.</summary>
    public IEnumerable<string> AbleToBear
        => Bearing("EligibleCost").Where(funder => funder != Bearer && Target(funder) > 0).OrderBy(funder => funder == "National").ThenByDescending(Target);

    /// <summary>With other targets; limits move along.</summary>
    public Design Aim(params (string Funder, int Target)[] targets)
        => With([.. targets.Select(each => (each.Funder, (Action<JsonObject>)(row => Design.Aim(row, each.Target))))]);

    /// <summary>With other rows. A funder that an exception does not name yet gets a row of its own there.</summary>
    public Design With(params (string Funder, Action<JsonObject> Change)[] changes)
    {
        var rows = _own.DeepClone().AsArray();
        foreach (var (funder, change) in changes)
        {
            var row = rows.OfType<JsonObject>().FirstOrDefault(row => FunderOf(row) == funder);
            if (row is null)
            {
                row = Row(funder)?.DeepClone().AsObject() ?? new JsonObject { ["funder"] = funder };
                rows.Insert(funder == "Firm" ? rows.Count : 0, row);
            }

            change(row);
        }

        return Design.SetAt((_exception ?? _activity) + "/shares", rows);
    }

    /// <summary>With another bearer of the rest.</summary>
    public Design Bear(string funder) => Design.SetAt((_exception ?? _activity) + "/bearer", funder);

    private static string? FunderOf(JsonObject row) => (string?)row["funder"];
}
