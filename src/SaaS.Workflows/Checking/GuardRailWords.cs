using System.Globalization;
using NodaTime.Text;
using SaaS.Domain.Money;

namespace SaaS.Workflows.Checking;

/// <summary>Guard rails in words.</summary>
public static class GuardRailWords
{
    private const string None = "–";

    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("yyyy-MM-dd");

    public static Words Model(string model) => model switch
    {
        "Standard" => new("표준형", "standard"),
        "WinWin" => new("대·중소 상생형", "win-win"),
        "LocalGovernment" => new("지자체형", "local government"),
        "TopUp" => new("국비 추가 지원형", "top-up"),
        _ => new(model, model),
    };

    /// <summary>Which tiers it is for.</summary>
    public static Words Scope(GuardRail rail)
    {
        var model = Model(rail.Model);
        return new(
            $"{model.Ko} · {(rail.NationalMoney ? "국비 있음" : "국비 없음")} · {rail.FromYear}년 사업부터",
            $"{model.En}, {(rail.NationalMoney ? "with" : "without")} central money, programmes from {rail.FromYear}");
    }

    /// <summary>Which it is, since when, and by what source: the end of every sentence that says that it is broken.</summary>
    public static Words Cite(GuardRail rail)
    {
        var scope = Scope(rail);
        return new(
            $"(국가 기준: {scope.Ko} · {Day.Format(rail.ValidFrom)} 시행 · 근거: {rail.Source})",
            $"(National guard rail: {scope.En}, in force since {Day.Format(rail.ValidFrom)}. Source: {rail.Source})");
    }

    /// <summary>Each figure that is not the same, as "before → after".</summary>
    public static IReadOnlyList<Words> Differences(GuardRailLimits before, GuardRailLimits after)
    {
        var lines = new List<Words>();
        foreach (var funder in Enum.GetValues<Funder>())
        {
            var (old, now) = (before.Of(funder), after.Of(funder));
            Add(FunderNames.Ko(funder) + " 최소", $"{FunderNames.En(funder)}, at least", Least(old), Least(now));
            Add(FunderNames.Ko(funder) + " 최대", $"{FunderNames.En(funder)}, at most", Most(old), Most(now));
        }

        Add("공공 분담 합계 최대", "public funders together, at most", Percent(before.PublicMaxBp), Percent(after.PublicMaxBp));
        Add("과제당 총사업비 최대", "total cost of a project, at most", Won(before.TotalCostMax), Won(after.TotalCostMax));
        Add("과제당 국비 최대", "central money in a project, at most", Won(before.NationalMax), Won(after.NationalMax));
        Add("절사 단위 최대", "rounding unit, at most", Won(before.RoundingUnitMax), Won(after.RoundingUnitMax));
        Add("접수 기간 최소", "length of a call, at least", Days(before.CallDaysMin), Days(after.CallDaysMin));
        return lines;

        void Add(string ko, string en, Words old, Words now)
        {
            if (old != now)
            {
                lines.Add(new($"{ko} {old.Ko} → {now.Ko}", $"{en}: {old.En} → {now.En}"));
            }
        }
    }

    private static Words Least(ShareRange range) => Percent(range.MinBp == 0 ? null : range.MinBp);

    private static Words Most(ShareRange range) => Percent(range.MaxBp == 10_000 ? null : range.MaxBp);

    private static Words Percent(int? basisPoints) => Plain(basisPoints is { } given ? $"{CostSharing.BasisPointsText(given)} %" : null);

    private static Words Won(long? amount) => amount is { } given ? new($"{new Won(given)}원", $"{new Won(given)} won") : Plain(null);

    private static Words Days(int? days) => days is { } given ? new($"{given}일", $"{given.ToString(CultureInfo.InvariantCulture)} days") : Plain(null);

    private static Words Plain(string? text) => new(text ?? None, text ?? None);
}
