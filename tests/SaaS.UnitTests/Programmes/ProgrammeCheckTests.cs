using System.Text.Json.Nodes;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Definitions;
using Xunit;

namespace SaaS.UnitTests.Programmes;

/// <summary>What a tenant may not publish, each with the place and a sentence in both languages.</summary>
public sealed class ProgrammeCheckTests
{
    private const string Food = "tenants/jeonnam/programmes/food-2025.json";
    private const string WinWin = "tenants/lg/programmes/win-win-2025.json";
    private const string Hybrid = "workflows/catalogue/ww-samsung-local-2025.json";
    private const string Construction = "workflows/catalogue/ww-lh-gn-2025.json";

    private static readonly string?[] Good = ["Accepted", "Selected", "Reserved", "Committed", "Signed", "Paid", "Passed"];

    [Theory]
    [InlineData(3_999, "99.99 %")]
    [InlineData(4_500, "105 %")]
    public void Shares_that_do_not_add_up_to_100_percent_are_refused_with_their_total(int firm, string total)
    {
        var problem = Single(Check(Food, root => Share(root, "BASIC", "Firm")["targetBp"] = Limits(Share(root, "BASIC", "Firm"), firm)));

        Assert.Equal("shares-total", problem.Code);
        Assert.Contains(total, problem.Ko, StringComparison.Ordinal);
        Assert.Contains(total, problem.En, StringComparison.Ordinal);
        Assert.Equal("shareBasic", problem.ActivityId);
        Assert.EndsWith("/shares", problem.Pointer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5_000, null)]
    [InlineData(5_001, "national-share-above-limit")]
    public void A_central_share_of_50_percent_passes_and_one_basis_point_more_is_refused(int central, string? code)
    {
        var problems = Check(Food, root =>
        {
            Share(root, "ADV", "National")["targetBp"] = Limits(Share(root, "ADV", "National"), central);
            Share(root, "ADV", "Firm")["targetBp"] = Limits(Share(root, "ADV", "Firm"), 7_000 - central);
        });

        Assert.Equal(code is null ? [] : [code], problems.Select(problem => problem.Code));
    }

