using System.Text.Json.Nodes;
using SaaS.Domain.Money;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Designing.Sheets;

/// <summary>The tables of a programme, by the step that holds them.</summary>
public static class ProgrammeSheets
{
    private static readonly SheetColumn Code = new("code", new("코드", "Code"), CellKind.Code) { IsRequired = true, IsKey = true };
    private static readonly SheetColumn Ko = new("ko", new("이름(한국어)", "Name (Korean)")) { IsRequired = true };
    private static readonly SheetColumn En = new("en", new("이름(영어)", "Name (English)")) { IsRequired = true };

    private static readonly JsonValue No = JsonValue.Create(false);
    private static readonly string[] Compares = ["field", "operator", "value"];

    private static readonly SheetColumn[] Comparison =
    [
        new("field", new("항목", "Field"), CellKind.Choice) { IsRequired = true, Options = [.. FactNames.All], OptionName = FactNames.Of },
        new("operator", new("비교", "Comparison"), CellKind.Choice) { IsRequired = true, Options = [.. Condition.Operators.Where(name => name != "anyOf")], OptionName = OperatorNames.Of },
        new("value", new("값", "Value"), CellKind.Value),
    ];

    private static readonly SheetColumn[] ShareColumns =
    [
        new("funder", new("재원", "Funder"), CellKind.Choice) { IsRequired = true, IsKey = true, Options = Enum.GetNames<Funder>() },
        new("targetBp", new("비율(%)", "Share (%)"), CellKind.Percent) { IsRequired = true },
        new("minBp", new("최소(%)", "Least (%)"), CellKind.Percent) { Otherwise = JsonValue.Create(0) },
        new("maxBp", new("최대(%)", "Most (%)"), CellKind.Percent) { Otherwise = JsonValue.Create(10_000) },
        new("cap", new("상한(원)", "Cap (won)"), CellKind.Whole),
        new("overflowTo", new("초과분 부담", "Overflow to"), CellKind.Choice) { Options = Enum.GetNames<Funder>() },
        new("base", new("무엇의 비율", "Share of"), CellKind.Choice) { Options = Enum.GetNames<ShareBase>(), Otherwise = JsonValue.Create("EligibleCost") },
        new("cumulativeCap", new("누적 한도(원)", "Ceiling over projects (won)"), CellKind.Whole),
        new("capPerYear", new("연간 한도(원)", "Ceiling a year (won)"), CellKind.Whole),
        new("paidBy", new("지급하는 곳", "Paid by"), CellKind.Choice) { Options = ["Self", "National"], OptionName = option => option == "National" ? new("KOSMO", "KOSMO") : OptionNames.Of(option), Otherwise = JsonValue.Create("Self") },
    ];

    private static readonly Sheet Tiers = new("tiers", new("유형", "Tiers"),
        [
            new("tier", new("코드", "Code"), CellKind.Code) { IsRequired = true, IsKey = true, Accepts = Design.MayBeTier },
            Ko, En,
            new("totalCostMin", new("총사업비 하한(원)", "Least cost (won)"), CellKind.Whole),
            new("totalCostMax", new("총사업비 상한(원)", "Largest cost (won)"), CellKind.Whole),
            new("quota", new("지원 기업 수", "Firms"), CellKind.Whole) { Most = 100_000 },
            new("months", new("기간(월)", "Months"), CellKind.Whole) { Most = 120 },
            new("level", new("목표 수준", "Target level")),
        ],
        (design, step) => Rows(design, step, "tiers"), WithTiers)
    { Most = 50 };

    private static readonly Sheet Conditions = new("when", new("유형 조건", "Conditions of tiers"),
        [new("tier", new("유형", "Tier"), CellKind.Code) { IsRequired = true, IsKey = true, MayRepeat = true }, new("or", new("윗줄과 ‘또는’", "Or the row above"), CellKind.YesNo) { Otherwise = No }, .. Comparison],
        (design, step) => [.. Rows(design, step, "tiers").SelectMany(tier => Flat(tier["when"] as JsonArray ?? [], "tier", condition => new JsonObject { ["tier"] = tier["tier"]?.DeepClone() }))],
        WithConditions);

    private static readonly Sheet Rules = new("rules", new("지원 자격", "Eligibility"),
        [
            new("code", new("코드", "Code"), CellKind.Code) { IsRequired = true, IsKey = true, MayRepeat = true },
            new("or", new("윗줄과 ‘또는’", "Or the row above"), CellKind.YesNo) { Otherwise = No },
            .. Comparison,
            new("ko", new("문장(한국어)", "Sentence (Korean)")), new("en", new("문장(영어)", "Sentence (English)")), new("source", new("근거", "Source")),
        ],
        (design, step) => Flat([.. Rows(design, step, "rules").Select(row => row.DeepClone())], "code", row => row.DeepClone().AsObject()), (design, step, lines) => design.SetInput(step, "rules", Fold(lines, "code", line => Said(line))));

