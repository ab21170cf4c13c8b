using System.Text.Json.Nodes;
using SaaS.Workflows.Comparison;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Designing;
using Xunit;

namespace SaaS.UnitTests.Programmes;

/// <summary>What the one who approves a new version reads about it.</summary>
public sealed class DefinitionDifferencesTests
{
    private const string Food = "tenants/jeonnam/programmes/food-2025.json";

    [Fact]
    public void The_same_programme_differs_in_nothing_wherever_its_steps_stand_on_the_canvas()
        => Assert.Empty(Between(root =>
        {
            Step(root, "evaluation")["metadata"]!["designer"]!["position"]!["x"] = 17;
            Step(root, "evaluation")["nodeId"] = "another";
        }));

    [Fact]
    public void A_share_that_moves_from_the_province_to_the_firm_reads_as_two_percentages_and_is_worse_for_firms()
    {
        var differences = Between(root =>
        {
            Share(root, "shareBasic", "Province")["targetBp"] = 2_500;
            Share(root, "shareBasic", "Firm")["targetBp"] = 4_500;
        });

        Assert.Equal(
            ["사업비 분담(기초): 도비(시·도비) 30 % → 25 %", "사업비 분담(기초): 도입기업 40 % → 45 %"],
            differences.Select(difference => difference.Sentence.Ko));
        Assert.Equal("Share cost (Basic): SME 40 % → 45 %", differences[1].Sentence.En);
        Assert.All(differences, difference => Assert.True(difference.ConcernsMoneyOrRules));
        Assert.Equal([false, true], differences.Select(difference => difference.WorseForFirms));
    }

    [Theory]
    [InlineData(80_000_000, "유형 결정: 기초 총사업비 상한 100,000,000원 → 80,000,000원", true)]
    [InlineData(120_000_000, "유형 결정: 기초 총사업비 상한 100,000,000원 → 120,000,000원", false)]
    [InlineData(null, "유형 결정: 기초 총사업비 상한 100,000,000원 → 없음", false)]
    public void A_lower_ceiling_is_worse_for_firms_and_a_higher_one_or_none_is_not(int? ceiling, string sentence, bool worse)
    {
        var difference = Assert.Single(Between(root => Step(root, "tier")["tiers"]![0]!["totalCostMax"] = ceiling));

        Assert.Equal(sentence, difference.Sentence.Ko);
        Assert.Equal(worse, difference.WorseForFirms);
    }

    [Fact]
    public void A_tier_with_another_code_is_one_change_whatever_else_became_of_it()
    {
        var before = ShippedProgrammes.Definition(Food);
        var recoded = Design.Of(before).RecodeTier("ADV", "HIGH");

        var difference = Assert.Single(DefinitionDifferences.Between(before, recoded.Definition));
        Assert.Equal("유형 결정: 코드 ADV → HIGH", difference.Sentence.Ko);
        Assert.Equal("Choose tier: code ADV → HIGH", difference.Sentence.En);
        Assert.True(difference.ConcernsMoneyOrRules);

        // Another name does not make it another tier: it still leads to the same shares.
        var renamed = DefinitionDifferences.Between(before, recoded.NameTier("HIGH", new("심화", "Deep")).Definition);
        Assert.Equal("유형 결정: 코드 ADV → HIGH", renamed[0].Sentence.Ko);
        Assert.DoesNotContain(renamed, other => other.Sentence.Ko.Contains("추가", StringComparison.Ordinal) || other.Sentence.Ko.Contains("삭제", StringComparison.Ordinal));

        var replaced = Design.Of(before).AddTier("HIGH", new("심화", "Deep"), "BASIC").RemoveTier("ADV");
        Assert.Contains(DefinitionDifferences.Between(before, replaced.Definition), other => other.Sentence.Ko == "유형 결정: 심화 추가");
    }

    [Fact]
    public void A_changed_rule_is_told_in_the_words_of_the_announcement()
    {
        var difference = Assert.Single(Between(root => Step(root, "check")["rules"]![3]!["value"]!.AsArray().Add("C12")));

        Assert.Equal(
            "Check eligibility: rule 'The firm must make food (C10) or beverages (C11).' sector (KSIC) is one of C10 Food products, C11 Beverages → sector (KSIC) is one of C10 Food products, C11 Beverages, C12 Tobacco products",
            difference.Sentence.En);
        Assert.Equal("check", difference.ActivityId);
    }

