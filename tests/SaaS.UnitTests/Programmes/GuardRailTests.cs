using System.Text.Json.Nodes;
using CsCheck;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using Xunit;

namespace SaaS.UnitTests.Programmes;

/// <summary>The national operator's limits as data: which of them holds for a tier, and what a design that breaks one is told.</summary>
public sealed class GuardRailTests
{
    private const string Food = "tenants/jeonnam/programmes/food-2025.json";
    private const string WinWin = "tenants/lg/programmes/win-win-2025.json";

    private static readonly GuardRail Local = GuardRails.Shipped.For("LocalGovernment", 2025, true)!;
    private static readonly GuardRail LocalWithout = GuardRails.Shipped.For("LocalGovernment", 2025, false)!;

    [Theory]
    [InlineData(4_500, 4_500, null)]
    [InlineData(4_500, 4_501, "national-share-above-limit")]
    [InlineData(5_000, 5_000, null)]
    [InlineData(5_000, 5_001, "national-share-above-limit")]
    [InlineData(5_001, 5_001, null)]
    public void The_central_share_may_be_as_much_as_the_rail_says_and_not_one_basis_point_more(int most, int central, string? code)
        => Assert.Equal(code is null ? [] : [code], Codes(Advanced(central), Local with { Limits = Shares((Funder.National, new(0, most))) }));

    [Fact]
    public void The_sentence_names_the_rail_its_day_and_its_source_in_both_languages()
    {
        var rail = Local with { ValidFrom = new LocalDate(2025, 3, 10), Source = "2025년 개편 지침", Limits = Shares((Funder.National, new(0, 4_500))) };

        var problem = Assert.Single(Check(Advanced(5_000), rail));

        Assert.Equal("국비 분담이 50 %입니다. 45 % 이하여야 합니다. (국가 기준: 지자체형 · 국비 있음 · 2014년 사업부터 · 2025-03-10 시행 · 근거: 2025년 개편 지침)", problem.Ko);
        Assert.Equal("The share of the central government is 50 %; it must be at most 45 %. (National guard rail: local government, with central money, programmes from 2014, in force since 2025-03-10. Source: 2025년 개편 지침)", problem.En);
        Assert.Equal(rail, problem.Rail);
        Assert.EndsWith("/targetBp", problem.Pointer, StringComparison.Ordinal);
        Assert.NotNull(problem.ActivityId);
    }

    [Fact]
    public void A_rail_for_tiers_with_national_money_leaves_tiers_without_it_alone()
    {
        var none = Shares((Funder.Province, new(0, 1_000)));

        Assert.Equal(["province-share-above-limit"], Codes(Advanced(5_000), Local with { Limits = none }));
        Assert.Equal(["shareBasic"], Check(Advanced(5_000), LocalWithout with { Limits = none }).Select(problem => problem.ActivityId));
    }

    [Theory]
    [InlineData(8_000, null)]
    [InlineData(7_999, "public-share-above-limit")]
    public void What_public_funders_carry_together_is_a_limit_of_its_own(int together, string? code)
        => Assert.Equal(code is null ? [] : [code], Codes(Advanced(5_000), Local with { Limits = new GuardRailLimits { PublicMaxBp = together } }));

    [Fact]
    public void A_cap_that_overflows_to_a_public_funder_is_found_by_a_cost_that_shows_it()
    {
        var design = Changed(Food, root =>
        {
            Share(root, "ADV", "Firm")["cap"] = 40_000_000;
            Share(root, "ADV", "Firm")["overflowTo"] = "Province";
            string[] funders = ["Firm", "Province"];
            foreach (var funder in funders)
            {
                Share(root, "ADV", funder)["minBp"] = 0;
                Share(root, "ADV", funder)["maxBp"] = 10_000;
            }

            Share(root, "ADV", "Province")["targetBp"] = 1_500;
            Step(root, "shareAdv")["bearer"] = "Province";
        });

        var problem = Check(design, Local with { Limits = new GuardRailLimits { PublicMaxBp = 8_000 } })[0];

        Assert.Equal("public-share-above-limit", problem.Code);
        Assert.Contains("At 300,000,000 won public funders would carry 260,000,000 won = 86.67 %", problem.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200_000_000, null)]
    [InlineData(199_999_999, "national-amount-above-limit")]
    public void The_central_money_of_one_project_is_held_to_its_ceiling_over_every_cost_of_the_tier(long most, string? code)
        => Assert.Equal(code is null ? [] : [code], Codes(Advanced(5_000), Local with { Limits = new GuardRailLimits { NationalMax = most } }));

