using System.Globalization;
using System.Text.Json;
using SaaS.Platform.Applications;
using SaaS.Web.Kit;
using SaaS.Workflows.Values;

namespace SaaS.Web.Pages.Company;

/// <summary>
/// The application as it was typed, so that nothing is lost when something is wrong with it. Read from a posted form or, for the
/// preview while typing, from a query string. Field names are those of <see cref="ApplicationRequest"/>.
/// </summary>
public sealed class ApplyForm
{
    private const int MostLines = 100;

    public string FacilityId { get; private set; } = "";

    public string Title { get; private set; } = "";

    public string Solution { get; private set; } = "";

    public IReadOnlyList<string> Equipment { get; private set; } = [];

    public string TotalCost { get; private set; } = "";

    public string FirmInKind { get; private set; } = "";

    public string RequestedTier { get; private set; } = "";

    public string Supplier { get; private set; } = "";

    public IReadOnlyList<string> Documents { get; private set; } = [];

    /// <summary>Label and amount of every line that is shown, empty ones included.</summary>
    public IReadOnlyList<(string Label, string Amount)> Lines { get; private set; } = [("", ""), ("", ""), ("", "")];

    /// <summary>Made once per form: the same form sent twice is one application.</summary>
    public string Key { get; private set; } = Guid.CreateVersion7().ToString();

    public static ApplyForm Read(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> posted)
    {
        var values = posted.ToDictionary(pair => pair.Key, pair => pair.Value);
        var lines = new List<(string, string)>();
        for (var index = 0; index < MostLines && (values.ContainsKey($"costLines[{index}].label") || values.ContainsKey($"costLines[{index}].amount")); index++)
        {
            lines.Add((One($"costLines[{index}].label"), One($"costLines[{index}].amount")));
        }

        var form = new ApplyForm
        {
            FacilityId = One("facilityId"),
            Title = One("title"),
            Solution = One("solution"),
            Equipment = Many("equipment"),
            TotalCost = One("totalCost"),
            FirmInKind = One("firmInKind"),
            RequestedTier = One("requestedTier"),
            Supplier = One("supplierBusinessNumber"),
            Documents = Many("documents"),
        };
        if (lines.Count > 0)
        {
            form.Lines = lines;
        }

        if (One("key") is { Length: > 0 } key)
        {
            form.Key = key;
        }

        return form;

        string One(string name) => values.TryGetValue(name, out var value) ? value.ToString().Trim() : "";

        IReadOnlyList<string> Many(string name) => values.TryGetValue(name, out var value) ? [.. value.OfType<string>().Where(text => text.Length > 0)] : [];
    }

    /// <summary>The form as it was kept, see <see cref="FieldsOf"/>.</summary>
    public static ApplyForm Kept(string fields) => Read((JsonSerializer.Deserialize<Dictionary<string, string[]>>(fields) ?? []).ToDictionary(
        field => field.Key, field => new Microsoft.Extensions.Primitives.StringValues(field.Value)));

    /// <summary>The form of an application that was sent, to be sent to another call.</summary>
    public static ApplyForm Of(GrantApplication sent, Value facts, IReadOnlyList<CostLine> lines) => new()
    {
        FacilityId = sent.FacilityId.ToString(),
        Title = sent.Title,
        Solution = sent.Solution,
        Equipment = Texts(facts["equipment"]),
        TotalCost = WonText.Figures(sent.TotalCost.Amount),
        FirmInKind = facts["firmInKind"].Whole is > 0 and var inKind ? WonText.Figures(inKind) : "",
        RequestedTier = facts["requestedTier"].Text ?? "",
        Supplier = facts["supplier"]["businessNumber"].Text ?? "",
        Documents = Texts(facts["documents"]),
        Lines = [.. lines.Select(line => (line.Label, WonText.Figures(line.Amount.Amount)))],
    };

    /// <summary>The same once more, as another application.</summary>
    public ApplyForm AsNew()
    {
        Key = Guid.CreateVersion7().ToString();
        return this;
    }

    private static List<string> Texts(Value list)
    {
        var texts = new List<string>();
        foreach (var item in list.Items)
        {
            if (item.Text is { Length: > 0 } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    /// <summary>What a posted form says of the application, and nothing of how it was sent.</summary>
    public static Dictionary<string, string[]> FieldsOf(IFormCollection posted) => posted
        .Where(field => field.Key == "key" || ApplyFields.Has(field.Key))
        .ToDictionary(field => field.Key, field => field.Value.OfType<string>().ToArray());

    /// <summary>A form to start with.</summary>
    public static ApplyForm For(Guid? facility) => new() { FacilityId = facility?.ToString() ?? "" };

    public void AddLines(int count) => Lines = [.. Lines, .. Enumerable.Repeat(("", ""), count)];

    /// <summary>The request that was meant. What cannot be read as a number is said in <paramref name="errors"/>.</summary>
    public ApplicationRequest ToRequest(FormErrors errors)
    {
        var costLines = new List<CostItem>();
        for (var index = 0; index < Lines.Count; index++)
        {
            var (label, typed) = Lines[index];
            if (label.Length == 0 && typed.Length == 0)
            {
                continue;
            }

            WonInput.TryRead(typed, $"costLines[{index}].amount", errors, out var amount);
            costLines.Add(new CostItem(label, amount ?? 0));
        }

        WonInput.TryRead(TotalCost, "totalCost", errors, out var total);
        WonInput.TryRead(FirmInKind, "firmInKind", errors, out var inKind);
        return new ApplicationRequest
        {
            FacilityId = Guid.TryParse(FacilityId, CultureInfo.InvariantCulture, out var facility) ? facility : Guid.Empty,
            Title = Title,
            Solution = Solution,
            Equipment = Equipment,
            TotalCost = total ?? SumOf(costLines),
            FirmInKind = inKind ?? 0,
            CostLines = costLines,
            RequestedTier = RequestedTier.Length == 0 ? null : RequestedTier,
            SupplierBusinessNumber = Supplier.Length == 0 ? null : Supplier,
            Documents = Documents,
        };
    }

    /// <summary>The field that a refusal is about, as this form numbers its lines: empty lines are not sent.</summary>
    public string FieldOf(string where)
    {
        var sent = Lines.Select((line, index) => (line, index)).Where(entry => entry.line.Label.Length > 0 || entry.line.Amount.Length > 0).Select(entry => entry.index).ToList();
        for (var number = 0; number < sent.Count; number++)
        {
            if (where.StartsWith($"costLines[{number}]", StringComparison.Ordinal))
            {
                return where.Replace($"costLines[{number}]", $"costLines[{sent[number]}]", StringComparison.Ordinal);
            }
        }

        // Rules name facts; some are given by another field.
        return where switch
        {
            "supplier.id" or "supplier.registered" => "supplierBusinessNumber",
            "facility.region" or "facility.municipality" => "facilityId",
            _ => where,
        };
    }

    private static long SumOf(List<CostItem> lines)
    {
        Int128 sum = 0;
        foreach (var line in lines)
        {
            sum += line.Amount;
        }

        return sum > long.MaxValue ? long.MaxValue : sum < long.MinValue ? long.MinValue : (long)sum;
    }
}
