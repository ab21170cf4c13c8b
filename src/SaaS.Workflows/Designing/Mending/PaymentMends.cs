using System.Globalization;
using System.Text.Json.Nodes;
using SaaS.Domain.Money;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Designing.Mending;

/// <summary>Tranches that are not the whole or not in order, and what a way pays by.</summary>
internal static class PaymentMends
{
    private const int UsualYears = 3;

    public static IEnumerable<Mend> For(Problem problem, Design design)
    {
        var step = problem.ActivityId!;
        return problem.Code switch
        {
            "outcome-tracking-missing" => [new(new($"성과조사 기간을 {UsualYears}년으로", $"Track outcomes for {UsualYears} years"), design.SetInput(step, "outcomeYears", UsualYears))],
            "tier-mismatch" => [new(new($"이 단계를 ‘{design.TierName(problem.About!).Ko}’ 유형의 분담으로", $"Make these the shares of the tier '{design.TierName(problem.About!).En}'"), design.SetInput(step, "tier", problem.About))],
            "tranches-total" => Total(design, step),
            "tranche-order" => Number(design, step),
            "yearly-cap-without-cap" => [.. OverYears(design, problem.About!)],
            _ => SpreadYears(design, step),
        };
    }

    private static IEnumerable<Mend> Total(Design design, string last)
    {
        foreach (var path in Paths(design, last))
        {
            var rest = 10_000 - path.Sum(step => design.Whole(step, "percentBp"));
            foreach (var step in path.Reverse().Where(step => design.Whole(step, "percentBp") + rest is > 0 and <= 10_000))
            {
                var target = design.Whole(step, "percentBp") + rest;
                yield return new(
                    new($"합계를 100 %로: {design.Whole(step, "tranche")}차 {Percent(target)} %", $"Make it 100 %: tranche {design.Whole(step, "tranche")} {Percent(target)} %"),
                    design.SetInput(step, "percentBp", target));
            }
        }
    }

    private static IEnumerable<Mend> Number(Design design, string step)
    {
        foreach (var path in Paths(design, step))
        {
            var next = design;
            for (var index = 0; index < path.Count; index++)
            {
                next = next.SetInput(path[index], "tranche", index + 1).SetInput(path[index], "last", index == path.Count - 1);
            }

            yield return new(new($"차수를 1차부터 {path.Count}차까지 차례로 매기기", $"Number the tranches from 1 to {path.Count} in their order"), next);
        }
    }

    private static IEnumerable<Mend> OverYears(Design design, string funder)
    {
        var ko = FunderNames.Ko(Enum.Parse<Funder>(funder));
        var en = FunderNames.En(Enum.Parse<Funder>(funder));
        yield return new(new($"{ko}의 연간 상한 없애기", $"Take the yearly cap of the {en} away"), Change(row => row.Remove("capPerYear")));
        yield return new(new($"{ko}의 전체 상한을 연간 상한과 같게", $"Make the cap of the {en} as large as the yearly one"), Change(row =>
        {
            row["cap"] = row["capPerYear"]?.DeepClone();
            row["overflowTo"] ??= "Firm";
        }));

        Design Change(Action<JsonObject> change) => design.Edit(chart =>
        {
            foreach (var row in chart.Steps.Select(step => step["shares"]).OfType<JsonArray>().SelectMany(rows => rows.OfType<JsonObject>()).Where(row => (string?)row["funder"] == funder && row.ContainsKey("capPerYear")))
            {
                change(row);
            }
        });
    }

    // Equal years: whoever pays as much in one year as in the other keeps any yearly ceiling that can be kept at all.
    private static IEnumerable<Mend> SpreadYears(Design design, string step)
    {
        foreach (var path in Paths(design, step))
        {
            // Where all is paid in one year, in as few as may do.
            var written = path.Select(each => Math.Max(1, design.Whole(each, "projectYear"))).Distinct().Count();
            foreach (var years in written > 1 ? [written] : Enumerable.Range(2, Math.Max(0, path.Count - 1)))
            {
                yield return Spread(design, path, years, written > 1);
            }
        }
    }

    private static Mend Spread(Design design, IReadOnlyList<string> path, int years, bool isWritten)
    {
        var next = design;
        var left = 10_000;
        var groups = path.Select((each, place) => (Payment: each, Year: isWritten ? Math.Max(1, design.Whole(each, "projectYear")) : (place * years / path.Count) + 1))
            .GroupBy(each => each.Year, each => each.Payment).OrderBy(year => year.Key).ToList();
        foreach (var (group, index) in groups.Select((group, index) => (group, index)))
        {
            var year = group.ToList();
            var whole = index == years - 1 ? left : 10_000 / years;
            left -= whole;
            var before = year.Sum(each => design.Whole(each, "percentBp"));
            var given = 0;
            foreach (var (each, place) in year.Select((each, place) => (each, place)))
            {
                var part = place == year.Count - 1 ? whole - given : design.Whole(each, "percentBp") * whole / Math.Max(1, before);
                given += part;
                next = next.SetInput(each, "percentBp", part).SetInput(each, "projectYear", group.Key);
            }
        }

        return new(new($"{years}년에 고르게 나누어 지급", $"Pay the same in each of the {years} years"), next);
    }

    private static IEnumerable<IReadOnlyList<string>> Paths(Design design, string step)
        => ProgrammePaths.Of(CompiledWorkflow.Compile(design.Definition)).Completing
            .Select(path => path.OfType("Grant.DisbursementStage").Select(payment => payment.Id).ToList())
            .Where(path => path.Contains(step))
            .DistinctBy(path => string.Join('\n', path));

    private static string Percent(int basisPoints) => (basisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture);
}