    [Fact]
    public void A_new_step_between_two_others_is_one_difference_and_not_a_list_of_arrows()
    {
        var differences = Between(root =>
        {
            root["activities"]!.AsArray().Add(JsonNode.Parse(
                """
                { "id": "opinion", "type": "Grant.HumanTask", "version": 1, "titleKo": "센터 의견", "titleEn": "Centre's opinion",
                  "metadata": { "displayText": "센터 의견" }, "customProperties": { "displayTextEn": "Centre's opinion" } }
                """));
            var link = root["connections"]!.AsArray().Single(link => (string?)link!["source"]!["activity"] == "application" && (string?)link["source"]!["port"] == "Accepted")!;
            link["target"]!["activity"] = "opinion";
            root["connections"]!.AsArray().Add(JsonNode.Parse("""{ "source": { "activity": "opinion", "port": "Yes" }, "target": { "activity": "evaluation", "port": "In" } }"""));
        });

        Assert.Equal(["단계 추가: 센터 의견", "연결 삭제: 신청 단계 —접수→ 평가 단계"], differences.Select(difference => difference.Sentence.Ko));
        Assert.Equal([DifferenceKind.Added, DifferenceKind.Removed], differences.Select(difference => difference.Kind));
    }

    [Fact]
    public void Weights_documents_tranches_and_dates_are_told_by_their_names()
    {
        var differences = Between(root =>
        {
            Step(root, "evaluation")["criteria"]![0]!["weight"] = 25;
            Step(root, "evaluation")["criteria"]![1]!["weight"] = 15;
            Step(root, "evaluation")["passMark"] = 70;
            Step(root, "application")["documents"]!.AsArray().RemoveAt(7);
            Step(root, "tranche1")["percentBp"] = 5_000;
            Step(root, "agreement")["withinDays"] = 60;
        });

        Assert.Equal(
            [
                "신청 단계: HACCP 인증서(해당 시) 삭제",
                "평가 단계: 지역산업 연계성 배점 20 → 25",
                "평가 단계: 현황진단·필요성 배점 20 → 15",
                "평가 단계, 합격 점수: 60 → 70",
                "협약 체결, 기한(일): 30 → 60",
                "1차 지급, 비율(만분율): 4,000 → 5,000",
            ],
            differences.Select(difference => difference.Sentence.Ko));
        Assert.Equal([false, false, false, true, false, true], differences.Select(difference => difference.WorseForFirms));
    }

    [Fact]
    public void A_step_that_is_left_out_and_a_programme_that_is_renamed_are_told_too()
    {
        var after = JsonNode.Parse(ShippedProgrammes.Text(Food))!.AsObject();
        after["customProperties"]!["programme"]!["ko"] = "2026년 식품";
        after["root"]!["activities"]!.AsArray().RemoveAt(1);

        var differences = DefinitionDifferences.Between(ShippedProgrammes.Definition(Food), WorkflowDefinition.Parse(after.ToJsonString()).Required);

        Assert.Equal(["사업 이름: 2025년 지역특화형 스마트공장(식품) → 2026년 식품", "단계 삭제: 자격 심사"], differences.Select(difference => difference.Sentence.Ko));
    }

