using System.Text.Json.Nodes;
using SaaS.Workflows.Activities;

namespace SaaS.Workflows.Designing;

/// <summary>What a new step begins with: enough to be checked and run, to be changed by whoever adds it.</summary>
internal static class NewStep
{
    private const int Width = 300;
    private const int Height = 160;

    /// <summary>A step with its type's words, its first inputs, and a place to the right of the others.</summary>
    public static JsonObject Of(string id, string type, IEnumerable<JsonObject> others)
    {
        var steps = others.ToList();
        var words = ActivityCatalogue.Standard.Find(type)?.Descriptor.DisplayName ?? new Words(type, type);
        var step = new JsonObject
        {
            ["id"] = id,
            ["name"] = id,
            ["type"] = type,
            ["version"] = 1,
            ["customProperties"] = new JsonObject
            {
                ["canStartWorkflow"] = type == "Grant.ReceiveApplication",
                ["runAsynchronously"] = false,
                ["displayTextEn"] = words.En,
            },
            ["metadata"] = new JsonObject { ["displayText"] = words.Ko },
        };
        foreach (var (name, value) in Inputs(type, steps))
        {
            step[name] = value;
        }

        if (step["titleKo"] is { } ko && step["titleEn"] is { } en)
        {
            // One name, wherever it is read.
            (step["metadata"]!["displayText"], step["customProperties"]!["displayTextEn"]) = (ko.DeepClone(), en.DeepClone());
        }

        Place(step, steps);
        return step;
    }

    /// <summary>Right of the others; the picture of the designer places by itself, Elsa's canvas does not.</summary>
    public static void Place(JsonObject step, IEnumerable<JsonObject> others) => Stand(step, others.Select(PlaceOf).Select(place => place.X).DefaultIfEmpty(0).Max() + Width, 40);

    /// <summary>Where it belongs beside another step, or as far below as it takes to stand free. No other step moves.</summary>
    /// <param name="step">The new step.</param>
    /// <param name="others">All steps; the new one may be among them.</param>
    /// <param name="near">The step that it comes after or is like.</param>
    /// <param name="right">So many columns to the right of that.</param>
    /// <param name="down">So many rows below it.</param>
    public static void Place(JsonObject step, IEnumerable<JsonObject> others, JsonObject near, int right, int down)
    {
        var taken = others.Where(other => !ReferenceEquals(other, step)).Select(PlaceOf).ToList();
        var (x, y) = PlaceOf(near);
        (x, y) = (x + (right * Width), y + (down * Height));
        while (taken.Exists(place => Math.Abs(place.X - x) < Width && Math.Abs(place.Y - y) < Height - 40))
        {
            y += Height;
        }

        Stand(step, x, y);
    }

    private static (double X, double Y) PlaceOf(JsonObject step) => step["metadata"]?["designer"]?["position"] is JsonObject place
        ? ((double?)place["x"] ?? 0, (double?)place["y"] ?? 0)
        : (0, 0);

