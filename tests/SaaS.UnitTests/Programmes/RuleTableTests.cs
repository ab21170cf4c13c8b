using SaaS.Domain.Firms;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Values;
using Xunit;

namespace SaaS.UnitTests.Programmes;

public sealed class RuleTableTests
{
    private const string Firm = """{ "totalCost": 100000000, "equipment": ["Robot", "Sensor"], "solution": "MES", "firm": { "employees": 302, "revenue": 150000000001, "ksic": "C10", "level": 2, "banned": false, "taxArrears": null } }""";

    [Theory]
    [InlineData("""{ "field": "firm.ksic", "operator": "in", "value": ["C10", "C11"] }""", Answer.Yes)]
    [InlineData("""{ "field": "firm.ksic", "operator": "in", "value": ["C28"] }""", Answer.No)]
    [InlineData("""{ "field": "firm.ksic", "operator": "notIn", "value": ["C28"] }""", Answer.Yes)]
    [InlineData("""{ "field": "solution", "operator": "eq", "value": "MES" }""", Answer.Yes)]
    [InlineData("""{ "field": "solution", "operator": "ne", "value": "MES" }""", Answer.No)]
    [InlineData("""{ "field": "firm.level", "operator": "lt", "value": 2 }""", Answer.No)]
    [InlineData("""{ "field": "firm.level", "operator": "le", "value": 2 }""", Answer.Yes)]
    [InlineData("""{ "field": "firm.level", "operator": "gt", "value": 2 }""", Answer.No)]
    [InlineData("""{ "field": "firm.level", "operator": "ge", "value": 2 }""", Answer.Yes)]
    [InlineData("""{ "field": "equipment", "operator": "contains", "value": "Robot" }""", Answer.Yes)]
    [InlineData("""{ "field": "equipment", "operator": "contains", "value": "MetalDetector" }""", Answer.No)]
    [InlineData("""{ "field": "equipment", "operator": "contains", "value": ["MetalDetector", "Sensor"] }""", Answer.Yes)]
    [InlineData("""{ "field": "equipment", "operator": "notContains", "value": "MetalDetector" }""", Answer.Yes)]
    [InlineData("""{ "field": "equipment", "operator": "notContains", "value": ["MetalDetector", "Sensor"] }""", Answer.No)]
    [InlineData("""{ "field": "documents", "operator": "notContains", "value": "PLAN" }""", Answer.Indeterminate)]
    [InlineData("""{ "field": "firm", "operator": "sme", "value": "SEED-OR" }""", Answer.No)]
    [InlineData("""{ "field": "firm", "operator": "sme", "value": "ACT-2025-09" }""", Answer.Indeterminate)]
    [InlineData("""{ "field": "firm.taxArrears", "operator": "eq", "value": false }""", Answer.Indeterminate)]
    [InlineData("""{ "field": "supplier.id", "operator": "ne", "value": "" }""", Answer.Indeterminate)]
    public void Each_operator_answers_yes_no_or_that_a_fact_is_missing(string condition, Answer expected)
        => Assert.Equal(expected, Table(condition).Evaluate(Value.Parse(Firm)).Answer);

