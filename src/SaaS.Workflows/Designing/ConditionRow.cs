using System.Text.Json.Nodes;
using SaaS.Domain.Firms;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Designing;

/// <summary>Edits of a condition as it stands in a definition: a comparison, or alternatives of which one is enough.</summary>
public static class ConditionRow
{
    private const string AnyOf = "anyOf";

    /// <summary>It says nothing until somebody has chosen what it looks at: a limit that nobody wrote would refuse firms.</summary>
    public static JsonObject New() => new() { ["field"] = "", ["operator"] = "in", ["value"] = new JsonArray() };

    /// <summary>The comparisons that a fact allows, the usual one first.</summary>
    public static IReadOnlyList<string> OperatorsOf(string field) => FactNames.KindOf(field) switch
    {
        FactKind.Firm => ["sme"],
        FactKind.Number => ["le", "lt", "ge", "gt", "eq", "ne"],
        FactKind.YesNo => ["eq"],
        FactKind.List => ["contains", "notContains"],
        FactKind.Party when field == "supplier.id" => ["ne", "eq"],
        FactKind.Party => ["ne", "eq", "in", "notIn"],
        _ => ["in", "notIn", "eq", "ne"],
    };

    /// <summary>Empty where the row is a single comparison.</summary>
    public static IReadOnlyList<JsonObject> AlternativesOf(JsonObject row)
        => (string?)row["operator"] == AnyOf && row["value"] is JsonArray rows ? [.. rows.OfType<JsonObject>()] : [];

    /// <summary>Looks at another fact, with a comparison that fits it. A value is given only where one is usual; a limit and a list are left to whoever writes them.</summary>
    public static void SetField(JsonObject row, string field)
    {
        row["field"] = field;
        row["operator"] = OperatorsOf(field)[0];
        row["value"] = FactNames.KindOf(field) switch
        {
            FactKind.Firm => SmeRule.SeedOr,
            FactKind.Number => null,
            FactKind.YesNo => false,
            FactKind.Party => "",
            _ => new JsonArray(),
        };
    }

    /// <summary>Compares otherwise; the value becomes a list, or one of its items, as the comparison asks.</summary>
    public static void SetOperator(JsonObject row, string name)
    {
        row["operator"] = name;
        row["value"] = (TakesList(name), row["value"]) switch
        {
            (true, JsonArray list) => list.DeepClone(),
            (true, var one) => one is null || (one is JsonValue text && text.TryGetValue<string>(out var none) && none.Length == 0) ? new JsonArray() : new JsonArray(one.DeepClone()),
            _ when FactNames.KindOf((string?)row["field"] ?? "") == FactKind.Party => "",
            (_, JsonArray { Count: > 0 } list) => list[0]!.DeepClone(),
            (_, JsonArray) => "",
            (_, var one) => one?.DeepClone(),
        };
    }

    /// <summary>Whether another number of the application could be the limit in place of a written one.</summary>
    public static bool MayCompareFacts(JsonObject row)
        => row["value"] is not JsonObject && (string?)row["operator"] is "le" or "lt" or "ge" or "gt" && FactNames.KindOf((string?)row["field"] ?? "") == FactKind.Number;

    /// <summary>Holds the fact against another one instead of a number.</summary>
    public static void CompareFacts(JsonObject row)
        => row["value"] = new JsonObject { ["fact"] = FactNames.All.First(other => FactNames.KindOf(other) == FactKind.Number && other != (string?)row["field"]) };

    /// <summary>Whether it asks no more than that a party is there, or that none is.</summary>
    public static bool AsksForPresence(JsonObject row)
        => (string?)row["operator"] is "eq" or "ne" && FactNames.KindOf((string?)row["field"] ?? "") == FactKind.Party && row["value"] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length == 0;

    /// <summary>Whether the value is a list of codes.</summary>
    public static bool TakesList(string? name) => name is "in" or "notIn" or "contains" or "notContains";

    /// <summary>Adds an alternative; a single comparison becomes the first of two.</summary>
    public static void AddAlternative(JsonObject row)
    {
        if (AlternativesOf(row).Count == 0)
        {
            var first = new JsonObject { ["field"] = row["field"]?.DeepClone(), ["operator"] = row["operator"]?.DeepClone(), ["value"] = row["value"]?.DeepClone() };
            row.Remove("field");
            (row["operator"], row["value"]) = (AnyOf, new JsonArray(first));
        }

        row["value"]!.AsArray().Add(New());
    }

    /// <summary>Takes an alternative out; the last one left becomes a single comparison.</summary>
    public static void RemoveAlternative(JsonObject row, int index)
    {
        var rows = row["value"]!.AsArray();
        rows.RemoveAt(index);
        if (rows is [JsonObject last])
        {
            foreach (var name in new[] { "field", "operator", "value" })
            {
                row[name] = last[name]?.DeepClone();
            }
        }
    }
}
