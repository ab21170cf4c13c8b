using System.Text.Json.Nodes;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Designing;
using SaaS.Workflows.Designing.Mending;
using SaaS.Workflows.Templates;
using Xunit;

namespace SaaS.UnitTests.Programmes;

/// <summary>What the checker finds can mostly be put right by one button.</summary>
public sealed class MendTests
{
    private const string Food = "tenants/jeonnam/programmes/food-2025.json";
    private const string WinWin = "tenants/lg/programmes/win-win-2025.json";
    private const string Construction = "workflows/catalogue/ww-lh-gn-2025.json";
    private const string Yearly = "workflows/catalogue/auto-2026.json";
    private const string TopUp = "workflows/catalogue/top-icn.json";

    // A finding, a programme, what an official does to it, and what the first button says.
    private static readonly (string Code, string Path, Action<JsonObject> Change, string Says)[] Cases =
    [
        ("shares-total", Food, json => Share(json, "shareBasic", "Firm", 3_500), "합계를 100 %로: 도입기업 +5 %p"),
        ("shares-total", Food, json => Share(json, "shareBasic", "Firm", 4_500), "합계를 100 %로: 도입기업 −5 %p"),
        ("shares-total", Food, json => Step(json, "shareBasic")["overrides"] = Exception("Municipality", 4_000), "합계를 100 %로: 도입기업 −10 %p"),
        ("national-share-above-limit", Food, json => { Share(json, "shareAdv", "National", 6_000); Share(json, "shareAdv", "Firm", 1_000); }, "국비를 50 %로 낮추고 도입기업이 나머지를 부담"),
        ("national-share-above-limit", Food, json => Share(json, "shareAdv", "National", 5_001), "국비를 50 %로 낮추기"),
        ("lead-share-below-limit", WinWin, json => { Share(json, "shareJoint", "LeadFirm", 2_500); Share(json, "shareJoint", "National", 3_500); }, "주관기업을 30 %로 올리고 도입기업에서 5 %p 덜기"),
        ("firm-share-above-limit", WinWin, json => { Share(json, "shareJoint", "Firm", 4_500); Share(json, "shareJoint", "National", 2_500); }, "도입기업을 40 %로 낮추고 주관기업이 나머지를 부담"),
        ("lead-firm-missing", WinWin, json => RemoveShare(json, "shareJoint", "LeadFirm", "National"), "주관기업 30 %를 넣고 도입기업에서 덜기"),
        ("grant-shares-total", Construction, json => Share(json, "shareA", "Province", 4_999), "합계를 100 %로: 주관기업 +0.01 %p"),
        ("grant-missing", Construction, json => Step(json, "shareA").Remove("grant"), "지원금 전체를 사업비의 100 %로"),
        ("share-outside-limits", Food, json => Row(json, "shareBasic", "Province")["maxBp"] = 2_000, "도비(시·도비)의 범위를 30~30 %로 넓히기"),
        ("overflow-unnamed", WinWin, json => Row(json, "shareJoint", "National").Remove("overflowTo"), "국비 상한을 넘는 금액은 주관기업이 부담"),
        ("overflow-unknown", WinWin, json => Row(json, "shareJoint", "National")["overflowTo"] = "Province", "국비 상한을 넘는 금액은 주관기업이 부담"),
        ("share-base-missing", Food, json => Row(json, "shareBasic", "Municipality")["base"] = "NationalGrant", "시·군비의 기준을 총사업비로"),
        ("bearer-base", Construction, json => Row(json, "shareA", "Firm")["base"] = "PublicGrant", "도입기업의 기준을 총사업비로"),
        ("bearer-without-share", WinWin, FirmCarriesNothing, "나머지 부담: 주관기업"),
        ("share-limit-broken", WinWin, json => Row(json, "shareJoint", "National")["overflowTo"] = "Firm", "국비 상한을 넘는 금액은 주관기업이 부담"),
        ("tier-empty-range", Food, json => Tier(json, 1)["totalCostMin"] = 500_000_000, "고도화 유형의 하한과 상한을 서로 바꾸기"),
        ("tier-gap", Food, json => Ranges(json, (null, 100), (120, 400)), "고도화 유형의 하한을 100,000,001원으로"),
        ("tier-overlap", Food, json => Ranges(json, (null, 100), (80, 400)), "고도화 유형의 하한을 100,000,001원으로"),
        ("tier-unreachable", Food, json => Ranges(json, (null, 400), (null, 300)), "고도화 유형을 맨 위로"),
        ("tier-without-completion", Food, json => Disconnect(json, "tier", "ADV"), "‘고도화’ 유형 빼기"),
        ("stage-missing", Food, json => Bypass(json, "evaluation"), "‘평가 단계’ 단계 넣기"),
        ("stage-missing", Food, json => Bypass(json, "application"), "‘신청 단계’ 단계 넣기"),
        ("stage-missing", Food, json => Bypass(json, "agreement"), "‘협약 체결’ 단계 넣기"),
        ("stage-missing", Food, json => Bypass(json, "finalInspection"), "‘최종점검’ 단계 넣기"),
        ("stage-order", Food, json => Move(json, "application", "evaluation"), "‘신청 단계’를 ‘평가 단계’ 앞으로"),
        ("payment-before-agreement", Food, json => Move(json, "agreement", "tranche1"), "‘1차 지급’을 ‘협약 체결’ 다음으로"),
        ("last-payment-before-inspection", Food, json => Move(json, "finalInspection", "tranche3"), "‘최종점검’을 ‘3차(마지막) 지급’ 앞으로"),
        ("no-completion", Food, json => Step(json, "close")["result"] = "Failed", "‘완료’의 결과를 ‘완료’로"),
        ("shares-missing", "workflows/standard.json", json => Bypass(json, "shareBasic"), "‘기초’ 유형의 사업비 분담 단계 넣기"),
        ("reservation-missing", Food, json => Bypass(json, "reserve"), "‘국비 확보’ 단계 넣기"),
        ("commitment-missing", Food, json => Bypass(json, "commitProvince"), "‘도비(시·도비) 확약’ 단계 넣기"),
        ("outcome-tracking-missing", Food, json => Step(json, "close")["outcomeYears"] = 0, "성과조사 기간을 3년으로"),
        ("tranches-total", Food, json => Step(json, "tranche3")["percentBp"] = 2_000, "합계를 100 %로: 3차 30 %"),
        ("tranche-order", Food, json => Step(json, "tranche3")["tranche"] = 5, "차수를 1차부터 3차까지 차례로 매기기"),
        ("tier-mismatch", Food, json => Step(json, "shareBasic")["tier"] = "ADV", "이 단계를 ‘기초’ 유형의 분담으로"),
        ("yearly-cap-without-cap", Yearly, json => Rows(json).Where(row => row.ContainsKey("capPerYear")).ToList().ForEach(row => row.Remove("cap")), "국비의 연간 상한 없애기"),
        ("yearly-cap-broken", Yearly, json => Payments(json).ForEach(payment => payment.Remove("projectYear")), "2년에 고르게 나누어 지급"),
        ("unusable-input", "workflows/local-basic.json", json => RemoveShare(json, "shareBasic", "Firm", "Province"), "도입기업을 0 %로 넣고 나머지를 부담"),
        ("yearly-cap-broken", Yearly, json => (Step(json, "tranche2")["percentBp"], Step(json, "tranche3")["percentBp"]) = (2_600, 2_400), "2년에 고르게 나누어 지급"),
        ("unknown-field", Food, json => Rule(json, "BANNED")["field"] = "firm.bannd", "‘firm.bannd’ 대신 참여제한(firm.banned)"),
        ("unknown-code", Food, json => Rule(json, "SECTOR")["value"]![0] = "C99", "코드 ‘C99’ 빼기"),
        ("document-not-asked", Food, json => Ask(Rule(json, "BANNED"), "사업계획서", "PLAN"), "‘사업계획서’의 코드(PLAN)로 바꾸기"),
        ("document-not-asked", Food, json => Ask(Rule(json, "BANNED"), "안전 컨설팅 확인서"), "신청 단계의 제출 서류에 ‘안전 컨설팅 확인서’ 넣기"),
        ("row-unnamed", Food, json => Step(json, "application")["documents"]![0]!["en"] = "", "영어 이름도 ‘사업신청서’로"),
        ("row-unnamed", Food, json => Step(json, "application")["documents"]![0]!["ko"] = " ", "한국어 이름도 ‘Application form’"),
        ("unknown-code", Food, json => Step(json, "shareBasic")["overrides"] = Exception("Municipality", 3_000, "46999"), "이 지역(46999) 예외 빼기"),
        ("code-not-valid-then", Food, json => Rule(json, "REGION")["value"]![0] = "12", "‘12’ 대신 광주광역시(29)"),
        ("programme-unnamed", Food, json => json["customProperties"]!["programme"]!.AsObject().Remove("slug"), "‘jeonnam-food-2025’로 적기"),
        ("programme-model-unknown", Food, json => json["customProperties"]!["programme"]!["model"] = "Other", "사업 모델을 지역형으로"),
        ("unusable-input", Food, json => Step(json, "evaluation")["criteria"]![0]!["weight"] = 15, ""),
        ("unusable-input", Food, json => Step(json, "evaluation")["passMark"] = 120, ""),
        ("unusable-input", Food, json => Step(json, "agreement")["signers"]!.AsArray().Add("Mayor"), "알 수 없는 당사자 빼기"),
        ("unusable-input", Food, json => Step(json, "agreement")["withinDays"] = 0, "기한(일): 1"),
        ("unusable-input", Food, json => Step(json, "tranche1")["payee"] = "Bank", "받는 곳: 공급기업"),
        ("unusable-input", Food, json => Step(json, "application")["documents"]![1]!["code"] = Step(json, "application")["documents"]![0]!["code"]!.DeepClone(), "빈 칸과 겹치는 코드 채우기"),
        ("unusable-input", Food, json => Step(json, "shareBasic")["bearer"] = "National", ""),
        ("unusable-input", Food, json => Step(json, "shareBasic")["roundingUnit"] = 0, "절사 단위(원): 1"),
        ("missing-input", Food, json => Step(json, "check").Remove("application"), "‘신청’을 처음 값으로"),
        ("ignored-input", Food, json => Step(json, "check")["application"]!.AsObject().Remove("typeName"), "종류를 적어 넣기"),
        ("input-not-kept", Food, json => json["inputs"]![0]!["storageDriverType"] = null, "저장 드라이버 지정"),
        ("variable-not-kept", Food, json => json["variables"]![0]!["storageDriverTypeName"] = null, "저장 드라이버 지정"),
        ("unknown-variable", Food, json => json["variables"]!.AsArray().RemoveAt(3), "변수 ‘shares’ 만들기"),
        ("unknown-input", Food, json => json["inputs"]!.AsArray().Clear(), "입력 ‘Application’ 만들기"),
        ("duplicate-variable", Food, json => json["variables"]!.AsArray().Add(json["variables"]![0]!.DeepClone()), "두 번째 것 지우기"),
        ("duplicate-input", Food, json => json["inputs"]!.AsArray().Add(json["inputs"]![0]!.DeepClone()), "두 번째 것 지우기"),
        ("continues-with-incidents", Food, json => json["options"]!["incidentStrategyType"] = "Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core", "오류가 나면 멈추게 하기"),
        ("unreachable-step", Food, json => json["root"]!["activities"]!.AsArray().Add(JsonNode.Parse("""{ "id": "lost", "type": "Grant.Close", "version": 1, "result": "Failed" }""")), "도달할 수 없는 단계 지우기"),
        ("unknown-activity-type", Food, json => Insert(json, """{ "id": "odd", "type": "Grant.Odd", "version": 1 }""", "application", "Accepted"), "이 단계 지우기"),
        ("duplicate-id", Food, json => json["root"]!["activities"]!.AsArray().Add(Step(json, "close").DeepClone()), "두 번째 단계 지우기"),
        ("connection-to-nowhere", Food, json => json["root"]!["connections"]!.AsArray().Add(JsonNode.Parse("""{ "source": { "activity": "close", "port": "Done" }, "target": { "activity": "nowhere", "port": "In" } }""")), "끊긴 길 지우기"),
        ("unknown-outcome", Food, json => Way(json, "commitProvince", "Refused")["source"]!["port"] = "Refusd", "이 길을 결과 ‘거절’로"),
        ("missing-id", Food, json => json["root"]!["activities"]!.AsArray().Add(JsonNode.Parse("""{ "type": "Grant.Close", "version": 1, "result": "Failed" }""")), "이 단계 지우기"),
        ("join-cannot-complete", Food, json => Join(json, "application", "shareBasic", "shareAdv"), "먼저 온 갈래에서 이어 가기"),
        ("invalid-loop", Food, json => Way(json, "application", "Rejected")["target"]!["activity"] = "shareBasic", "결과 ‘반려’를 ‘반려’로 끝내기"),
        ("wrong-type", Food, json => Insert(json, """{ "id": "pause", "type": "Elsa.Delay", "version": 1, "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "soon" } } }""", "application", "Accepted"), ""),
        ("missing-body", Food, json => Insert(json, """{ "id": "loop", "type": "Elsa.While", "version": 1 }""", "application", "Accepted"), "이 단계 지우기"),
        ("path-without-end", Food, json => Disconnect(json, "commitProvince", "TimedOut"), "결과 ‘기한 경과’를 ‘재원 확보 실패’로 끝내기"),
    ];