    [Fact]
    public void A_firm_that_is_two_people_too_large_is_told_so()
    {
        var reason = Assert.Single(Table("""{ "field": "firm", "operator": "sme", "value": "SEED-OR" }""").Evaluate(Value.Parse(Firm)).Reasons);

        Assert.StartsWith("2 employees fewer would pass", reason.NearestEn, StringComparison.Ordinal);
        Assert.StartsWith("상시근로자를 2명 줄이면 됩니다", reason.NearestKo, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_over_its_limit_names_the_nearest_change_that_would_pass()
    {
        var reason = Assert.Single(Table("""{ "field": "firm.employees", "operator": "le", "value": 300 }""").Evaluate(Value.Parse(Firm)).Reasons);

        Assert.Equal("2 employees fewer, 300 or less, would pass.", reason.NearestEn);
        Assert.Equal("2명 줄여 300명 이하이면 됩니다.", reason.NearestKo);
        Assert.Equal("firm.employees", reason.Field);
        Assert.Equal("the announcement", reason.Source);
    }

    [Fact]
    public void Every_broken_rule_is_named_not_only_the_first()
        => Assert.Equal(
            ["R0", "R1"],
            Table("""{ "field": "firm.ksic", "operator": "in", "value": ["C28"] }""", """{ "field": "firm.level", "operator": "lt", "value": 1 }""")
                .Evaluate(Value.Parse(Firm)).Reasons.Select(reason => reason.Code));

    [Fact]
    public void A_refusal_stands_even_when_another_fact_is_missing()
    {
        var answer = Table("""{ "field": "firm.ksic", "operator": "in", "value": ["C28"] }""", """{ "field": "firm.taxArrears", "operator": "eq", "value": false }""")
            .Evaluate(Value.Parse(Firm));

        Assert.Equal(Answer.No, answer.Answer);
        Assert.Equal(["R0"], answer.Reasons.Select(reason => reason.Code));
    }

    [Theory]
    [InlineData("C10", 9, Answer.Yes)]
    [InlineData("C10", 2, Answer.Yes)]
    [InlineData("C28", 3, Answer.Yes)]
    [InlineData("C28", 2, Answer.No)]
    [InlineData(null, 3, Answer.Yes)]
    [InlineData(null, 2, Answer.Indeterminate)]
    [InlineData("C28", null, Answer.Indeterminate)]
    public void Of_alternatives_one_is_enough_and_a_missing_fact_may_be_the_one(string? ksic, int? level, Answer expected)
    {
        var table = Table("""{ "operator": "anyOf", "value": [{"field": "firm.ksic", "operator": "eq", "value": "C10"}, {"field": "firm.level", "operator": "ge", "value": 3}] }""");

        var answer = table.Evaluate(Value.Object(("firm", Value.Object(("ksic", ksic is null ? Value.Null : ksic), ("level", level is { } known ? known : Value.Null)))));

        Assert.Equal(expected, answer.Answer);
        Assert.Equal(expected == Answer.Yes ? [] : ["R0"], answer.Reasons.Select(reason => reason.Code));
        if (expected == Answer.Indeterminate)
        {
            Assert.Equal(ksic is null ? "firm.ksic" : "firm.level", answer.Reasons[0].Field);
        }
    }

    [Theory]
    [InlineData("le", 100_000_000, Answer.Yes)]
    [InlineData("le", 99_999_999, Answer.No)]
    [InlineData("lt", 100_000_000, Answer.No)]
    [InlineData("ge", 100_000_000, Answer.Yes)]
    [InlineData("gt", 99_999_999, Answer.Yes)]
    [InlineData("le", null, Answer.Indeterminate)]
    public void A_fact_may_be_held_against_another_fact(string name, int? part, Answer expected)
    {
        var table = Table($$$"""{ "field": "totalCost", "operator": "{{{name}}}", "value": {"fact": "award.firmShare"} }""");

        var answer = table.Evaluate(Value.Object(("totalCost", 100_000_000), ("award", Value.Object(("firmShare", part is { } known ? known : Value.Null)))));

        Assert.Equal(expected, answer.Answer);
        if (expected == Answer.No && name == "le")
        {
            Assert.Equal("1 won less, 99,999,999 won or less, would pass.".Replace(" won", "", StringComparison.Ordinal), answer.Reasons[0].NearestEn!.Replace(" won", "", StringComparison.Ordinal));
            Assert.Equal("총사업비가 추가 지원을 받을 과제의 기업부담금 이하", table.Rules[0].Condition.InWords().Ko);
        }
    }

    [Fact]
    public void Alternatives_are_read_back_with_or_and_tell_the_nearest_change()
    {
        var table = Table("""{ "operator": "anyOf", "value": [{"field": "firm.ksic", "operator": "eq", "value": "C28"}, {"field": "firm.level", "operator": "ge", "value": 3}] }""");

        Assert.Equal("sector (KSIC) is C28 Electrical equipment, or present smart level at least 3 (Middle 1)", table.Rules[0].Condition.InWords().En);
        Assert.Equal("업종(KSIC) = C28 전기장비 제조업 또는 현재 스마트 수준 3(중간1) 이상", table.Rules[0].Condition.InWords().Ko);
        Assert.Equal("1 more, 3 or more, would pass.", Assert.Single(table.Evaluate(Value.Parse(Firm)).Reasons).NearestEn);
    }

    [Theory]
    [InlineData("""{ "operator": "anyOf", "value": [] }""")]
    [InlineData("""{ "operator": "anyOf", "value": "firm.level" }""")]
    [InlineData("""{ "operator": "anyOf", "value": [{"field": "firm.level", "operator": "ge", "value": 3}] }""")]
    [InlineData("""{ "operator": "anyOf", "value": [{"field": "firm.level", "operator": "ge", "value": 3}, {"field": "firm.level", "operator": "like", "value": 3}] }""")]
    [InlineData("""{ "operator": "anyOf", "value": [{"field": "firm.level", "operator": "ge", "value": 3}, {"operator": "anyOf", "value": []}] }""")]
    [InlineData("""{ "operator": "eq", "value": 1 }""")]
    [InlineData("""{ "field": "firm.level", "operator": "like", "value": 1 }""")]
    [InlineData("""{ "field": "firm.level", "operator": "le", "value": "two" }""")]
    [InlineData("""{ "field": "firm.ksic", "operator": "in", "value": "C10" }""")]
    [InlineData("""{ "field": "totalCost", "operator": "le", "value": {"fact": ""} }""")]
    [InlineData("""{ "field": "firm", "operator": "sme", "value": "ACT-1900" }""")]
    public void A_row_that_cannot_be_read_is_refused_in_both_languages(string condition)
    {
        var refused = Assert.Throws<PreparationException>(() => Table(condition));

        Assert.Equal("rules", refused.Input);
        Assert.NotEqual(refused.Ko, refused.Message);
    }

    [Fact]
    public void The_first_tier_that_fits_is_chosen()
    {
        var tiers = TierTable.Read(Value.Parse("""[{ "tier": "SMALL", "when": [], "totalCostMax": 100000000 }, { "tier": "LARGE", "when": [], "totalCostMax": 400000000 }]"""));

        Assert.Equal("SMALL", tiers.Choose(Cost(100_000_000)).Tier?.Code);
        Assert.Equal("LARGE", tiers.Choose(Cost(100_000_001)).Tier?.Code);
        var (none, reasons) = tiers.Choose(Value.Object(("totalCost", 400_000_001), ("requestedTier", "LARGE")));
        Assert.Null(none);
        Assert.Equal("total cost ≤ 400,000,000 won", Assert.Single(reasons).NearestEn);
    }

    [Theory]
    [InlineData("""[{ "tier": "A", "when": [] }, { "tier": "A", "when": [] }]""")]
    [InlineData("""[{ "tier": "None", "when": [] }]""")]
    [InlineData("[]")]
    public void Tiers_need_codes_of_their_own(string rows)
        => Assert.Throws<PreparationException>(() => TierTable.Read(Value.Parse(rows)));

    private static Value Cost(long won) => Value.Object(("totalCost", won));

    private static RuleTable Table(params string[] conditions) => RuleTable.Read(Value.Parse($"[{string.Join(",", conditions.Select(Row))}]"));

    private static string Row(string condition, int index)
        => condition.Replace("{ ", $$"""{ "code": "R{{index}}", "ko": "규칙 {{index}}", "en": "Rule {{index}}", "source": "the announcement", """, StringComparison.Ordinal);
}