    [Theory]
    [InlineData(400_000_000, null)]
    [InlineData(399_999_999, "tier-cost-above-limit")]
    public void A_tier_may_take_projects_as_large_as_the_rail_says(long most, string? code)
        => Assert.Equal(code is null ? [] : [code], Codes(Advanced(5_000), Local with { Limits = new GuardRailLimits { TotalCostMax = most } }));

    [Fact]
    public void A_tier_without_a_limit_of_cost_breaks_a_ceiling_of_cost()
    {
        var problem = Check(Changed(Food, root => Tier(root, "ADV").Remove("totalCostMax")), Local with { Limits = new GuardRailLimits { TotalCostMax = 400_000_000 } })[0];

        Assert.Equal("tier-cost-above-limit", problem.Code);
        Assert.EndsWith("/totalCostMax", problem.Pointer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000, null)]
    [InlineData(999, "rounding-unit-above-limit")]
    public void Shares_are_rounded_no_more_coarsely_than_the_rail_says(long most, string? code)
        => Assert.Equal(code is null ? [] : [code], Codes(Advanced(5_000), Local with { Limits = new GuardRailLimits { RoundingUnitMax = most } }));

    [Fact]
    public void A_funder_who_must_carry_something_cannot_be_left_out()
        => Assert.Equal(["lead-firm-missing"], Codes(Advanced(5_000), Local with { Limits = Shares((Funder.LeadFirm, new(1_000))) }));