    private static readonly Sheet Shares = new("shares", new("재원별 분담", "Shares"), ShareColumns,
        (design, step) => Rows(design, step, "shares"), (design, step, lines) => design.SetInput(step, "shares", List(lines)).ArrangeFunding());

    private static readonly Sheet Exceptions = new("overrides", new("지역별 예외", "Exceptions by place"),
        [new("place", new("지역", "Place"), CellKind.Choice) { IsRequired = true, IsKey = true, Options = Places.Codes, OptionName = ShareWords.Place }, .. ShareColumns],
        ReadExceptions, WithExceptions);

    private static readonly Sheet Criteria = Simple("criteria", new("평가 항목", "Criteria"), new SheetColumn("weight", new("배점", "Points"), CellKind.Whole) { IsRequired = true, Most = 100 });
    private static readonly Sheet Documents = Simple("documents", new("제출 서류", "Documents"), new SheetColumn("required", new("필수", "Required"), CellKind.YesNo) { Otherwise = No });
    private static readonly Sheet Checklist = Simple("checklist", new("점검표", "Checklist"));
    private static readonly Sheet Answers = Simple("answers", new("답", "Answers"));

    private static readonly Sheet Signers = new("signers", new("서명하는 당사자", "Signers"),
        [new("party", new("당사자", "Party"), CellKind.Choice) { IsRequired = true, IsKey = true, Options = SignAgreementActivity.Parties }],
        (design, step) => [.. (design.Step(step)["signers"] as JsonArray ?? []).Select(party => new JsonObject { ["party"] = party?.DeepClone() })],
        (design, step, lines) => design.SetInput(step, "signers", new JsonArray([.. lines.Select(line => line["party"]?.DeepClone())])));

    private static readonly Sheet Payments = new("tranches", new("지급 차수", "Tranches"),
        [
            new("percentBp", new("비율(%)", "Part (%)"), CellKind.Percent) { IsRequired = true },
            new("payee", new("받는 곳", "Payee"), CellKind.Choice) { Options = ["Supplier", "Firm"], Otherwise = JsonValue.Create("Supplier") },
            new("depositFirst", new("기업부담금 선입금", "Firm's deposit first"), CellKind.YesNo) { Otherwise = No },
            new("gate", new("앞선 점검", "Inspection before"), CellKind.Choice) { Options = ["Interim", "Final"] },
            new("projectYear", new("과제 연차", "Year of the project"), CellKind.Whole) { Most = 10 },
        ],
        (design, step) => design.TranchesOf(step), (design, step, lines) => design.SetTranches(step, lines))
    { Most = 20 };

    /// <summary>All that any step holds.</summary>
    public static IReadOnlyList<Sheet> All { get; } = [Tiers, Conditions, Rules, Shares, Exceptions, Criteria, Documents, Checklist, Answers, Signers, Payments];

    /// <summary>The tables of a step.</summary>
    public static IReadOnlyList<Sheet> Of(ActivityDefinition step) => step.Type switch
    {
        "Grant.ChooseTier" => [Tiers, Conditions],
        "Grant.CheckEligibility" => [Rules],
        "Grant.ShareCost" => [Shares, Exceptions],
        "Grant.ApplicationStage" => [Documents],
        "Grant.EvaluationStage" => [Criteria],
        "Grant.InspectionStage" => [Checklist],
        "Grant.HumanTask" => [Answers],
        "Grant.SignAgreement" => [Signers],
        "Grant.DisbursementStage" => [Payments],
        _ => [],
    };

    /// <summary>Null where there is no such table.</summary>
    public static Sheet? Find(string name) => All.FirstOrDefault(sheet => sheet.Name == name);

    private static Sheet Simple(string input, Words title, params SheetColumn[] more)
        => new(input, title, [Code, Ko, En, .. more], (design, step) => Rows(design, step, input), (design, step, lines) => design.SetInput(step, input, List(lines)));

    private static List<JsonObject> Rows(Design design, string step, string input) => design.Step(step)[input] is JsonArray rows ? [.. rows.OfType<JsonObject>()] : [];

    private static JsonArray List(IEnumerable<JsonObject> lines) => [.. lines.Select(line => line.DeepClone())];

    private static Design WithTiers(Design design, string step, IReadOnlyList<JsonObject> lines)
    {
        var next = design;
        var kept = lines.Select(line => (string?)line["tier"]).ToHashSet();
        var old = Rows(design, step, "tiers").Select(row => (string?)row["tier"]).OfType<string>().ToList();
        foreach (var line in lines.Where(line => !old.Contains((string)line["tier"]!)))
        {
            next = old.Count > 0 ? next.AddTier((string)line["tier"]!, new((string?)line["ko"] ?? "", (string?)line["en"] ?? ""), old[0]) : next;
        }

        foreach (var gone in old.Where(tier => !kept.Contains(tier)))
        {
            next = next.RemoveTier(gone);
        }

        // A new tier's row has the conditions that lead to it.
        var added = Rows(next, step, "tiers").ToDictionary(row => (string)row["tier"]!, row => row["when"]);
        return next.SetInput(step, "tiers", List(lines.Select(line =>
        {
            var row = line.DeepClone().AsObject();
            if (added.GetValueOrDefault((string)line["tier"]!) is { } when)
            {
                row["when"] = when.DeepClone();
            }

            return row;
        })));
    }

