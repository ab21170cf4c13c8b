using SaaS.Domain.Money;

namespace SaaS.Workflows.Checking;

/// <summary>What must hold of a guard rail itself: every mistake at once.</summary>
public static class GuardRailRules
{
    public const int FirstYear = 2014;
    public const int LastYear = 2100;
    public const int LongestSource = 300;

    /// <returns>Pointers are relative to the rail: <c>/limits/shares/National/maxBp</c>.</returns>
    public static IEnumerable<Problem> Check(GuardRail rail)
    {
        if (!GuardRails.Models.Contains(rail.Model))
        {
            yield return Wrong("model-unknown", "/model", $"사업 모델은 {string.Join(", ", GuardRails.Models)} 중 하나여야 합니다.", $"The model is one of {string.Join(", ", GuardRails.Models)}.");
        }

        if (rail.FromYear is < FirstYear or > LastYear)
        {
            yield return Wrong("year-outside", "/fromYear", $"사업 연도는 {FirstYear}년에서 {LastYear}년 사이여야 합니다.", $"The programme year lies between {FirstYear} and {LastYear}.");
        }

        if (string.IsNullOrWhiteSpace(rail.Source) || rail.Source.Length > LongestSource)
        {
            yield return Wrong("source-missing", "/source", $"근거(지침, 공고, 법령)를 {LongestSource}자 안으로 적어 주세요.", $"Name the guideline, announcement or law that it rests on, in at most {LongestSource} characters.");
        }

        var limits = rail.Limits;
        foreach (var (funder, range) in limits.Shares)
        {
            if (range.MinBp is < 0 or > 10_000 || range.MaxBp is < 0 or > 10_000)
            {
                yield return Wrong("percent-outside", $"/limits/shares/{funder}/maxBp", $"{FunderNames.Ko(funder)}의 비율은 0 %에서 100 % 사이여야 합니다.", $"The percentages of the {FunderNames.En(funder)} lie between 0 and 100.");
            }
            else if (range.MinBp > range.MaxBp)
            {
                yield return Wrong("range-empty", $"/limits/shares/{funder}/minBp", $"{FunderNames.Ko(funder)}의 최소 비율이 최대 비율보다 큽니다.", $"The least of the {FunderNames.En(funder)} is more than its most.");
            }
        }

        if (limits.Shares.Values.Sum(range => Math.Clamp(range.MinBp, 0, 10_000)) > 10_000)
        {
            yield return Wrong("minimums-above-whole", "/limits/shares", "최소 비율을 모두 더하면 100 %가 넘어 어떤 사업도 지킬 수 없습니다.", "The least of all funders add up to more than 100 %: no programme could keep that.");
        }

        if (limits.PublicMaxBp is < 0 or > 10_000)
        {
            yield return Wrong("percent-outside", "/limits/publicMaxBp", "공공 분담 합계는 0 %에서 100 % 사이여야 합니다.", "What public funders carry together lies between 0 and 100 %.");
        }

        foreach (var (name, amount) in new[] { ("totalCostMax", limits.TotalCostMax), ("nationalMax", limits.NationalMax), ("roundingUnitMax", limits.RoundingUnitMax) })
        {
            if (amount is < 1 || amount >= CostSharing.CostLimit.Amount)
            {
                yield return Wrong("amount-outside", $"/limits/{name}", "금액은 1원 이상, 1,000조 원 미만이어야 합니다.", "The amount is at least 1 won and below 1,000 trillion won.");
            }
        }

        if (limits.CallDaysMin is < 1 or > 365)
        {
            yield return Wrong("days-outside", "/limits/callDaysMin", "접수 기간은 1일에서 365일 사이여야 합니다.", "A call lasts between 1 and 365 days.");
        }
    }

    private static Problem Wrong(string code, string pointer, string ko, string en) => new(code, pointer, null, Severity.Error, ko, en);
}
