using System.Text.Json.Nodes;
using SaaS.Workflows.Programmes;

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

    /// <summary>Calls a tier by other words; the step that divides its cost follows as long as it has its usual name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tier, or no step that chooses one.</exception>
    public Design NameTier(string code, Words name) => Edit(chart =>
    {
        var row = Row(Chooser(chart)["tiers"]!.AsArray(), code) ?? throw new KeyNotFoundException($"There is no tier '{code}'.");
        var usual = SharesName(new((string?)row["ko"] ?? "", (string?)row["en"] ?? ""));
        (row["ko"], row["en"]) = (name.Ko, name.En);
        foreach (var step in chart.Current.Root.Flowchart.Activities.Where(step => step.Type == "Grant.ShareCost" && step.Json.TryGetProperty("tier", out var tier) && tier.ValueEquals(code) && StepNames.Of(step) == usual).ToList())
        {
            SetName(chart.Step(step.Id), SharesName(name));
        }
    });

    /// <summary>
    /// Gives a tier another code, wherever the programme names it. Codes stand in calls, budgets and other programmes' rules: only a tier that
    /// was never published should get another one.
    /// </summary>
    /// <exception cref="KeyNotFoundException">There is no such tier, or no step that chooses one.</exception>
    /// <exception cref="ArgumentException">The new code is empty or taken.</exception>
    public Design RecodeTier(string code, string next) => code == next ? this : Edit(chart =>
    {
        var chooser = Chooser(chart);
        var rows = chooser["tiers"]!.AsArray();
        var row = Row(rows, code) ?? throw new KeyNotFoundException($"There is no tier '{code}'.");
        if (!MayBeTier(next) || Row(rows, next) is not null)
        {
            throw new ArgumentException($"'{next}' is empty or taken.", nameof(next));
        }

        var switches = Switches(chart, code);
        foreach (var (connection, way) in chart.Ways.Where(way => way.Way.SourcePort == code && (way.Way.Source == (string?)chooser["id"] || switches.Exists(choice => choice.Step == way.Way.Source))).ToList())
        {
            if (connection["source"] is JsonObject source)
            {
                source["port"] = next;
            }
            else
            {
                connection["sourcePort"] = next;
            }
        }

        row["tier"] = next;
        foreach (var choice in switches)
        {
            choice.Case["label"] = next;
            if ((string?)choice.Case["condition"]?["value"] is { } condition)
            {
                choice.Case["condition"]!["value"] = condition.Replace(JsonValue.Create(code)!.ToJsonString(), JsonValue.Create(next)!.ToJsonString(), StringComparison.Ordinal);
            }
        }

        foreach (var step in chart.Steps.Where(step => (string?)step["type"] == "Grant.ShareCost" && (string?)step["tier"] == code))
        {
            step["tier"] = next;
        }

        foreach (var condition in Conditions(chart).Where(condition => (string?)condition["field"] == "requestedTier"))
        {
            condition["value"] = condition["value"] is JsonArray codes
                ? new JsonArray([.. codes.Select(each => (JsonNode?)((string?)each == code ? next : (string?)each))])
                : (string?)condition["value"] == code ? next : condition["value"]?.DeepClone();
        }
    });

    // Those of rules and tiers, and the alternatives in them.
    private static List<JsonObject> Conditions(Chart chart)
    {
        var rules = chart.Steps.Select(step => step["rules"]).OfType<JsonArray>().SelectMany(rules => rules.OfType<JsonObject>());
        var whens = chart.Steps.Select(step => step["tiers"]).OfType<JsonArray>().SelectMany(tiers => tiers.OfType<JsonObject>()).Select(tier => tier["when"]).OfType<JsonArray>().SelectMany(when => when.OfType<JsonObject>());
        return [.. rules.Concat(whens).SelectMany(row => ConditionRow.AlternativesOf(row).Append(row))];
    }

    private static Words SharesName(Words tier) => new($"사업비 분담({tier.Ko})", $"Share cost ({tier.En})");

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
            SetName(step, SharesName(name));
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
