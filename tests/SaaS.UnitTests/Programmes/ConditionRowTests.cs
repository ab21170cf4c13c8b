using System.Text.Json.Nodes;
using SaaS.Domain.Codes;
using SaaS.Workflows;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Designing;
using SaaS.Workflows.Programmes;
using Xunit;

namespace SaaS.UnitTests.Programmes;

/// <summary>A condition while an official clicks it together.</summary>
public sealed class ConditionRowTests
{
    [Fact]
    public void Another_fact_brings_a_comparison_and_a_value_that_fit_it()
    {
        foreach (var field in FactNames.All)
        {
            var row = ConditionRow.New();

            ConditionRow.SetField(row, field);

            // A list and a limit say nothing until something is chosen.
            var isOpen = row["value"] is null or JsonArray;
            Assert.Equal(FactNames.KindOf(field) is FactKind.Number or FactKind.Code or FactKind.List, isOpen);
            Assert.True(RuleRow.Read(row.ToJsonString()) is null == isOpen, $"{field}: {row.ToJsonString()}");
            if (row["value"] is JsonArray list)
            {
                list.Add(FactNames.ChoicesOf(field).Select(choice => choice.Code).FirstOrDefault("X"));
            }
            else if (isOpen)
            {
                row["value"] = 3;
            }

            Assert.NotNull(RuleRow.Read(row.ToJsonString()));

            Assert.Equal(ConditionRow.OperatorsOf(field)[0], (string?)row["operator"]);
        }
    }

    [Theory]
    [InlineData("firm.ksic", """["C10", "C11"]""", "eq", "\"C10\"")]
    [InlineData("firm.ksic", """["C10", "C11"]""", "notIn", """["C10","C11"]""")]
    [InlineData("firm.ksic", "\"C10\"", "in", """["C10"]""")]
    [InlineData("firm.ksic", "[]", "eq", "\"\"")]
    [InlineData("leadFirm.tenant", "\"\"", "in", "[]")]
    [InlineData("leadFirm.tenant", """["lg"]""", "ne", "\"\"")]
    [InlineData("equipment", """["Robot"]""", "notContains", """["Robot"]""")]
    public void Another_comparison_keeps_what_it_can_of_the_value(string field, string value, string name, string expected)
    {
        var row = new JsonObject { ["field"] = field, ["operator"] = "in", ["value"] = JsonNode.Parse(value) };

        ConditionRow.SetOperator(row, name);

        Assert.Equal(expected, row["value"]!.ToJsonString());
    }

    [Fact]
    public void Whoever_asks_for_earlier_awards_is_told_in_both_languages_what_counts()
    {
        var told = FactNames.All.Where(field => FactNames.NoteOf(field) is not null).ToList();

        Assert.Equal(
            ["firm.awards", "firm.yearsWithoutAward", "firm.yearsWithoutSameAward", "firm.tiersThisYear", "firm.granted", "firm.grantedInTier.National",
             "firm.grantedInTier.Province", "firm.grantedInTier.Municipality", "firm.grantedInTier.LeadFirm", "award.model", "award.tier", "award.nationalGrant", "award.firmShare"],
            told);
        Assert.Contains("신청하는 해에 같은 공장으로", FactNames.NoteOf("award.nationalGrant")!.Value.Ko, StringComparison.Ordinal);
        Assert.All(told, field => Assert.NotEmpty(FactNames.NoteOf(field)!.Value.En));
    }