    [Fact]
    public void An_exception_is_told_by_its_place_and_worse_only_where_the_firm_bears_more()
    {
        var (busan, better) = (Exception("26", 3_000, 4_000), Exception("26", 4_000, 3_000));

        var added = Assert.Single(Between(root => Step(root, "shareBasic")["overrides"] = new JsonArray(busan.DeepClone())));
        var good = Assert.Single(Between(root => Step(root, "shareBasic")["overrides"] = new JsonArray(better.DeepClone())));
        var worse = Assert.Single(Between(root => Step(root, "shareBasic")["overrides"] = new JsonArray(Exception("26", 2_000, 5_000))));
        var changed = Between(root => Step(root, "shareBasic")["overrides"] = new JsonArray(busan.DeepClone()), root => Step(root, "shareBasic")["overrides"] = new JsonArray(better.DeepClone()));
        var removed = Assert.Single(Between(root => Step(root, "shareBasic")["overrides"] = new JsonArray(better.DeepClone()), _ => { }));

        Assert.Equal("사업비 분담(기초): 부산광역시 예외 추가(도비(시·도비) 30 %, 도입기업 40 %)", added.Sentence.Ko);
        Assert.Equal("Share cost (Basic): exception for Busan added (province 30 %, SME 40 %)", added.Sentence.En);
        Assert.Equal([false, false, true], [added.WorseForFirms, good.WorseForFirms, worse.WorseForFirms]);
        Assert.Equal(["사업비 분담(기초), 부산광역시: 도비(시·도비) 30 % → 40 %", "사업비 분담(기초), 부산광역시: 도입기업 40 % → 30 %"], changed.Select(difference => difference.Sentence.Ko));
        Assert.DoesNotContain(changed, difference => difference.WorseForFirms);
        Assert.True(removed.WorseForFirms);

        static JsonObject Exception(string region, int province, int firm) => new()
        {
            ["region"] = region,
            ["shares"] = new JsonArray(new JsonObject { ["funder"] = "Province", ["targetBp"] = province }, new JsonObject { ["funder"] = "Firm", ["targetBp"] = firm }),
        };
    }

    [Theory]
    [InlineData("cumulativeCap", 250_000_000, "Share cost (Advanced): central government, ceiling over all projects of the tier none → 250,000,000 won")]
    [InlineData("capPerYear", 300_000_000, "Share cost (Advanced): central government, ceiling of a year of the project none → 300,000,000 won")]
    public void A_new_ceiling_is_worse_for_firms(string member, int won, string sentence)
    {
        var difference = Assert.Single(Between(root => Share(root, "shareAdv", "National")[member] = won));

        Assert.Equal((sentence, true), (difference.Sentence.En, difference.WorseForFirms));
    }

    [Theory]
    [InlineData(5_000, 60_000_000, "50 %, at most 50,000,000 won → 50 %, at most 60,000,000 won", false)]
    [InlineData(5_000, 40_000_000, "50 %, at most 50,000,000 won → 50 %, at most 40,000,000 won", true)]
    [InlineData(4_000, 50_000_000, "50 %, at most 50,000,000 won → 40 %, at most 50,000,000 won", true)]
    [InlineData(5_000, null, "50 %, at most 50,000,000 won → 50 %", false)]
    public void A_grant_as_a_whole_reads_as_a_percentage_and_its_cap(int target, int? cap, string change, bool worse)
    {
        var difference = Assert.Single(Between(
            root => Step(root, "shareBasic")["grant"] = new JsonObject { ["targetBp"] = 5_000, ["cap"] = 50_000_000 },
            root => Step(root, "shareBasic")["grant"] = new JsonObject { ["targetBp"] = target, ["cap"] = cap }));

        Assert.Equal(("Share cost (Basic), Grant as a whole: " + change, worse), (difference.Sentence.En, difference.WorseForFirms));
    }

    private static IReadOnlyList<Difference> Between(Action<JsonObject> first, Action<JsonObject> second)
    {
        var (before, after) = (JsonNode.Parse(ShippedProgrammes.Text(Food))!.AsObject(), JsonNode.Parse(ShippedProgrammes.Text(Food))!.AsObject());
        first(before["root"]!.AsObject());
        second(after["root"]!.AsObject());
        return DefinitionDifferences.Between(WorkflowDefinition.Parse(before.ToJsonString()).Required, WorkflowDefinition.Parse(after.ToJsonString()).Required);
    }

    private static IReadOnlyList<Difference> Between(Action<JsonObject> change)
    {
        var after = JsonNode.Parse(ShippedProgrammes.Text(Food))!.AsObject();
        change(after["root"]!.AsObject());
        return DefinitionDifferences.Between(ShippedProgrammes.Definition(Food), WorkflowDefinition.Parse(after.ToJsonString()).Required);
    }

    private static JsonObject Step(JsonObject root, string id)
        => root["activities"]!.AsArray().Select(activity => activity!.AsObject()).Single(activity => (string?)activity["id"] == id);

    private static JsonObject Share(JsonObject root, string step, string funder)
        => Step(root, step)["shares"]!.AsArray().Select(row => row!.AsObject()).Single(row => (string?)row["funder"] == funder);
}
