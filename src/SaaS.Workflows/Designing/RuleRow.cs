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
    public static Words Sentence(Condition condition)
    {
        var (ko, en) = ListOf(condition);
        return (condition.Operator, condition.Field) switch
        {
            ("in", "facility.region" or "facility.municipality") => new($"{ko}에 있는 공장이어야 합니다.", $"The facility must be in {en}."),
            ("in", "firm.ksic") => new($"다음 업종이어야 합니다: {ko}.", $"The firm must be in one of these sectors: {en}."),
            ("sme", _) when condition.Value.Text == SmeRule.SeedOr => new(
                "상시근로자 300명 이하 또는 매출액 1,500억 원 이하인 중소기업이어야 합니다.",
                "The firm must be an SME: no more than 300 employees, or revenue not exceeding 150 billion won."),
            _ => Plainly(condition.InWords()),
        };
    }

    // The rule's own words end in a noun in Korean, and are no sentence in English.
    private static Words Plainly(Words words) => new($"다음 조건을 충족해야 합니다: {words.Ko}.", $"The firm must meet this condition: {words.En}.");

    private static Words ListOf(Condition condition)
    {
        var items = new List<Words>();
        foreach (var item in condition.Value.Items)
        {
            items.Add(FactNames.ValueOf(condition.Field, item));
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