    public static TheoryData<int, string> All
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (var index = 0; index < Cases.Length; index++)
            {
                data.Add(index, Cases[index].Code);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_mend_takes_its_finding_away_and_brings_no_other(int index, string code)
    {
        var design = Load(Cases[index].Path, Cases[index].Change);
        var problems = DefinitionChecker.Check(design.Definition);
        var problem = problems.FirstOrDefault(each => each.Code == code) ?? throw new InvalidOperationException($"No {code} in: {string.Join("\n", problems.Select(each => $"{each.Code} {each.Pointer}"))}");

        var mends = Mends.For(problem, design, problems);

        Assert.True(mends.Count > 0, $"{problem.Code} {problem.Pointer} {problem.En}");
        Assert.True(Cases[index].Says.Length == 0 || mends[0].Says.Ko.StartsWith(Cases[index].Says, StringComparison.Ordinal), string.Join(" | ", mends.Select(mend => mend.Says.Ko)));
        foreach (var mend in mends)
        {
            var after = DefinitionChecker.Check(mend.After.Definition);
            Assert.True(Times(after, problem) < Times(problems, problem), mend.Says.En);
            Assert.All(after, found => Assert.True(Times(after, found) <= Times(problems, found), $"{mend.Says.En} brings {found.Code}: {found.En}"));
        }
    }

    [Fact]
    public void Who_may_carry_nothing_is_warned_of_the_odd_won_and_a_sum_put_right_does_not_leave_it_so()
    {
        var carrying = Load(WinWin, FirmCarriesNothing);
        var found = Assert.Single(DefinitionChecker.Check(carrying.Definition), problem => problem.Code == "bearer-without-share");
        Assert.Equal(Severity.Warning, found.Severity);
        Assert.EndsWith("/bearer", found.Pointer, StringComparison.Ordinal);
        Assert.StartsWith("도입기업의 최대는 0 %인데 나머지를 부담합니다. 총사업비 33,333,333원이면 도입기업 부담이 ", found.Ko, StringComparison.Ordinal);
        Assert.Contains("at 33,333,333 won it would carry ", found.En, StringComparison.Ordinal);

        var tooMuch = Load(WinWin, json => Share(json, "shareJoint", "LeadFirm", 7_000));
        var problems = DefinitionChecker.Check(tooMuch.Definition);
        var mend = Mends.For(problems.First(problem => problem.Code == "shares-total"), tooMuch, problems)[0];
        Assert.Equal("합계를 100 %로: 도입기업 −40 %p, 나머지 부담은 주관기업", mend.Says.Ko);
        Assert.Empty(DefinitionChecker.Check(mend.After.Definition));
    }

    [Fact]
    public void An_empty_programme_gets_every_missing_stage_at_once()
    {
        var design = Design.Of(ProgrammeTemplates.All.Single(template => template.Name == "blank").Definition);
        var problems = DefinitionChecker.Check(design.Definition);

        foreach (var missing in problems.Where(problem => problem.Code == "stage-missing"))
        {
            var mend = Mends.For(missing, design, problems)[0];
            Assert.StartsWith("빠진 공통 단계", mend.Says.Ko, StringComparison.Ordinal);
            Assert.Empty(DefinitionChecker.Check(mend.After.Definition).Where(problem => problem.Severity == Severity.Error).Select(problem => problem.Ko));
        }
    }

    [Fact]
    public void Rules_without_a_value_go_without_the_rules_that_have_one()
    {
        var design = Load(Food, json => (Rule(json, "SECTOR")["value"], Rule(json, "REGION")["value"]) = (new JsonArray(), new JsonArray()));
        var problems = DefinitionChecker.Check(design.Definition);
        var unfinished = problems.Single(problem => problem.Code == "unusable-input");

        Assert.StartsWith("3번째 규칙(REGION): ‘공장 소재 시·도’의 값을", unfinished.Ko, StringComparison.Ordinal);
        var mend = Assert.Single(Mends.For(unfinished, design, problems));
        Assert.Equal("값을 정하지 않은 규칙 2개 빼기", mend.Says.Ko);
        Assert.Contains(mend.After.Step("check")["rules"]!.AsArray(), row => (string?)row!["code"] == "BANNED");
    }

    [Fact]
    public void Mending_one_finding_after_the_other_leaves_a_programme_that_can_be_published()
    {
        var design = Load(Food, json =>
        {
            Share(json, "shareBasic", "Firm", 4_500);
            Share(json, "shareAdv", "National", 5_500);
            Step(json, "tranche3")["percentBp"] = 2_000;
            Step(json, "close")["outcomeYears"] = 0;
            Disconnect(json, "commitProvince", "TimedOut");
            json["variables"]![0]!["storageDriverTypeName"] = null;
        });
        var problems = DefinitionChecker.Check(design.Definition);
        Assert.True(problems.Select(problem => problem.Code).Distinct().Count() >= 6, string.Join(", ", problems.Select(problem => problem.Code)));
        while (problems.Count > 0)
        {
            design = Mends.For(problems[0], design, problems)[0].After;
            var left = DefinitionChecker.Check(design.Definition);
            Assert.True(left.Count < problems.Count);
            problems = left;
        }
    }

    private static List<JsonObject> Payments(JsonObject json)
        => [.. json["root"]!["activities"]!.AsArray().Select(step => step!.AsObject()).Where(step => (string?)step["type"] == "Grant.DisbursementStage")];

    private static int Times(IReadOnlyList<Problem> problems, Problem alike) => problems.Count(problem => problem.Code == alike.Code && problem.ActivityId == alike.ActivityId);

    private static Design Load(string path, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(ShippedProgrammes.Text(path))!.AsObject();
        change(json);
        return Design.Of(WorkflowDefinition.Parse(json.ToJsonString()).Required);
    }

    private static JsonObject Step(JsonObject json, string id) => json["root"]!["activities"]!.AsArray().Select(step => step!.AsObject()).First(step => (string?)step["id"] == id);

    private static IEnumerable<JsonObject> Rows(JsonObject json) => json["root"]!["activities"]!.AsArray().Select(step => step!["shares"]).OfType<JsonArray>().SelectMany(rows => rows.OfType<JsonObject>());

    private static JsonObject Row(JsonObject json, string step, string funder) => Step(json, step)["shares"]!.AsArray().Select(row => row!.AsObject()).Single(row => (string?)row["funder"] == funder);

    private static JsonObject Tier(JsonObject json, int index) => Step(json, "tier")["tiers"]![index]!.AsObject();

    private static void Ask(JsonObject rule, params string[] documents)
        => (rule["field"], rule["operator"], rule["value"]) = ("documents", "contains", new JsonArray([.. documents.Select(document => (JsonNode)document)]));

    private static JsonObject Rule(JsonObject json, string code) => Step(json, "check")["rules"]!.AsArray().Select(row => row!.AsObject()).Single(row => (string?)row["code"] == code);

    private static void FirmCarriesNothing(JsonObject json)
    {
        Share(json, "shareJoint", "LeadFirm", 7_000);
        (Row(json, "shareJoint", "Firm")["targetBp"], Row(json, "shareJoint", "Firm")["maxBp"]) = (0, 0);
    }

    private static int Share(JsonObject json, string step, string funder, int target)
    {
        var row = Row(json, step, funder);
        (row["minBp"], row["targetBp"], row["maxBp"]) = (Math.Min((int?)row["minBp"] ?? 0, target), target, Math.Max((int?)row["maxBp"] ?? 10_000, target));
        return target;
    }

    private static void RemoveShare(JsonObject json, string step, string funder, string receiver)
    {
        var gone = Row(json, step, funder);
        var target = (int)gone["targetBp"]! + (int)Row(json, step, receiver)["targetBp"]!;
        gone.Parent!.AsArray().Remove(gone);
        foreach (var row in Step(json, step)["shares"]!.AsArray().Where(row => (string?)row!["overflowTo"] == funder))
        {
            row!.AsObject().Remove("overflowTo");
            row.AsObject().Remove("cap");
        }

        Share(json, step, receiver, target);
    }

    private static void Ranges(JsonObject json, params (int? Least, int Most)[] ranges)
    {
        foreach (var (range, index) in ranges.Select((range, index) => (range, index)))
        {
            var tier = Tier(json, index);
            tier["when"] = new JsonArray();
            tier["totalCostMin"] = range.Least * 1_000_000;
            tier["totalCostMax"] = range.Most * 1_000_000;
        }
    }

    private static JsonArray Exception(string funder, int target, string place = "46720")
        => [new JsonObject { ["municipality"] = place, ["shares"] = new JsonArray(new JsonObject { ["funder"] = funder, ["targetBp"] = target }) }];

    private static JsonObject Way(JsonObject json, string source, string port) => json["root"]!["connections"]!.AsArray()
        .Select(way => way!.AsObject()).First(way => (string?)way["source"]!["activity"] == source && (string?)way["source"]!["port"] == port);

    private static void Disconnect(JsonObject json, string source, string port) => json["root"]!["connections"]!.AsArray().Remove(Way(json, source, port));

    private static void Insert(JsonObject json, string step, string after, string port)
    {
        var added = JsonNode.Parse(step)!.AsObject();
        json["root"]!["activities"]!.AsArray().Add(added);
        var way = Way(json, after, port);
        var next = way["target"]!["activity"]!.DeepClone();
        way["target"]!["activity"] = added["id"]!.DeepClone();
        json["root"]!["connections"]!.AsArray().Add(new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = added["id"]!.DeepClone(), ["port"] = "Done" },
            ["target"] = new JsonObject { ["activity"] = next, ["port"] = "In" },
        });
    }

    // All ways from the given steps meet in a join that waits for all of them.
    private static void Join(JsonObject json, string before, params string[] sources)
    {
        json["root"]!["activities"]!.AsArray().Add(JsonNode.Parse("""{ "id": "join", "type": "Elsa.FlowJoin", "version": 1, "mode": { "typeName": "Elsa.Workflows.Activities.Flowchart.Models.FlowJoinMode, Elsa.Workflows.Core", "expression": { "type": "Literal", "value": "WaitAll" } } }"""));
        foreach (var source in sources)
        {
            Way(json, source, "Done")["target"]!["activity"] = "join";
        }

        json["root"]!["connections"]!.AsArray().Add(new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = "join", ["port"] = "Done" },
            ["target"] = new JsonObject { ["activity"] = before, ["port"] = "In" },
        });
    }

    private static void Bypass(JsonObject json, string step) => Become(json, design => design.RemoveStep(step));

    private static void Move(JsonObject json, string step, string after) => Become(json, design => design.MoveStep(step, after, after == "evaluation" ? "Selected" : "Paid"));

    private static void Become(JsonObject json, Func<Design, Design> edit)
    {
        var after = JsonNode.Parse(edit(Design.Of(WorkflowDefinition.Parse(json.ToJsonString()).Required)).ToJson())!.AsObject();
        json["root"] = after["root"]!.DeepClone();
    }
}
