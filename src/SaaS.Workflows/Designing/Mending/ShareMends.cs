using System.Globalization;
using System.Text.Json.Nodes;
using SaaS.Domain.Money;
using SaaS.Workflows.Checking;

namespace SaaS.Workflows.Designing.Mending;

/// <summary>Shares that do not add up, break a limit, or have a cap without an end.</summary>
internal static class ShareMends
{
    private static readonly string[] Ceilings = ["cap", "cumulativeCap", "capPerYear", "overflowTo"];

    /// <summary>One share moves to where it may be, another one takes what is then missing or too much.</summary>
    public static IEnumerable<Mend> Balance(Problem problem, Design design)
    {
        var table = new ShareRows(design, problem.Pointer);
        return problem.Code switch
        {
            "shares-total" => Total(table, "EligibleCost"),
            "grant-shares-total" => Total(table, "PublicGrant"),
            "grant-missing" => GiveGrant(table),
            "lead-firm-missing" => AddLeadFirm(table, Limit(problem)),
            "national-share-above-limit" => Hold(table, "National", Limit(problem), "로 낮추고", "Lower"),
            "lead-share-below-limit" => Hold(table, "LeadFirm", Limit(problem), "로 올리고", "Raise"),
            _ => Hold(table, "Firm", Limit(problem), "로 낮추고", "Lower"),
        };
    }

    /// <summary>Who may carry nothing need not carry what rounding leaves.</summary>
    public static IEnumerable<Mend> Bearer(Problem problem, Design design)
    {
        var table = new ShareRows(design, problem.Pointer[..^"bearer".Length] + "shares");
        return table.AbleToBear.Select(funder => new Mend(
            new($"나머지 부담: {Ko(funder)}", $"Let the {En(funder)} bear the rest"), table.Bear(funder)));
    }

    /// <summary>A row that contradicts itself or the others.</summary>
    public static IEnumerable<Mend> Limits(Problem problem, Design design)
    {
        var table = new ShareRows(design, problem.Pointer);
        var row = table.Named;
        if (row is null)
        {
            return [];
        }

        var funder = (string)row["funder"]!;
        return problem.Code switch
        {
            "share-outside-limits" => [WidenLimits(table, row, funder)],
            "overflow-unnamed" or "overflow-unknown" => [.. Overflow(table, funder), DropCap(table, funder)],
            "share-base-missing" or "bearer-base" =>
            [
                new(new($"{Ko(funder)}의 기준을 총사업비로", $"Reckon the {En(funder)} of the eligible cost"), table.With((funder, each => each["base"] = "EligibleCost"))),
                new(new($"{Ko(funder)}의 기준을 선정된 다른 과제의 국비로", $"Reckon the {En(funder)} of the central money of another award"), table.With((funder, each => each["base"] = "AwardNationalGrant"))),
            ],
            _ => MendRange(table, row, funder),
        };
    }

    private static IEnumerable<Mend> Total(ShareRows table, string ofBase)
    {
        var rest = 10_000 - table.Sum(ofBase);
        foreach (var funder in table.Bearing(ofBase))
        {
            if (table.Target(funder) + rest is >= 0 and <= 10_000 and { } target)
            {
                var title = new Words($"합계를 100 %로: {Ko(funder)} {Signed(rest)} %p", $"Make it 100 %: {En(funder)} {Signed(rest)} points");
                var after = new ShareRows(table.Aim((funder, target)), table.Pointer);

                // Whoever is then to carry nothing does not go on bearing the rest.
                yield return after.MayCarry(after.Bearer) || after.AbleToBear.FirstOrDefault() is not { } bearer
                    ? new(title, after.Design)
                    : new(new($"{title.Ko}, 나머지 부담은 {Ko(bearer)}", $"{title.En}, and let the {En(bearer)} bear the rest"), after.Bear(bearer));
            }
        }
    }

    private static IEnumerable<Mend> GiveGrant(ShareRows table)
    {
        var rest = 10_000 - table.Rows.Where(row => ShareRows.BaseOf(row) == "EligibleCost").Sum(row => (int?)row["targetBp"] ?? 0);
        if (rest is > 0 and <= 10_000)
        {
            yield return new(
                new($"지원금 전체를 사업비의 {Percent(rest)} %로", $"Make the grant as a whole {Percent(rest)} % of the cost"),
                table.Design.SetInput(table.Step, "grant", new JsonObject { ["targetBp"] = rest }));
        }
    }

    private static IEnumerable<Mend> AddLeadFirm(ShareRows table, int limit)
    {
        foreach (var giver in table.Bearing("EligibleCost").Where(funder => table.Target(funder) >= limit))
        {
            yield return new(
                new($"주관기업 {Percent(limit)} %를 넣고 {Ko(giver)}에서 덜기", $"Add the lead firm with {Percent(limit)} %, taken from the {En(giver)}"),
                table.With(
                    (giver, row => Design.Aim(row, table.Target(giver) - limit)),
                    ("LeadFirm", row => (row["base"], row["minBp"], row["targetBp"], row["maxBp"], row["paidBy"]) = ("EligibleCost", limit, limit, 10_000, "Self"))).ArrangeFunding());
        }
    }

