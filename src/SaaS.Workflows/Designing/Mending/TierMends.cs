using System.Globalization;
using System.Text.Json.Nodes;
using SaaS.Workflows.Checking;

namespace SaaS.Workflows.Designing.Mending;

/// <summary>Tiers that hide each other, overlap, leave costs out, or end nowhere.</summary>
internal static class TierMends
{
    public static IEnumerable<Mend> For(Problem problem, Design design) => problem.Code == "tier-without-completion" ? LeadOn(problem.About!, design) : Ranges(problem, design);

    /// <summary>Lets a tier take no costs above so many won.</summary>
    public static Design SetMost(Design design, string tier, long most) => design.Edit(chart =>
    {
        foreach (var row in chart.Steps.Select(step => step["tiers"]).OfType<JsonArray>().SelectMany(rows => rows.OfType<JsonObject>()).Where(row => (string?)row["tier"] == tier))
        {
            row["totalCostMax"] = most;
        }
    });

    private static IEnumerable<Mend> Ranges(Problem problem, Design design)
    {
        var end = problem.Pointer.IndexOf("/tiers/", StringComparison.Ordinal) + "/tiers/".Length;
        var table = problem.Pointer[..(end - 1)];
        var index = int.Parse(problem.Pointer[end..].Split('/')[0], CultureInfo.InvariantCulture);
        var rows = design.At(table)!.AsArray();
        var row = rows[index]!.AsObject();
        var (least, most) = ((long?)row["totalCostMin"], (long?)row["totalCostMax"]);
        var name = Name(row);
        if (problem.Code == "tier-empty-range")
        {
            yield return new(
                new($"{name.Ko} 유형의 하한과 상한을 서로 바꾸기", $"Swap the least and the largest cost of {name.En}"),
                design.SetAt($"{table}/{index}/totalCostMin", most).SetAt($"{table}/{index}/totalCostMax", least));
            yield return new(new($"{name.Ko} 유형의 하한 지우기", $"Take the least cost of {name.En} away"), design.SetAt($"{table}/{index}/totalCostMin", null));
            yield break;
        }

        var ends = rows.OfType<JsonObject>().Where(other => !ReferenceEquals(other, row)).Select(other => (long?)other["totalCostMax"]).OfType<long>();
        var gap = ends.Where(other => other < least).Select(other => other + 1).DefaultIfEmpty(0).Max();
        if (problem.Code == "tier-gap" && gap > 0)
        {
            yield return new(new($"{name.Ko} 유형의 하한을 {Won(gap)}원으로", $"Let {name.En} begin at {Won(gap)} won"), design.SetAt($"{table}/{index}/totalCostMin", gap));
        }

        if (problem.Code is "tier-overlap" or "tier-unreachable")
        {
            foreach (var next in ends.Where(other => most is null || other < most).Select(other => other + 1).OrderDescending())
            {
                yield return new(new($"{name.Ko} 유형의 하한을 {Won(next)}원으로", $"Let {name.En} begin at {Won(next)} won"), design.SetAt($"{table}/{index}/totalCostMin", next));
            }

            yield return new(new($"{name.Ko} 유형을 맨 위로", $"Move {name.En} to the top"), MoveUp(design, table, index));
            if (problem.Code == "tier-unreachable")
            {
                yield return new(new($"{name.Ko} 유형 빼기", $"Take the tier {name.En} out"), design.RemoveTier((string)row["tier"]!));
            }
        }
    }

    private static IEnumerable<Mend> LeadOn(string tier, Design design)
    {
        var chart = design.Definition.Root.Flowchart;
        foreach (var chooser in chart.Activities.Where(step => step.Type == "Grant.ChooseTier"))
        {
            foreach (var way in chart.Connections.Where(way => way.Source == chooser.Id && way.SourcePort is not "None" && way.SourcePort != tier))
            {
                yield return new(
                    new($"‘{design.TierName(tier).Ko}’ 유형을 ‘{design.TierName(way.SourcePort).Ko}’ 유형의 길로 잇기", $"Lead the tier '{design.TierName(tier).En}' the way of '{design.TierName(way.SourcePort).En}'"),
                    design.Lead(chooser.Id, tier, way.Target));
            }

            yield return new(new($"‘{design.TierName(tier).Ko}’ 유형 빼기", $"Take the tier '{design.TierName(tier).En}' out"), design.RemoveTier(tier));
        }
    }

    private static Design MoveUp(Design design, string table, int index)
    {
        var rows = design.At(table)!.AsArray();
        var row = rows[index];
        rows.RemoveAt(index);
        rows.Insert(0, row);
        return design.SetAt(table, rows);
    }

    private static Words Name(JsonObject row) => new((string?)row["ko"] ?? (string?)row["tier"] ?? "", (string?)row["en"] ?? (string?)row["tier"] ?? "");

    private static string Won(long won) => won.ToString("N0", CultureInfo.InvariantCulture);
}