    [Fact]
    public void A_new_condition_refuses_nobody_and_stays_a_finding_until_it_is_written()
    {
        var row = ConditionRow.New();
        AssertUnfinished(row, "어떤 항목을 볼지", "choose what it looks at");

        ConditionRow.SetField(row, "firm.ksic");
        ConditionRow.SetOperator(row, "eq");
        AssertUnfinished(row, "‘업종(KSIC)’의 값을", "choose at least one value for the sector (KSIC)");

        ConditionRow.SetField(row, "firm.employees");
        AssertUnfinished(row, "‘상시근로자 수’의 값을", "choose at least one value for the number of staff");

        row["value"] = 300;
        Assert.Equal("상시근로자 수 300명 이하", RuleRow.Read(row.ToJsonString())!.InWords().Ko);

        static void AssertUnfinished(JsonObject row, string ko, string en)
        {
            Assert.Null(RuleRow.Read(row.ToJsonString()));
            var design = Design.Of(ShippedProgrammes.Definition("workflows/local-basic.json"));
            var rule = row.DeepClone().AsObject();
            rule["code"] = "RULE-1";
            var found = DefinitionChecker.Check(design.SetInput("check", "rules", new JsonArray(rule)).Definition, CheckContext.Standard).Where(problem => problem.Ko.Contains("RULE-1", StringComparison.Ordinal)).ToList();
            Assert.Equal(Severity.Error, Assert.Single(found).Severity);
            Assert.Contains(ko, found[0].Ko, StringComparison.Ordinal);
            Assert.Contains(en, found[0].En, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_alternative_can_be_added_and_taken_out_again_without_a_trace()
    {
        var row = JsonNode.Parse("""{ "code": "REGION", "field": "facility.region", "operator": "in", "value": ["46"], "ko": "전남", "en": "Jeonnam" }""")!.AsObject();
        var before = row.DeepClone();

        ConditionRow.AddAlternative(row);
        ConditionRow.AddAlternative(row);

        Assert.Equal(["facility.region", "", ""], ConditionRow.AlternativesOf(row).Select(alternative => (string?)alternative["field"]));
        Assert.Null(RuleRow.Read(row.ToJsonString()));
        foreach (var alternative in ConditionRow.AlternativesOf(row).Skip(1))
        {
            ConditionRow.SetField(alternative, "firm.taxArrears");
        }

        Assert.Equal(3, RuleRow.Read(row.ToJsonString())!.Alternatives.Count);
        ConditionRow.RemoveAlternative(row, 2);
        ConditionRow.RemoveAlternative(row, 1);
        Assert.True(JsonNode.DeepEquals(before, row), row.ToJsonString());
    }

    [Fact]
    public void A_number_may_be_held_against_another_fact_and_against_a_number_again()
    {
        var row = ConditionRow.New();
        ConditionRow.SetField(row, "totalCost");
        Assert.True(ConditionRow.MayCompareFacts(row));

        ConditionRow.CompareFacts(row);

        Assert.False(ConditionRow.MayCompareFacts(row));
        Assert.NotNull(RuleRow.Read(row.ToJsonString())!.OtherFact);
        Assert.Null(RuleRow.Boundary(RuleRow.Read(row.ToJsonString())!));
        ConditionRow.SetField(row, "firm.ksic");
        Assert.False(ConditionRow.MayCompareFacts(row));
    }

    [Theory]
    [InlineData("facility.region", """["43"]""", "충청북도에 있는 공장이어야 합니다.", "The facility must be in Chungbuk (North Chungcheong).")]
    [InlineData("firm.ksic", """["C10"]""", "다음 업종이어야 합니다: C10 식료품 제조업.", "The firm must be in one of these sectors: C10 Food products.")]
    [InlineData("firm.tiersThisYear", """["ADV1"]""", "올해 선정된 유형에 고도화1이 있으면 신청할 수 없습니다.", "The tiers awarded this year must not include Advanced 1.")]
    public void Whoever_is_refused_reads_what_the_rule_asks_now(string field, string value, string ko, string en)
    {
        var name = FactNames.KindOf(field) == FactKind.List ? "notContains" : "in";
        var row = new JsonObject { ["field"] = field, ["operator"] = name, ["value"] = JsonNode.Parse(value) };

        Assert.Equal(new Words(ko, en), RuleRow.Sentence(RuleRow.Read(row.ToJsonString())!));
    }

    [Theory]
    [InlineData("""{ "field": "firm.employees", "operator": "le", "value": 300 }""", "상시근로자 수가 300명 이하여야 합니다.")]
    [InlineData("""{ "field": "firm.level", "operator": "ge", "value": 3 }""", "현재 스마트 수준이 3(중간1) 이상이어야 합니다.")]
    [InlineData("""{ "field": "totalCost", "operator": "le", "value": { "fact": "award.firmShare" } }""", "총사업비가 추가 지원을 받을 과제의 기업부담금 이하여야 합니다.")]
    [InlineData("""{ "field": "firm.taxArrears", "operator": "eq", "value": false }""", "국세·지방세를 체납한 기업은 신청할 수 없습니다.")]
    [InlineData("""{ "field": "supplier.id", "operator": "ne", "value": "" }""", "공급기업과 함께 신청해야 합니다.")]
    [InlineData("""{ "field": "equipment", "operator": "contains", "value": ["AI", "Robot"] }""", "도입 장비에 인공지능(AI), 로봇 가운데 하나 이상이 있어야 합니다.")]
    [InlineData("""{ "operator": "anyOf", "value": [{ "field": "facility.region", "operator": "in", "value": ["43"] }, { "field": "facility.municipality", "operator": "in", "value": ["47190"] }] }""", "다음 지역에 있는 공장이어야 합니다: 충청북도, 구미시.")]
    public void A_rule_that_is_clicked_together_says_itself_as_an_official_would_write_it(string row, string ko)
        => Assert.Equal(ko, RuleRow.Sentence(RuleRow.Read(row)!).Ko);

    [Fact]
    public void A_document_is_told_by_its_name_and_not_by_its_code()
    {
        var rule = RuleRow.Read("""{ "field": "documents", "operator": "contains", "value": ["SAFETY-CONSULTING"] }""")!;

        var words = RuleRow.Sentence(rule, (field, code) => (field, code) == ("documents", "SAFETY-CONSULTING") ? new("안전 컨설팅 확인서", "Safety consulting certificate") : null);

        Assert.Equal(new Words("제출 서류에 안전 컨설팅 확인서이(가) 있어야 합니다.", "The documents must include Safety consulting certificate."), words);
    }

    [Fact]
    public void All_sectors_together_are_read_as_manufacturing()
    {
        var row = new JsonObject { ["field"] = "firm.ksic", ["operator"] = "in", ["value"] = new JsonArray([.. SectorCodes.Read("C10~C34").Select(code => (JsonNode)code)]) };

        Assert.Equal("업종(KSIC): 제조업 전체(C10~C34) 중 하나", RuleRow.Read(row.ToJsonString())!.InWords().Ko);
    }

    [Theory]
    [InlineData("C10, c11", "C10 C11")]
    [InlineData("C10 ~ C12, C12/C34", "C10 C11 C12 C34")]
    [InlineData("C33-C34", "C33 C34")]
    [InlineData("C34–C33, 식품", "C34~C33 식품")]
    [InlineData("", "")]
    public void Sectors_may_be_written_as_a_range(string written, string codes) => Assert.Equal(codes, string.Join(' ', SectorCodes.Read(written)));

    [Fact]
    public void A_rule_without_any_value_is_an_error_that_says_so()
    {
        var design = Design.Of(ShippedProgrammes.Definition("workflows/local-basic.json"));

        var problems = DefinitionChecker.Check(
            design.SetInput("check", "rules", JsonNode.Parse("""[{ "code": "SECTOR", "field": "firm.ksic", "operator": "in", "value": [], "ko": "업종", "en": "Sector" }]""")).Definition, CheckContext.Standard);

        Assert.Contains(problems, problem => problem.Ko.Contains("1번째 규칙(SECTOR): ‘업종(KSIC)’의 값을 하나 이상 정해 주세요.", StringComparison.Ordinal));
    }

    [Fact]
    public void Documents_that_are_usually_asked_are_added_beside_one_s_own_and_a_score_sheet_takes_the_place_of_the_old_one()
    {
        var own = JsonNode.Parse("""[{ "code": "APPLICATION", "ko": "우리 신청서", "en": "Our form", "required": true }]""")!.AsArray();
        var documents = UsualRows.Of("documents").First(set => set.Rows.Count == 13);

        var together = documents.Onto(own);

        Assert.Equal(13, together.Count);
        Assert.Equal("우리 신청서", (string?)together[0]!["ko"]);
        var sheets = UsualRows.Of("criteria");
        Assert.All(sheets, sheet => Assert.Equal(100, sheet.Rows.Sum(row => (int)row!["weight"]!)));
        Assert.Contains(sheets, sheet => sheet.Rows.Any(row => (string?)row!["ko"] == "지역산업 연계성"));
        Assert.Equal(sheets[0].Rows.Count, sheets[0].Onto(own).Count);
    }

    [Fact]
    public void A_funder_of_a_single_place_is_asked_for_its_share_too()
    {
        var design = Design.Of(ShippedProgrammes.Definition("workflows/local-basic.json"));
        var share = design.Definition.Root.Flowchart.Activities.Single(step => step.Type == "Grant.ShareCost").Id;
        Assert.DoesNotContain(design.Definition.Root.Flowchart.Activities, step => step.Id == "commitLeadFirm");

        var next = design
            .SetInput(share, "overrides", JsonNode.Parse("""[{ "municipality": "46720", "shares": [{ "funder": "LeadFirm", "targetBp": 1000 }, { "funder": "Firm", "minBp": 3000, "targetBp": 3000, "maxBp": 3000 }] }]"""))
            .ArrangeFunding();

        Assert.Contains(next.Definition.Root.Flowchart.Activities, step => step.Id == "commitLeadFirm");
        Assert.DoesNotContain(next.SetInput(share, "overrides", null).ArrangeFunding().Definition.Root.Flowchart.Activities, step => step.Id == "commitLeadFirm");
    }
}