    [Fact]
    public void A_rule_on_a_document_that_nobody_asks_for_is_refused_with_its_place()
    {
        var problem = Single(Check(Food, root =>
        {
            var rule = Rule(root, "BANNED");
            (rule["field"], rule["operator"], rule["value"]) = ("documents", "contains", new JsonArray("PLAN", "안전 컨설팅 확인서"));
        }));

        Assert.Equal("document-not-asked", problem.Code);
        Assert.Equal(Severity.Error, problem.Severity);
        Assert.EndsWith("/value/1", problem.Pointer, StringComparison.Ordinal);
        Assert.Contains("‘안전 컨설팅 확인서’", problem.Ko, StringComparison.Ordinal);
        Assert.Contains("nobody can hand it in", problem.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_was_added_and_not_named_is_refused_in_each_language()
    {
        var problems = Check(Food, root => Step(root, "Grant.EvaluationStage")["criteria"]![1]!["ko"] = "");

        var problem = Single(problems);
        Assert.Equal("row-unnamed", problem.Code);
        Assert.EndsWith("/criteria/1/ko", problem.Pointer, StringComparison.Ordinal);
        Assert.Equal("2번째 줄에 한국어 이름이 없습니다. 이름을 적어 주세요.", problem.Ko);
        Assert.Equal("Row 2 has no Korean name. Please write one.", problem.En);
    }

    [Fact]
    public void A_cap_that_overflows_to_the_SME_is_refused_with_a_cost_that_shows_why()
    {
        var problem = Single(Check(WinWin, root => Share(root, "JOINT", "National")["overflowTo"] = "Firm"));

        Assert.Equal("share-limit-broken", problem.Code);
        Assert.Equal("At 500,000,000 won the SME would carry 230,000,000 won = 46 %, but must carry at most 40 %.", problem.En);
        Assert.Contains("총사업비 500,000,000원이면 도입기업 부담이 230,000,000원(46 %)", problem.Ko, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 100, null, 400, null, "")]
    [InlineData(null, 100, 101, 400, 100_000_001, "tier-gap: Costs from 100,000,001 to 100,999,999 won fit no tier; 100,000,001 won, for example.")]
    [InlineData(null, 100, 80, 400, 80_000_000, "tier-overlap: Costs from 80,000,000 to 100,000,000 won fit both the tier Basic and the tier Advanced; 80,000,000 won, for example, becomes Basic, which stands first.")]
    [InlineData(null, 400, null, 400, null, "tier-unreachable: The tier Advanced can never be chosen: whatever fits it fits the tier Basic above it first.")]
    [InlineData(null, 100, 500, 400, null, "tier-empty-range: No cost lies in the range of the tier Advanced (500,000,000 to 400,000,000 won).")]
    public void Tiers_that_hide_overlap_or_leave_costs_out_are_named_with_a_cost_that_shows_it(int? least, int most, int? nextLeast, int nextMost, int? example, string expected)
    {
        var problems = Check(Food, root =>
        {
            var tiers = Step(root, "Grant.ChooseTier")["tiers"]!;
            tiers[0]!["when"] = new JsonArray();
            tiers[1]!["when"] = new JsonArray();
            Limit(tiers[0]!, least, most);
            Limit(tiers[1]!, nextLeast, nextMost);
        }).Where(problem => problem.Code.StartsWith("tier-", StringComparison.Ordinal)).ToList();

        Assert.Equal(expected.Length == 0 ? [] : [expected], problems.Select(problem => $"{problem.Code}: {problem.En}"));
        Assert.All(problems, problem => Assert.Contains("/tiers/1", problem.Pointer, StringComparison.Ordinal));
        Assert.True(example is null || problems.Single().Ko.Contains($"예: {example:N0}원", StringComparison.Ordinal));

        static void Limit(JsonNode tier, int? from, int to)
        {
            if (from is { } least)
            {
                tier["totalCostMin"] = least * 1_000_000;
            }

            tier["totalCostMax"] = to * 1_000_000;
        }
    }

    [Fact]
    public void A_municipality_may_be_an_exception_whose_shares_are_checked_like_the_others()
    {
        var problems = Check(Food, root => Exception(root, "46720", 2_000, 900));

        Assert.Equal(["shares-total"], problems.Select(problem => problem.Code));
        Assert.EndsWith("/overrides/0/shares", Single(problems).Pointer, StringComparison.Ordinal);
        Assert.Empty(Check(Food, root => Exception(root, "46720", 4_000, 2_000)));
        Assert.Equal(["unknown-code"], Check(Food, root => Exception(root, "46999", 4_000, 2_000)).Select(problem => problem.Code));

        static void Exception(JsonObject root, string municipality, int city, int province) => Share(root, "BASIC", "Firm").Parent!.Parent!["overrides"] = new JsonArray(new JsonObject
        {
            ["municipality"] = municipality,
            ["shares"] = new JsonArray(
                new JsonObject { ["funder"] = "Municipality", ["targetBp"] = city },
                new JsonObject { ["funder"] = "Province", ["targetBp"] = province }),
        });
    }

    [Fact]
    public void A_region_may_be_an_exception_too()
    {
        Assert.Empty(Check(Hybrid, _ => { }));
        Assert.Equal(["unknown-code"], Check(Hybrid, root => Activity(root, "shareBasic")["overrides"]![0]!["region"] = "99").Select(problem => problem.Code).Distinct());
        var problem = Single(Check(Hybrid, root => Activity(root, "shareBasic")["overrides"]![1]!["shares"]![0]!["targetBp"] = 2_900));
        Assert.Equal(("shares-total", "/overrides/1/shares"), (problem.Code, problem.Pointer[^19..]));
    }

    [Theory]
    [InlineData("Province", 4_999, "grant-shares-total")]
    [InlineData("Province", 5_001, "grant-shares-total")]
    [InlineData(null, 9_999, "shares-total")]
    [InlineData(null, null, "shares-total")]
    public void What_divides_a_grant_as_a_whole_must_be_all_of_it(string? funder, int? value, string code)
    {
        var problems = Check(Construction, root =>
        {
            if (funder is not null)
            {
                Share(root, "A", funder)["targetBp"] = Limits(Share(root, "A", funder), value!.Value);
            }
            else if (value is { } target)
            {
                Activity(root, "shareA")["grant"]!["targetBp"] = target;
            }
            else
            {
                Activity(root, "shareA").Remove("grant");
            }
        });

        Assert.Equal(value is null ? ["shares-total", "grant-missing"] : [code], problems.Select(problem => problem.Code));
    }

    [Fact]
    public void A_part_of_the_grant_as_a_whole_counts_towards_the_limit_of_central_money()
        => Assert.Contains("national-share-above-limit", Check(Construction, root =>
        {
            Share(root, "A", "LeadFirm")["targetBp"] = Limits(Share(root, "A", "LeadFirm"), 4_999);
            Share(root, "A", "Province")["targetBp"] = Limits(Share(root, "A", "Province"), 5_001);
            Share(root, "A", "Province")["funder"] = "National";
        }).Select(problem => problem.Code));

    [Fact]
    public void A_ceiling_over_all_projects_must_say_who_takes_the_rest()
        => Assert.Equal("overflow-unnamed", Single(Check("workflows/catalogue/min-2026.json", root =>
        {
            Share(root, "ADV", "National").Remove("cap");
            Share(root, "ADV", "National").Remove("overflowTo");
        })).Code);

    [Theory]
    [InlineData("tranche2", 2_600, "tranche3", 2_400, "In year 1 of the project up to 306,000,000 won of the central government would flow; it must be at most 300,000,000 won a year.")]
    [InlineData("tranche1", 2_400, "tranche4", 2_600, "In year 2 of the project up to 306,000,000 won of the central government would flow; it must be at most 300,000,000 won a year.")]
    [InlineData("tranche1", 2_600, "tranche2", 2_400, null)]
    public void The_payments_of_a_year_keep_to_the_yearly_ceiling(string one, int first, string other, int second, string? expected)
    {
        var problems = Check("workflows/catalogue/auto-2026.json", root => (Activity(root, one)["percentBp"], Activity(root, other)["percentBp"]) = (first, second));

        Assert.Equal(expected is null ? [] : [expected + " (tier Autonomous)"], problems.Where(problem => problem.Code == "yearly-cap-broken").Select(problem => problem.En));
        Assert.Equal(expected is null, problems.Count == 0);
    }

    [Fact]
    public void A_fact_that_another_is_held_against_must_be_known_too()
    {
        var problem = Single(Check("workflows/catalogue/top-icn.json", root => Rule(root, "PART")["value"] = new JsonObject { ["fact"] = "award.colour" }));

        Assert.Equal(("unknown-field", "/value/fact"), (problem.Code, problem.Pointer[^11..]));
    }

    [Fact]
    public void The_alternatives_of_a_rule_are_checked_like_rules()
    {
        var problem = Single(Check(Hybrid, root => Rule(root, "REGION")["value"]![1]!["value"]![0] = "47999"));

        Assert.Equal("unknown-code", problem.Code);
        Assert.EndsWith("/rules/4/value/1/value/0", problem.Pointer, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_design_passes_where_the_tier_takes_no_cost_beyond_400_million()
        => Assert.Empty(Check(WinWin, root =>
        {
            Share(root, "JOINT", "National")["overflowTo"] = "Firm";
            Step(root, "Grant.ChooseTier")["tiers"]![0]!["totalCostMax"] = 400_000_000;
        }));

    [Fact]
    public void A_tenant_cannot_lift_the_limit_of_the_SME_in_a_win_win_programme()
        => Assert.Equal("share-limit-broken", Single(Check(WinWin, root =>
        {
            Share(root, "JOINT", "National")["overflowTo"] = "Firm";
            Share(root, "JOINT", "Firm")["maxBp"] = 10_000;
        })).Code);

    [Theory]
    [InlineData(2_999, 4_001, "lead-share-below-limit,firm-share-above-limit")]
    [InlineData(3_000, 4_000, "")]
    public void In_a_win_win_programme_the_lead_firm_bears_30_percent_and_the_SME_at_most_40(int lead, int firm, string codes)
        => Assert.Equal(codes, string.Join(",", Check(WinWin, root =>
        {
            Share(root, "JOINT", "LeadFirm")["targetBp"] = Limits(Share(root, "JOINT", "LeadFirm"), lead);
            Share(root, "JOINT", "Firm")["targetBp"] = Limits(Share(root, "JOINT", "Firm"), firm);
        }).Select(problem => problem.Code)));

    [Fact]
    public void A_cap_without_a_funder_for_the_rest_is_refused()
        => Assert.Equal("overflow-unnamed", Single(Check(WinWin, root => Share(root, "JOINT", "National").Remove("overflowTo"))).Code);

    [Fact]
    public void Weights_of_95_points_are_refused()
    {
        var problem = Single(Check(Food, root => Step(root, "Grant.EvaluationStage")["criteria"]![0]!["weight"] = 15));

        Assert.EndsWith("/criteria", problem.Pointer, StringComparison.Ordinal);
        Assert.Contains("95", problem.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application", "stage-missing")]
    [InlineData("evaluation", "stage-missing")]
    [InlineData("agreement", "stage-missing,payment-before-agreement")]
    [InlineData("finalInspection", "stage-missing,last-payment-before-inspection")]
    [InlineData("reserve", "reservation-missing")]
    [InlineData("commitProvince", "commitment-missing")]
    [InlineData("tranche2", "tranches-total,tranche-order")]
    public void What_every_programme_shares_cannot_be_left_out(string step, string codes)
    {
        var problems = Check(Food, root => Bypass(root, step));

        Assert.Equal(codes.Split(',').Order(), problems.Select(problem => problem.Code).Distinct().Order());
        Assert.All(problems, problem => Assert.NotNull(problem.ActivityId));
    }

    [Fact]
    public void A_last_tranche_before_the_final_inspection_is_refused_though_both_are_there()
        => Assert.Contains("last-payment-before-inspection", Check(Food, root => Swap(root, "finalInspection", "tranche3")).Select(problem => problem.Code));

    [Fact]
    public void A_payment_before_the_agreement_is_refused_though_both_are_there()
        => Assert.Contains("payment-before-agreement", Check(Food, root => Swap(root, "agreement", "tranche1")).Select(problem => problem.Code));

    [Fact]
    public void Outcomes_must_be_tracked_after_completion()
        => Assert.Equal("outcome-tracking-missing", Check(Food, root => Activity(root, "close")["outcomeYears"] = 0).Select(problem => problem.Code).Distinct().Single());

    [Theory]
    [InlineData("Refused")]
    [InlineData("TimedOut")]
    public void A_refusal_or_a_time_out_without_a_way_on_is_refused(string outcome)
        => Assert.Equal("path-without-end", Single(Check(Food, root => Disconnect(root, "commitProvince", outcome))).Code);

    [Theory]
    [InlineData("REGION", "99", "unknown-code")]
    [InlineData("REGION", "12", "code-not-valid-then")]
    [InlineData("SECTOR", "C99", "unknown-code")]
    public void Codes_that_nobody_knows_or_that_hold_at_another_time_are_refused(string rule, string code, string expected)
    {
        var problem = Single(Check(Food, root => Rule(root, rule)["value"]![0] = code));

        Assert.Equal(expected, problem.Code);
        Assert.EndsWith("/value/0", problem.Pointer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_no_application_has_is_refused()
        => Assert.Equal("unknown-field", Single(Check(Food, root => Rule(root, "SIZE")["field"] = "firm.colour")).Code);

    [Fact]
    public void Shares_of_another_tier_are_refused()
        => Assert.Contains("tier-mismatch", Check(Food, root => Activity(root, "shareBasic")["tier"] = "ADV").Select(problem => problem.Code));

    [Fact]
    public void All_problems_are_said_at_once()
    {
        var problems = Check(Food, root =>
        {
            Share(root, "BASIC", "Firm")["targetBp"] = Limits(Share(root, "BASIC", "Firm"), 4_500);
            Rule(root, "SECTOR")["value"]![0] = "C99";
            Bypass(root, "evaluation");
        });

        Assert.Equal(["shares-total", "stage-missing", "unknown-code"], problems.Select(problem => problem.Code).Distinct().Order());
    }

    private static IReadOnlyList<Problem> Check(string path, Action<JsonObject> change)
    {
        var definition = JsonNode.Parse(ShippedProgrammes.Text(path))!.AsObject();
        change(definition["root"]!.AsObject());
        return DefinitionChecker.Check(WorkflowDefinition.Parse(definition.ToJsonString()).Required);
    }

    private static Problem Single(IReadOnlyList<Problem> problems)
        => problems.Count == 1 ? problems[0] : throw new InvalidOperationException(string.Join("\n", problems.Select(problem => $"{problem.Code} {problem.Pointer} {problem.En}")));

    private static JsonObject Activity(JsonObject root, string id) => Activities(root).Single(activity => (string?)activity["id"] == id);

    private static JsonObject Step(JsonObject root, string type) => Activities(root).First(activity => (string?)activity["type"] == type);

    private static JsonObject Share(JsonObject root, string tier, string funder) => Activities(root)
        .Single(activity => (string?)activity["type"] == "Grant.ShareCost" && (string?)activity["tier"] == tier)["shares"]!.AsArray()
        .Select(row => row!.AsObject()).Single(row => (string?)row["funder"] == funder);

    private static JsonObject Rule(JsonObject root, string code)
        => Step(root, "Grant.CheckEligibility")["rules"]!.AsArray().Select(row => row!.AsObject()).Single(row => (string?)row["code"] == code);

    private static IEnumerable<JsonObject> Activities(JsonObject root) => root["activities"]!.AsArray().Select(activity => activity!.AsObject());

    private static JsonArray Connections(JsonObject root) => root["connections"]!.AsArray();

    // Widens the row's own limits, so that only what the test is about is wrong.
    private static int Limits(JsonObject share, int targetBp)
    {
        share["minBp"] = Math.Min((int)share["minBp"]!, targetBp);
        share["maxBp"] = Math.Max((int)share["maxBp"]!, targetBp);
        return targetBp;
    }

    private static void Disconnect(JsonObject root, string source, string port)
    {
        foreach (var link in Connections(root).Where(link => (string?)link!["source"]!["activity"] == source && (string?)link["source"]!["port"] == port).ToList())
        {
            Connections(root).Remove(link);
        }
    }

    // Takes the step out: what led to it leads to where its good outcome led.
    private static void Bypass(JsonObject root, string step)
    {
        var next = (string)Connections(root).First(link => (string?)link!["source"]!["activity"] == step && Good.Contains((string?)link["source"]!["port"]))!["target"]!["activity"]!;
        foreach (var link in Connections(root).Where(link => (string?)link!["source"]!["activity"] == step).ToList())
        {
            Connections(root).Remove(link);
        }

        foreach (var link in Connections(root).Where(link => (string?)link!["target"]!["activity"] == step))
        {
            link!["target"]!["activity"] = next;
        }

        root["activities"]!.AsArray().Remove(Activity(root, step));
        RemoveUnreached(root);
    }

    private static void RemoveUnreached(JsonObject root)
    {
        var reached = Connections(root).Select(link => (string?)link!["target"]!["activity"]).ToHashSet();
        foreach (var activity in Activities(root).Where(activity => (string?)activity["id"] != "receive" && !reached.Contains((string?)activity["id"])).ToList())
        {
            root["activities"]!.AsArray().Remove(activity);
        }
    }

    // The two steps change places; each keeps its ways out.
    private static void Swap(JsonObject root, string first, string second)
    {
        foreach (var link in Connections(root))
        {
            foreach (var end in new[] { link!["source"]!, link["target"]! })
            {
                var id = (string)end["activity"]!;
                end["activity"] = id == first ? second : id == second ? first : id;
            }
        }

        foreach (var link in Connections(root))
        {
            var (id, port) = ((string)link!["source"]!["activity"]!, (string)link["source"]!["port"]!);
            var type = (string)Activity(root, id)["type"]!;
            link["source"]!["port"] = (type, port) switch
            {
                ("Grant.DisbursementStage", "Passed" or "Signed") => "Paid",
                ("Grant.DisbursementStage", "Failed" or "Declined" or "Lapsed") => "Stopped",
                ("Grant.InspectionStage", "Paid") => "Passed",
                ("Grant.InspectionStage", "Stopped") => "Failed",
                ("Grant.SignAgreement", "Paid") => "Signed",
                ("Grant.SignAgreement", "Stopped") => "Declined",
                _ => port,
            };
        }
    }
}
