using System.Text.Json.Nodes;

namespace SaaS.Workflows.Designing;

/// <content>Tiers, each with its row, its shares and its way through the programme.</content>
public sealed partial class Design
{
    /// <summary>
    /// Adds a tier that is like another: the same shares and the same way, for firms that ask for it. Its limits and shares are then changed
    /// like any other.
    /// </summary>
    /// <param name="code">A code that no tier has yet, for example <c>ADV2</c>.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="like">The tier whose row, shares and way it begins with.</param>
    /// <exception cref="KeyNotFoundException">There is no such tier, or no step that chooses one.</exception>
    /// <exception cref="ArgumentException">The code is empty or taken.</exception>
    public Design AddTier(string code, Words name, string like) => Edit(chart =>
    {
        var chooser = Chooser(chart);
        var rows = chooser["tiers"]!.AsArray();
        var model = Row(rows, like) ?? throw new KeyNotFoundException($"There is no tier '{like}'.");
        if (string.IsNullOrWhiteSpace(code) || code == "None" || Row(rows, code) is not null)
        {
            throw new ArgumentException($"'{code}' is empty or taken.", nameof(code));
        }

        var row = model.DeepClone().AsObject();
        (row["tier"], row["ko"], row["en"]) = (code, name.Ko, name.En);
        row["when"] = new JsonArray(new JsonObject { ["field"] = "requestedTier", ["operator"] = "eq", ["value"] = code });
        rows.Add(row);
        if (model["when"] is not JsonArray { Count: > 0 })
        {
            // A tier without conditions takes everybody who comes to it: it must not come first.
            model["when"] = new JsonArray(new JsonObject { ["field"] = "requestedTier", ["operator"] = "eq", ["value"] = like });
        }

        GiveShares(chart, (string)chooser["id"]!, code, name, like);
        AddCase(chart, code, like);
    });

    /// <summary>Takes a tier out, with its shares and every step that only it came to.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tier, or no step that chooses one.</exception>
    public Design RemoveTier(string code) => Edit(chart =>
    {
        var before = chart.Reached();
        var chooser = Chooser(chart);
        var rows = chooser["tiers"]!.AsArray();
        rows.Remove(Row(rows, code) ?? throw new KeyNotFoundException($"There is no tier '{code}'."));
        chart.Disconnect(way => way.Source == (string)chooser["id"]! && way.SourcePort == code);
        foreach (var choice in Switches(chart, code))
        {
            choice.Cases.Remove(choice.Case);
            chart.Disconnect(way => way.Source == choice.Step && way.SourcePort == code);
        }

        RemoveUnreached(chart, before);
    });

    /// <summary>Whether a new tier may have this code: short, of capital letters, digits, hyphens, and not the word for no tier.</summary>
    public static bool MayBeTier(string code)
        => code.Length is > 0 and <= 20 && code != "NONE" && code.All(letter => char.IsAsciiDigit(letter) || char.IsAsciiLetterUpper(letter) || letter is '-' or '_');

    private static JsonObject Chooser(Chart chart)
        => chart.Steps.FirstOrDefault(step => (string?)step["type"] == "Grant.ChooseTier" && step["tiers"] is JsonArray)
            ?? throw new KeyNotFoundException("No step chooses a tier.");

    private static JsonObject? Row(JsonArray rows, string tier) => rows.OfType<JsonObject>().FirstOrDefault(row => (string?)row["tier"] == tier);

    private static void GiveShares(Chart chart, string chooser, string code, Words name, string like)
    {
        var targets = chart.Ways.Where(way => way.Way.Source == chooser && way.Way.SourcePort == like).Select(way => way.Way.Target).ToList();
        foreach (var target in targets)
        {
            if ((string?)chart.Step(target)["type"] != "Grant.ShareCost")
            {
                chart.Connect(chooser, code, target);
                continue;
            }

            var step = chart.Step(target).DeepClone().AsObject();
            var id = chart.NewId("share" + code);
            (step["id"], step["name"], step["tier"]) = (id, id, code);
            SetName(step, new Words($"사업비 분담({name.Ko})", $"Share cost ({name.En})"));
            NewStep.Place(step, chart.Steps, chart.Step(target), right: 0, down: 1);
            chart.Add(step);
            chart.Connect(chooser, code, id);
            foreach (var (_, way) in chart.Ways.Where(way => way.Way.Source == target).ToList())
            {
                chart.Connect(id, way.SourcePort, way.Target);
            }
        }
    }

    // Where the way parts by tier, the new tier goes the way of the one that it is like.
    private static void AddCase(Chart chart, string code, string like)
    {
        foreach (var (step, cases, model) in Switches(chart, like))
        {
            var copy = model.DeepClone().AsObject();
            copy["label"] = code;
            copy["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = $"getVariable(\"tier\") == {JsonValue.Create(code)!.ToJsonString()}" };
            cases.Add(copy);
            foreach (var (_, way) in chart.Ways.Where(way => way.Way.Source == step && way.Way.SourcePort == like).ToList())
            {
                chart.Connect(step, code, way.Target);
            }
        }
    }

    private static List<(string Step, JsonArray Cases, JsonObject Case)> Switches(Chart chart, string label)
        => [.. from step in chart.Steps
               where (string?)step["type"] == "Elsa.FlowSwitch" && step["cases"] is JsonArray
               let cases = step["cases"]!.AsArray()
               from row in cases.OfType<JsonObject>()
               where (string?)row["label"] == label
               select ((string)step["id"]!, cases, row)];
}