    private static IEnumerable<Mend> Hold(ShareRows table, string funder, int limit, string ko, string en)
    {
        var ofBase = ShareRows.BaseOf(table.Row(funder)!);
        var held = ofBase == "PublicGrant" ? (int)((long)limit * 10_000 / Math.Max(1, table.Grant)) : limit;
        var rest = 10_000 - table.Sum(ofBase) + table.Target(funder) - held;
        var name = $"{Ko(funder)}{(funder == "National" ? "를" : "을")} {Percent(held)} %";
        if (rest == 0)
        {
            yield return new(new($"{name}{ko[..^1]}기", $"{en} the {En(funder)} to {Percent(held)} %"), table.Aim((funder, held)));
        }

        foreach (var other in table.Bearing(ofBase).Where(other => other != funder))
        {
            if (rest != 0 && table.Target(other) + rest is >= 0 and <= 10_000 and { } target)
            {
                yield return new(
                    rest > 0
                        ? new($"{name}{ko} {Ko(other)}{Subject(other)} 나머지를 부담", $"{en} the {En(funder)} to {Percent(held)} % and let the {En(other)} bear the rest")
                        : new($"{name}{ko} {Ko(other)}에서 {Percent(-rest)} %p 덜기", $"{en} the {En(funder)} to {Percent(held)} %, taken from the {En(other)}"),
                    table.Aim((funder, held), (other, target)));
            }
        }
    }

    private static Mend WidenLimits(ShareRows table, JsonObject row, string funder)
    {
        var target = (int?)row["targetBp"] ?? 0;
        var (least, most) = (Math.Min((int?)row["minBp"] ?? 0, target), Math.Max((int?)row["maxBp"] ?? 10_000, target));
        return new(
            new($"{Ko(funder)}의 범위를 {Percent(least)}~{Percent(most)} %로 넓히기", $"Widen the limits of the {En(funder)} to {Percent(least)}–{Percent(most)} %"),
            table.With((funder, each => (each["minBp"], each["maxBp"]) = (least, most))));
    }

    private static IEnumerable<Mend> Overflow(ShareRows table, string funder)
        => table.Rows.Select(row => (string)row["funder"]!).Where(other => other != funder).OrderBy(other => other == "Firm").Select(other => new Mend(
            new($"{Ko(funder)} 상한을 넘는 금액은 {Ko(other)}{Subject(other)} 부담", $"Let the {En(other)} take what exceeds the cap of the {En(funder)}"),
            table.With((funder, row => row["overflowTo"] = other))));

    private static Mend DropCap(ShareRows table, string funder) => new(
        new($"{Ko(funder)}의 상한 없애기", $"Take the cap of the {En(funder)} away"),
        table.With((funder, row =>
        {
            foreach (var name in Ceilings)
            {
                row.Remove(name);
            }
        }
    )));

    // Over the whole range of costs a cap may push somebody over a limit: another takes the overflow, or the tier takes no such costs.
    private static IEnumerable<Mend> MendRange(ShareRows table, JsonObject row, string funder)
    {
        foreach (var capped in table.Rows.Where(each => each.ContainsKey("overflowTo")).Select(each => (string)each["funder"]!).ToList())
        {
            foreach (var mend in Overflow(table, capped))
            {
                yield return mend;
            }
        }

        foreach (var capped in table.Rows.Where(each => (long?)each["cap"] > 0 && ShareRows.BaseOf(each) == "EligibleCost" && (int?)each["targetBp"] > 0).ToList())
        {
            var most = (long)((Int128)(long)capped["cap"]! * 10_000 / (int)capped["targetBp"]!);
            yield return new(
                new($"유형의 총사업비를 {Won(most)}원 이하로", $"Take no costs above {Won(most)} won in this tier"),
                TierMends.SetMost(table.Design, table.Tier, most));
        }

        yield return new(
            new($"{Ko(funder)}의 범위를 0~100 %로 풀기", $"Lift the own limits of the {En(funder)}"),
            table.With((funder, each => (each["minBp"], each["maxBp"]) = (0, 10_000))));
    }

    private static int Limit(Problem problem) => int.Parse(problem.About!, CultureInfo.InvariantCulture);

    private static string Ko(string funder) => Enum.TryParse<Funder>(funder, out var known) ? FunderNames.Ko(known) : funder;

    private static string En(string funder) => Enum.TryParse<Funder>(funder, out var known) ? FunderNames.En(known) : funder;

    private static string Subject(string funder) => funder is "LeadFirm" or "Firm" ? "이" : "가";

    private static string Percent(int basisPoints) => CostSharing.BasisPointsText(basisPoints);

    private static string Signed(int basisPoints) => basisPoints < 0 ? "−" + Percent(-basisPoints) : "+" + Percent(basisPoints);

    private static string Won(long won) => won.ToString("N0", CultureInfo.InvariantCulture);
}