    private static void Stand(JsonObject step, double x, double y)
        => step["metadata"]!["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = x, ["y"] = y } };

    /// <summary>The result with which a case ends after an outcome that is not the way on.</summary>
    public static string ResultOf(string outcome) => outcome switch
    {
        "Ineligible" or "Indeterminate" or "None" or "Infeasible" => "Ineligible",
        "NotSelected" => "NotSelected",
        "Refused" or "TimedOut" => "Refused",
        "Declined" or "Lapsed" => "Declined",
        "Stopped" or "Failed" => "Failed",
        _ => "Rejected",
    };

    public static Words EndName(string result) => result switch
    {
        "Completed" => new("완료", "Completed"),
        "Ineligible" => new("자격 미달", "Not eligible"),
        "NotSelected" => new("미선정", "Not selected"),
        "Refused" => new("재원 확보 실패", "Funding refused"),
        "Declined" => new("협약 미체결", "Agreement declined"),
        "Failed" => new("중단", "Stopped"),
        _ => new("반려", "Rejected"),
    };

    public static IEnumerable<(string Name, JsonNode Value)> Inputs(string type, IReadOnlyList<JsonObject> others) => type switch
    {
        "Grant.CheckEligibility" => [("rules", new JsonArray()), Application, Output("verdict", "String", "verdict"), Output("reasons", "Object", "reasons")],
        "Grant.ChooseTier" =>
        [
            ("tiers", Json("""[{ "tier": "BASIC", "ko": "기초", "en": "Basic", "when": [], "totalCostMax": 100000000, "quota": 30, "months": 9 }]""")),
            Application, Output("tier", "String", "tier"), Output("reasons", "Object", "reasons"),
        ],
        "Grant.ShareCost" =>
        [
            ("tier", "BASIC"), ("roundingUnit", 1_000), ("bearer", "Firm"),
            ("shares", Json("""[{ "funder": "Firm", "base": "EligibleCost", "minBp": 0, "targetBp": 10000, "maxBp": 10000, "paidBy": "Self" }]""")),
            Application, Output("split", "Object", "shares"), Output("reasons", "Object", "reasons"),
        ],
        "Grant.ApplicationStage" => [("documents", Json("""[{ "code": "APPLICATION", "ko": "사업신청서", "en": "Application form", "required": true }]"""))],
        "Grant.EvaluationStage" =>
        [
            ("criteria", Json("""[{ "code": "PLAN", "ko": "구축계획", "en": "Plan", "weight": 50 }, { "code": "EFFECT", "ko": "기대효과", "en": "Expected effect", "weight": 50 }]""")),
            ("passMark", 60),
        ],
        "Grant.CommitShare" => [("funder", "Province"), ("withinDays", 30)],
        "Grant.SignAgreement" => [("signers", new JsonArray("Firm", "Supplier", "Tenant")), ("withinDays", 30)],
        "Grant.HumanTask" =>
        [
            ("titleKo", "담당자 확인"), ("titleEn", "Officer's check"), ("assignee", "Tenant"),
            ("answers", Json("""[{ "code": "Yes", "ko": "적합", "en": "Suitable" }, { "code": "No", "ko": "부적합", "en": "Not suitable" }]""")),
        ],
        "Grant.DisbursementStage" =>
        [
            ("tranche", Count(type, others) + 1), ("percentBp", IsInspectedToTheEnd(others) ? Unpaid(others) : Math.Min(3_000, Unpaid(others))), ("last", IsInspectedToTheEnd(others)),
            ("payee", "Supplier"), ("depositFirst", true),
        ],
        "Grant.InspectionStage" =>
        [
            // Every way needs a final one; whatever comes beside it is on the way there.
            ("kind", IsInspectedToTheEnd(others) ? "Interim" : "Final"),
            ("checklist", Json("""[{ "code": "BUILT", "ko": "계획 대비 구축 진행", "en": "Progress against the plan" }, { "code": "PURCHASE", "ko": "구매 증빙", "en": "Evidence of purchases" }]""")),
        ],
        "Grant.Notify" => [("to", "Firm"), ("ko", "알려 드립니다."), ("en", "Please note.")],
        "Grant.Close" => [("result", "Rejected")],
        _ => [],
    };

    private static (string Name, JsonNode Value) Application
        => ("application", Json("""{ "typeName": "Object", "expression": { "type": "Input", "value": { "name": "Application" } } }"""));

    private static (string Name, JsonNode Value) Output(string name, string typeName, string variable)
        => (name, new JsonObject { ["typeName"] = typeName, ["memoryReference"] = new JsonObject { ["id"] = variable } });

    private static bool IsInspectedToTheEnd(IReadOnlyList<JsonObject> steps) => steps.Any(step => (string?)step["type"] == "Grant.InspectionStage" && (string?)step["kind"] == "Final");

    // What the tranches leave of the whole; a tranche of some other way may have taken all of it.
    private static int Unpaid(IReadOnlyList<JsonObject> steps)
        => 10_000 - steps.Where(step => (string?)step["type"] == "Grant.DisbursementStage").Sum(step => (int?)step["percentBp"] ?? 0) is var left and > 0 ? left : 3_000;

    private static int Count(string type, IReadOnlyList<JsonObject> steps) => steps.Count(step => (string?)step["type"] == type);

    private static JsonNode Json(string json) => JsonNode.Parse(json)!;
}
