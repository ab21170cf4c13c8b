using SaaS.Domain.Firms;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Designing;

/// <summary>A row of a rule table while somebody writes it.</summary>
public static class RuleRow
{
    /// <summary>The condition that the row says; null while it says none that can be tested.</summary>
    /// <param name="json">The row as it stands in the definition.</param>
    public static Condition? Read(string json)
    {
        try
        {
            return Condition.Read(Value.Parse(json), "rules", default);
        }
        catch (PreparationException)
        {
            return null;
        }
    }

    /// <summary>What an applicant is told who does not meet the condition, until somebody writes it better.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="nameOf">What a code of a field is called in this programme, as its own tiers and documents; null where it does not know.</param>
    public static Words Sentence(Condition condition, Func<string, string, Words?>? nameOf = null)
    {
        var (ko, en) = ListOf(condition, nameOf);
        var field = FactNames.Of(condition.Field);
        var (limitKo, limitEn) = condition.LimitInWords();
        return (condition.Operator, condition.Field) switch
        {
            ("anyOf", _) when condition.Alternatives.All(IsPlace) => Places(condition.Alternatives),
            ("eq", "firm.taxArrears") when !condition.Value.IsTrue => new("국세·지방세를 체납한 기업은 신청할 수 없습니다.", "A firm in arrears with national or local taxes cannot apply."),
            ("eq", "firm.banned") when !condition.Value.IsTrue => new("참여제한 중인 기업은 신청할 수 없습니다.", "A firm under a ban on participation cannot apply."),
            ("eq", "supplier.registered") when condition.Value.IsTrue => new("등록된 공급기업과 함께 신청해야 합니다.", "A registered supplier must take part."),
            ("ne", "supplier.id") when condition.Value.Text is "" => new("공급기업과 함께 신청해야 합니다.", "A supplier must take part."),
            ("ne", "leadFirm.tenant") when condition.Value.Text is "" => new("주관기업의 추천을 받아 신청해야 합니다.", "A lead firm must have named the applicant."),
            ("le", _) => new($"{field.Ko}이(가) {limitKo} 이하여야 합니다.", $"The {field.En} must be at most {limitEn}."),
            ("lt", _) => new($"{field.Ko}이(가) {limitKo} 미만이어야 합니다.", $"The {field.En} must be below {limitEn}."),
            ("ge", _) => new($"{field.Ko}이(가) {limitKo} 이상이어야 합니다.", $"The {field.En} must be at least {limitEn}."),
            ("gt", _) => new($"{field.Ko}이(가) {limitKo}을(를) 넘어야 합니다.", $"The {field.En} must be above {limitEn}."),
            ("contains", _) when condition.Value.Items.Length > 1 => new($"{field.Ko}에 {ko} 가운데 하나 이상이 있어야 합니다.", $"The {field.En} must include at least one of {en}."),
            ("contains", _) when condition.Value.Items.Length == 1 => new($"{field.Ko}에 {ko}이(가) 있어야 합니다.", $"The {field.En} must include {en}."),
            ("notContains", _) when condition.Value.Items.Length > 0 => new($"{field.Ko}에 {ko}이(가) 있으면 신청할 수 없습니다.", $"The {field.En} must not include {en}."),
            ("in", "facility.region" or "facility.municipality") => new($"{ko}에 있는 공장이어야 합니다.", $"The facility must be in {en}."),
            ("in", "firm.ksic") => new($"다음 업종이어야 합니다: {ko}.", $"The firm must be in one of these sectors: {en}."),
            ("sme", _) when condition.Value.Text == SmeRule.SeedOr => new(
                "상시근로자 300명 이하 또는 매출액 1,500억 원 이하인 중소기업이어야 합니다.",
                "The firm must be an SME: no more than 300 employees, or revenue not exceeding 150 billion won."),
            _ => Plainly(condition.InWords(nameOf)),
        };
    }

    private static bool IsPlace(Condition condition) => condition is { Operator: "in", Field: "facility.region" or "facility.municipality" };

    private static Words Places(IEnumerable<Condition> alternatives)
    {
        var lists = alternatives.Select(condition => ListOf(condition)).ToList();
        return new(
            $"다음 지역에 있는 공장이어야 합니다: {string.Join(", ", lists.Select(list => list.Ko))}.",
            $"The facility must be in one of these places: {string.Join(", ", lists.Select(list => list.En))}.");
    }

    /// <summary>The reason code that rules on a fact usually have, as SECTOR; null where none is usual.</summary>
    public static string? UsualCode(string field) => field switch
    {
        "firm" => "SIZE",
        "firm.ksic" => "SECTOR",
        "facility.region" or "facility.municipality" => "REGION",
        "firm.taxArrears" => "TAX",
        "firm.banned" => "BANNED",
        "firm.level" => "LEVEL",
        "supplier.id" => "SUPPLIER",
        "supplier.registered" => "REGISTERED",
        "leadFirm.tenant" => "LEAD",
        "equipment" => "EQUIPMENT",
        "totalCost" => "COST",
        "firm.awards" or "firm.yearsWithoutAward" or "firm.yearsWithoutSameAward" or "firm.tiersThisYear" => "REPEAT",
        _ when field.StartsWith("award.", StringComparison.Ordinal) => "AWARD",
        _ => null,
    };

    // The rule's own words end in a noun in Korean, and are no sentence in English.
    private static Words Plainly(Words words) => new($"다음 조건을 충족해야 합니다: {words.Ko}.", $"The firm must meet this condition: {words.En}.");

    private static Words ListOf(Condition condition, Func<string, string, Words?>? nameOf = null)
    {
        var items = new List<Words>();
        foreach (var item in condition.Value.Items)
        {
            items.Add((item.Text is { } code ? nameOf?.Invoke(condition.Field, code) : null) ?? FactNames.ValueOf(condition.Field, item));
        }

        return items.Count > 0 && condition.IsAllOfManufacturing
            ? Condition.AllOfManufacturing
            : new(string.Join(", ", items.Select(item => item.Ko)), string.Join(", ", items.Select(item => item.En)));
    }

    /// <summary>The last whole number that passes and the first that does not; null where no number is compared.</summary>
    public static (long Passes, long Fails)? Boundary(Condition condition) => (condition.Operator, condition.Value.Whole) switch
    {
        ("le", { } limit) => (limit, limit + 1),
        ("lt", { } limit) => (limit - 1, limit),
        ("ge", { } limit) => (limit, limit - 1),
        ("gt", { } limit) => (limit + 1, limit),
        _ => null,
    };
}
