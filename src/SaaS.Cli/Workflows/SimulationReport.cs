using System.Globalization;
using System.Text;
using SaaS.Workflows.Values;

namespace SaaS.Cli.Workflows;

/// <summary>The sums of a simulation for people.</summary>
internal static class SimulationReport
{
    private static readonly (string Title, string Key)[] Counts =
    [
        ("판정 / verdicts", "verdicts"), ("유형 / tiers", "tiers"), ("사유 / reasons", "reasons"), ("결과 / results", "results"), ("재원별 원 / won by funder", "won"),
    ];

    public static string Of(Value result)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"기업 / firms: {result["firms"].Number:N0}, 통과 / passed: {result["passed"].Number:N0}, 지원 / supported: {result["supported"].Number:N0}");
        foreach (var (title, key) in Counts)
        {
            text.AppendLine(title);
            foreach (var (name, count) in result[key].Members!.Members)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {name}: {count.Number:N0}");
            }
        }

        AppendWon(text, "유형별 원 / won by tier", result["tierWon"]);
        AppendWon(text, "시군별 원 / won by municipality", result["municipalities"]);
        text.AppendLine("경계 기업(가까운 순) / marginal firms, nearest first");
        foreach (var firm in result["marginal"].Items)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {firm["id"].Text} ({firm["line"].Number:0}): {firm["reason"].Text}, {firm["distance"].Number:P2}: {firm["nearestKo"].Text} / {firm["nearestEn"].Text}");
        }

        return text.ToString().TrimEnd();
    }

    private static void AppendWon(StringBuilder text, string title, Value rows)
    {
        text.AppendLine(title);
        foreach (var (name, won) in rows.Members!.Members)
        {
            var parts = won.Members!.Members.ToArray().Where(each => each.Key != "firms").Select(each => $"{each.Key} {each.Value.Number.ToString("N0", CultureInfo.InvariantCulture)}");
            text.AppendLine(CultureInfo.InvariantCulture, $"  {name} ({won["firms"].Number:N0}): {string.Join(", ", parts)}");
        }
    }
}