    [Fact]
    public void Limits_that_only_some_cost_breaks_say_that_they_are_the_rails()
    {
        var rail = GuardRails.Shipped.For("WinWin", 2025, true)!;
        var design = Changed(WinWin, root =>
        {
            Share(root, "JOINT", "National")["overflowTo"] = "Firm";
            Share(root, "JOINT", "Firm")["maxBp"] = 10_000;
        });

        var problem = Assert.Single(DefinitionChecker.Check(WorkflowDefinition.Parse(design).Required));

        Assert.Equal(("share-limit-broken", rail), (problem.Code, problem.Rail));
        Assert.Contains("46 %", problem.Ko, StringComparison.Ordinal);
        Assert.Contains("국가 기준: 대·중소 상생형", problem.Ko, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_rails_for_the_same_tiers_the_one_with_the_later_day_holds_from_its_day_on()
    {
        var first = Local with { ValidFrom = new LocalDate(2025, 1, 1) };
        var later = Local with { ValidFrom = new LocalDate(2025, 6, 1), Limits = Shares((Funder.National, new(0, 4_500))) };
        var meanwhile = Local with { ValidFrom = new LocalDate(2025, 4, 1), Limits = Shares((Funder.National, new(0, 4_800))) };
        GuardRail[] written = [first, later, meanwhile];

        LocalDate[] days = [new(2025, 3, 31), new(2025, 4, 1), new(2025, 6, 1), new(2030, 1, 1)];

        Assert.Equal([first, meanwhile, later, later], days
            .Select(day => GuardRails.On(written, day).For("LocalGovernment", 2025, true)));
    }

    [Fact]
    public void A_programme_keeps_the_rails_of_its_year()
    {
        var next = Local with { FromYear = 2026, Limits = Shares((Funder.National, new(0, 4_500))) };
        var rails = GuardRails.Shipped.With(next);

        Assert.Equal([Local, next, next, next], new int?[] { 2025, 2026, 2027, null }.Select(year => rails.For("LocalGovernment", year, true)));
        Assert.Empty(DefinitionChecker.CheckRails(Compile(Advanced(5_000)), rails));
    }

    [Fact]
    public void What_is_shipped_is_sound_and_covers_every_model_with_and_without_national_money()
    {
        Assert.Empty(GuardRailFile.Shipped.SelectMany(written => GuardRailRules.Check(written.Rail)));
        Assert.All(GuardRails.Models, model => Assert.All([true, false], money => Assert.NotNull(GuardRails.Shipped.For(model, 2025, money))));
    }

    [Fact]
    public void Everything_wrong_with_a_rail_is_said_at_once()
    {
        GuardRailFile.Read(
            """
            { "guardRails": [ { "model": "Other", "nationalMoney": true, "fromYear": 1999, "validFrom": "2025-01-01", "source": "", "reason": "x",
              "limits": { "shares": { "National": { "minBp": 6000, "maxBp": 5000 }, "Province": { "minBp": 5000 } }, "publicMaxBp": 10001, "totalCostMax": 0, "callDaysMin": 0 } } ] }
            """,
            out var problems);

        Assert.Equal(
            ["amount-outside", "days-outside", "minimums-above-whole", "model-unknown", "percent-outside", "range-empty", "source-missing", "year-outside"],
            problems.Select(problem => problem.Code).Order(StringComparer.Ordinal));
        Assert.All(problems, problem => Assert.StartsWith("/guardRails/0/", problem.Pointer, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_cannot_be_read_says_where()
    {
        Assert.Empty(GuardRailFile.Read("{ \"guardRails\": [ { \"modell\": 1 } ] }", out var problems));

        Assert.Equal("not-readable", Assert.Single(problems).Code);
    }

    [Fact]
    public void Limits_are_the_same_after_they_were_written_and_read()
        => Gen.Select(Gen.Int[0, 5_000], Gen.Int[5_000, 10_000], Gen.Int[0, 10_000], Gen.Long[1, 1_000_000_000], Gen.Int[1, 365]).Sample((least, most, together, amount, days) =>
        {
            var limits = Shares((Funder.Province, new(least, most))) with { PublicMaxBp = together, TotalCostMax = amount, NationalMax = amount, RoundingUnitMax = amount, CallDaysMin = days };

            return GuardRailWords.Differences(limits, GuardRailFile.ReadLimits(GuardRailFile.Write(limits))).Count == 0;
        });

    [Fact]
    public void A_change_is_said_as_what_was_and_what_will_be()
        => Assert.Equal(
            [("국비 최대 50 % → 45 %", "central government, at most: 50 % → 45 %"), ("과제당 국비 최대 – → 200,000,000원", "central money in a project, at most: – → 200,000,000 won")],
            GuardRailWords.Differences(Local.Limits, Shares((Funder.National, new(0, 4_500))) with { NationalMax = 200_000_000 }).Select(line => (line.Ko, line.En)));

    private static GuardRailLimits Shares(params (Funder Funder, ShareRange Range)[] ranges) => new() { Shares = ranges.ToDictionary(pair => pair.Funder, pair => pair.Range) };

    private static IReadOnlyList<Problem> Check(string design, GuardRail rail) => DefinitionChecker.CheckRails(Compile(design), GuardRails.Shipped.With(rail));

    private static IEnumerable<string> Codes(string design, GuardRail rail) => Check(design, rail).Select(problem => problem.Code);

    private static CompiledWorkflow Compile(string design) => CompiledWorkflow.Compile(WorkflowDefinition.Parse(design).Required);

    private static string Advanced(int central) => Changed(Food, root =>
    {
        foreach (var (funder, target) in new[] { ("National", central), ("Firm", 7_000 - central) })
        {
            Share(root, "ADV", funder)["targetBp"] = target;
            Share(root, "ADV", funder)["minBp"] = 0;
            Share(root, "ADV", funder)["maxBp"] = 10_000;
        }
    });

    private static string Changed(string path, Action<JsonObject> change)
    {
        var definition = JsonNode.Parse(ShippedProgrammes.Text(path))!.AsObject();
        change(definition["root"]!.AsObject());
        return definition.ToJsonString();
    }

    private static JsonObject Step(JsonObject root, string id) => root["activities"]!.AsArray().Single(step => (string?)step!["id"] == id)!.AsObject();

    private static JsonObject Share(JsonObject root, string tier, string funder) => root["activities"]!.AsArray()
        .Single(step => (string?)step!["type"] == "Grant.ShareCost" && (string?)step["tier"] == tier)!["shares"]!.AsArray().Single(row => (string?)row!["funder"] == funder)!.AsObject();

    private static JsonObject Tier(JsonObject root, string code) => root["activities"]!.AsArray()
        .Single(step => (string?)step!["type"] == "Grant.ChooseTier")!["tiers"]!.AsArray().Single(row => (string?)row!["tier"] == code)!.AsObject();
}
