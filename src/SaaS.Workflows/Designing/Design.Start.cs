using System.Text.Json.Nodes;
using NodaTime.Text;
using SaaS.Domain.Money;
using SaaS.Workflows.Definitions;

namespace SaaS.Workflows.Designing;

/// <content>A programme that begins with a template and four answers.</content>
public sealed partial class Design
{
    private const string EligibleCost = "EligibleCost";

    /// <summary>Makes a programme of its own from a template or another programme, which stays as it is.</summary>
    public static Design StartFrom(WorkflowDefinition template, StartAnswers answers)
    {
        var design = Of(template).Edit(chart => Sign(chart, answers));
        var kept = answers.Tiers.Select(tier => tier.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var tier in design.TierCodes().Where(code => kept.Count > 0 && !kept.Contains(code)).ToList())
        {
            design = design.RemoveTier(tier);
        }

        return design.Edit(chart =>
        {
            foreach (var tier in answers.Tiers)
            {
                Limit(chart, tier);
                Divide(chart, tier);
            }

            foreach (var step in chart.Steps.Where(step => (string?)step["type"] == "Grant.CheckEligibility"))
            {
                Restrict(step, answers);
            }
        }).ArrangeFunding();
    }

    private static void Sign(Chart chart, StartAnswers answers)
    {
        (chart.Json["id"], chart.Json["definitionId"], chart.Json["version"]) = ($"{answers.DefinitionId}-v1", answers.DefinitionId, 1);
        (chart.Json["name"], chart.Json["description"]) = (answers.Title.Ko, answers.Title.En);
        var programme = Child(Child(chart.Json, "customProperties"), "programme");
        (programme["slug"], programme["year"], programme["ko"], programme["en"]) = (answers.Slug, answers.Year, answers.Title.Ko, answers.Title.En);

        // What the template says of its shares is soon wrong of the programme's.
        Put(programme, "summaryKo", null);
        Put(programme, "summaryEn", null);
        Put(programme, "opensOn", answers.OpensOn is { } opens ? LocalDatePattern.Iso.Format(opens) : null);
        Put(programme, "closesOn", answers.ClosesOn is { } closes ? LocalDatePattern.Iso.Format(closes) : null);
    }

    private IEnumerable<string> TierCodes() => new Chart(_json.DeepClone().AsObject()).Steps
        .Where(step => (string?)step["type"] == "Grant.ChooseTier" && step["tiers"] is JsonArray)
        .SelectMany(step => step["tiers"]!.AsArray().OfType<JsonObject>())
        .Select(row => (string?)row["tier"]).OfType<string>().Distinct();

    private static void Limit(Chart chart, TierAnswer tier)
    {
        foreach (var row in chart.Steps.Where(step => step["tiers"] is JsonArray).SelectMany(step => step["tiers"]!.AsArray().OfType<JsonObject>()).Where(row => (string?)row["tier"] == tier.Code))
        {
            Put(row, "totalCostMax", tier.TotalCostMax is { } most ? JsonValue.Create(most) : null);
        }
    }

    private static void Divide(Chart chart, TierAnswer tier)
    {
        foreach (var (shares, bearer) in chart.Steps.Where(step => (string?)step["type"] == "Grant.ShareCost" && (string?)step["tier"] == tier.Code && step["shares"] is JsonArray)
            .Select(step => (step["shares"]!.AsArray(), (string?)step["bearer"] ?? nameof(Funder.Firm))))
        {
            foreach (var (funder, basisPoints) in tier.BasisPoints)
            {
                var row = shares.OfType<JsonObject>().FirstOrDefault(row => (string?)row["funder"] == funder.ToString());
                switch (row, basisPoints)
                {
                    case (null, > 0):
                        shares.Insert(Place(shares, funder), new JsonObject
                        {
                            ["funder"] = funder.ToString(),
                            ["base"] = EligibleCost,
                            ["minBp"] = basisPoints,
                            ["targetBp"] = basisPoints,
                            ["maxBp"] = basisPoints,
                            ["paidBy"] = funder is Funder.National ? "National" : "Self",
                        });
                        break;
                    case ({ } given, 0) when funder.ToString() == bearer:
                        // What rounding and caps leave is still its part.
                        (given["minBp"], given["targetBp"], given["maxBp"]) = (0, 0, 10_000);
                        break;
                    case ({ } given, 0):
                        shares.Remove(given);
                        break;
                    case ({ } given, > 0):
                        Aim(given, basisPoints);
                        break;
                }
            }
        }
    }

    // A share that was fixed stays fixed; a range is widened no further than it must be.
    internal static void Aim(JsonObject row, int basisPoints)
    {
        var (least, target, most) = ((int?)row["minBp"] ?? basisPoints, (int?)row["targetBp"] ?? basisPoints, (int?)row["maxBp"] ?? basisPoints);
        if (target == basisPoints)
        {
            return;
        }

        row["targetBp"] = basisPoints;
        row["minBp"] = least == target ? basisPoints : Math.Min(least, basisPoints);
        row["maxBp"] = most == target ? basisPoints : Math.Max(most, basisPoints);
    }

    // Funders stand in the order of the house: central government first, the firm last.
    private static int Place(JsonArray shares, Funder funder)
    {
        var after = shares.OfType<JsonObject>().ToList().FindIndex(row => Enum.TryParse<Funder>((string?)row["funder"], out var other) && other > funder);
        return after < 0 ? shares.Count : after;
    }

    private static void Restrict(JsonObject step, StartAnswers answers)
    {
        if (step["rules"] is not JsonArray rules)
        {
            step["rules"] = rules = [];
        }

        var source = $"{answers.Title.Ko} 공고";
        var lists = new[] { (Field: "facility.region", Digits: 2), (Field: "facility.municipality", Digits: 5) }
            .Select(kind => (kind.Field, Codes: answers.Places.Where(place => place.Length == kind.Digits).ToList())).Where(list => list.Codes.Count > 0).ToList();
        if (lists is [var only])
        {
            Require(rules, "REGION", In(only.Field, only.Codes), source);
        }
        else if (lists.Count > 1)
        {
            Require(rules, "REGION", new JsonObject { ["operator"] = "anyOf", ["value"] = new JsonArray([.. lists.Select(list => In(list.Field, list.Codes))]) }, source);
        }

        if (answers.Sectors.Count > 0)
        {
            Require(rules, "SECTOR", In("firm.ksic", answers.Sectors), source);
        }
    }

    private static JsonObject In(string field, IReadOnlyList<string> codes)
        => new() { ["field"] = field, ["operator"] = "in", ["value"] = new JsonArray([.. codes.Select(code => JsonValue.Create(code))]) };

    private static void Require(JsonArray rules, string code, JsonObject row, string source)
    {
        var fields = ConditionRow.AlternativesOf(row).Append(row).Select(each => (string?)each["field"]).OfType<string>().ToHashSet();
        foreach (var old in rules.OfType<JsonObject>().Where(old => (string?)old["code"] == code || fields.Contains((string?)old["field"] ?? "")).ToList())
        {
            rules.Remove(old);
        }

        row.Insert(0, "code", code);
        var sentence = RuleRow.Sentence(RuleRow.Read(row.ToJsonString())!);
        (row["ko"], row["en"], row["source"]) = (sentence.Ko, sentence.En, source);
        rules.Add(row);
    }
}