    private static Design WithConditions(Design design, string step, IReadOnlyList<JsonObject> lines)
    {
        var rows = List(Rows(design, step, "tiers"));
        foreach (var row in rows.OfType<JsonObject>())
        {
            var own = Fold([.. lines.Where(line => (string?)line["tier"] == (string?)row["tier"])], "tier", line => line);
            if (own.Count > 0 || row.ContainsKey("when"))
            {
                row["when"] = new JsonArray([.. own.OfType<JsonObject>().Select(condition =>
                {
                    var copy = condition.DeepClone().AsObject();
                    copy.Remove("tier");
                    return copy;
                })]);
            }
        }

        return design.SetInput(step, "tiers", rows);
    }

    // Each alternative of an "or" is a line of its own; what belongs to the whole stands in its first.
    private static List<JsonObject> Flat(JsonArray rows, string key, Func<JsonObject, JsonObject> whole)
    {
        var lines = new List<JsonObject>();
        foreach (var row in rows.OfType<JsonObject>())
        {
            var comparisons = ConditionRow.AlternativesOf(row) is { Count: > 0 } alternatives ? alternatives : [row];
            foreach (var (comparison, index) in comparisons.Select((comparison, index) => (comparison, index)))
            {
                var line = whole(row);
                if (index > 0)
                {
                    line = new JsonObject { [key] = line[key]?.DeepClone(), ["or"] = true };
                }

                foreach (var name in Compares)
                {
                    line[name] = comparison[name]?.DeepClone();
                }

                lines.Add(line);
            }
        }

        return lines;
    }

    private static JsonArray Fold(IReadOnlyList<JsonObject> lines, string key, Func<JsonObject, JsonObject> finish)
    {
        var rows = new List<JsonObject>();
        foreach (var line in lines)
        {
            var isOr = (bool?)line["or"] == true && rows.Count > 0 && (string?)rows[^1][key] == (string?)line[key];
            var own = line.DeepClone().AsObject();
            own.Remove("or");
            if (!isOr)
            {
                rows.Add(own);
                continue;
            }

            var whole = rows[^1];
            if (ConditionRow.AlternativesOf(whole).Count == 0)
            {
                var first = Compared(whole);
                whole.Remove("field");
                (whole["operator"], whole["value"]) = ("anyOf", new JsonArray(first));
            }

            whole["value"]!.AsArray().Add(Compared(own));
        }

        return [.. rows.Select(finish)];
    }

    private static JsonObject Compared(JsonObject row) => new() { ["field"] = row["field"]?.DeepClone(), ["operator"] = row["operator"]?.DeepClone(), ["value"] = row["value"]?.DeepClone() };

    // A rule without sentences gets those of its condition.
    private static JsonObject Said(JsonObject row)
    {
        if ((string.IsNullOrEmpty((string?)row["ko"]) || string.IsNullOrEmpty((string?)row["en"])) && RuleRow.Read(row.ToJsonString()) is { } condition)
        {
            var words = condition.InWords();
            row["ko"] ??= $"{words.Ko}이어야 합니다.";
            row["en"] ??= $"The condition is: {words.En}.";
        }

        return row;
    }

    private static List<JsonObject> ReadExceptions(Design design, string step)
    {
        var lines = new List<JsonObject>();
        foreach (var exception in Rows(design, step, "overrides"))
        {
            foreach (var share in (exception["shares"] as JsonArray ?? []).OfType<JsonObject>())
            {
                var line = share.DeepClone().AsObject();
                line.Insert(0, "place", (string?)exception["municipality"] ?? (string?)exception["region"]);
                lines.Add(line);
            }
        }

        return lines;
    }

    private static Design WithExceptions(Design design, string step, IReadOnlyList<JsonObject> lines)
    {
        var old = Rows(design, step, "overrides");
        var rows = new JsonArray();
        foreach (var place in lines.GroupBy(line => (string)line["place"]!))
        {
            var row = old.FirstOrDefault(each => ((string?)each["municipality"] ?? (string?)each["region"]) == place.Key)?.DeepClone().AsObject()
                ?? new JsonObject { [place.Key.Length == 2 ? "region" : "municipality"] = place.Key };
            row["shares"] = new JsonArray([.. place.Select(line =>
            {
                var share = line.DeepClone().AsObject();
                share.Remove("place");
                return share;
            })]);
            rows.Add(row);
        }

        return design.SetInput(step, "overrides", rows.Count == 0 ? null : rows).ArrangeFunding();
    }
}
