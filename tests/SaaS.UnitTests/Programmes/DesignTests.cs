using System.Text.Json.Nodes;
using CsCheck;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Comparison;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Designing;
using SaaS.Workflows.Programmes;
using Xunit;

namespace SaaS.UnitTests.Programmes;

/// <summary>What an official does to a programme in the designer.</summary>
public sealed class DesignTests
{
    private const string Food = "tenants/jeonnam/programmes/food-2025.json";

    [Fact]
    public void A_human_task_put_after_a_step_comes_before_what_came_next_and_its_refusal_ends_the_case()
    {
        var design = Load(Food).AddStep("Grant.HumanTask", "application", "Accepted", out var task).Rename(task, new("센터 의견", "Centre's opinion"));

        Assert.Equal([], Errors(design));
        Assert.Equal((task, "evaluation", "closeRejected"), (Target(design, "application", "Accepted"), Target(design, task, "Yes"), Target(design, task, "No")));
        Assert.Equal(
            ["신청 단계", "센터 의견", "평가 단계", "도비 확약", "시·군비 확약", "협약 체결"],
            ProgrammeOutline.Read(design.Definition).Tier("BASIC")!.Stages.Take(6).Select(stage => stage.Name.Ko));
    }

    [Fact]
    public void A_step_that_is_taken_out_leaves_its_way_whole()
    {
        var design = Load(Food).RemoveStep("interimInspection");

        Assert.Equal([], Errors(design));
        Assert.Equal("tranche2", Target(design, "tranche1", "Paid"));
        Assert.DoesNotContain(design.Definition.Root.Flowchart.Connections, way => way.Source == "interimInspection" || way.Target == "interimInspection");
    }

    [Fact]
    public void A_payment_taken_out_of_the_table_goes_with_its_inspection_and_the_others_are_numbered_anew()
    {
        var design = Load(Food);
        var lines = design.TranchesOf("tranche1");

        var shorter = design.SetTranches("tranche1", [Line(lines[0], 5_000), Line(lines[2], 5_000)]);

        Assert.Equal([], Errors(shorter));
        Assert.Equal(("finalInspection", "tranche3"), (Target(shorter, "tranche1", "Paid"), Target(shorter, "finalInspection", "Passed")));
        Assert.DoesNotContain(shorter.Definition.Root.Flowchart.Activities, step => step.Id is "tranche2" or "interimInspection");
        Assert.Equal("2차(마지막) 지급", ProgrammeOutline.Read(shorter.Definition).Tier("BASIC")!.Stages.Last(stage => stage.Name.Ko.Contains("지급", StringComparison.Ordinal)).Name.Ko);
    }

    [Fact]
    public void The_final_inspection_stays_before_what_is_the_last_payment_when_the_last_one_goes()
    {
        var design = Load(Food);
        var lines = design.TranchesOf("tranche1");

        var shorter = design.SetTranches("tranche1", [Line(lines[0], 5_000), Line(lines[1], 5_000)]);

        Assert.Equal([], Errors(shorter));
        Assert.Equal([null, "Final"], shorter.TranchesOf("tranche1").Select(line => (string?)line["gate"]));
    }

    [Fact]
    public void A_step_that_moves_keeps_the_ends_of_its_refusals()
    {
        var design = Load(Food).MoveStep("commitMunicipality", "evaluation", "Selected");

        Assert.Equal([], Errors(design));
        Assert.Equal(("commitMunicipality", "which", "agreement"), (Target(design, "evaluation", "Selected"), Target(design, "commitMunicipality", "Committed"), Target(design, "commitProvince", "Committed")));
        Assert.Equal("closeRefused", Target(design, "commitMunicipality", "TimedOut"));
    }

    [Fact]
    public void A_new_tier_begins_like_another_and_is_chosen_by_those_who_ask_for_it()
    {
        var design = Load(Food).AddTier("ADV2", new("고도화2", "Advanced 2"), "ADV");

        Assert.Equal([], Errors(design));
        var tier = ProgrammeOutline.Read(design.Definition).Tier("ADV2")!;
        Assert.Equal(5_000, tier.Shares!.Of(SaaS.Domain.Money.Funder.National)!.TargetBp);
        Assert.Equal("국비 확보", tier.Stages[2].Name.Ko);
        Assert.Equal(["BASIC", "ADV", "ADV2"], ProgrammeOutline.Read(design.Definition).Tiers.Select(each => each.Code));
    }

    [Fact]
    public void A_tier_that_gets_another_code_keeps_its_way_its_shares_and_the_conditions_that_name_it()
    {
        var design = Load(Food).RecodeTier("ADV", "HIGH");

        Assert.Equal([], Errors(design));
        var outline = ProgrammeOutline.Read(design.Definition);
        Assert.Equal(["BASIC", "HIGH"], outline.Tiers.Select(tier => tier.Code));
        Assert.Equal(ProgrammeOutline.Read(Load(Food).Definition).Tier("ADV")!.Stages.Select(stage => stage.Name.Ko), outline.Tier("HIGH")!.Stages.Select(stage => stage.Name.Ko));
        Assert.DoesNotContain("\"ADV\"", design.ToJson(), StringComparison.Ordinal);
        Assert.Equal(Load(Food).ToJson(), design.RecodeTier("HIGH", "ADV").ToJson(), ignoreAllWhiteSpace: true);
    }

    [Fact]
    public void The_step_that_divides_the_cost_of_a_tier_follows_its_name_until_somebody_names_it_himself()
    {
        var named = Load(Food).NameTier("BASIC", new("소기업형", "Small firms"));
        var own = named.Rename("shareBasic", new("나누기", "Divide")).NameTier("BASIC", new("기초형", "Basic type"));

        Assert.Equal("사업비 분담(소기업형)", StepNames.Of(named.Definition.Root.Flowchart.Activities.Single(step => step.Id == "shareBasic")).Ko);
        Assert.Equal("나누기", StepNames.Of(own.Definition.Root.Flowchart.Activities.Single(step => step.Id == "shareBasic")).Ko);
    }

    [Fact]
    public void A_tier_that_goes_takes_the_steps_with_it_that_only_it_came_to()
    {
        var design = Load(Food).RemoveTier("ADV");

        Assert.DoesNotContain(design.Definition.Root.Flowchart.Activities, step => step.Id is "shareAdv" or "reserve");
        Assert.Equal([], Errors(design));
    }

    [Fact]
    public void Funders_with_a_share_are_asked_and_funders_without_are_not()
    {
        var design = Load("workflows/local-basic.json")
            .SetInput("shareBasic", "shares", Shares(("LeadFirm", 3_000), ("Province", 3_000), ("Firm", 4_000)))
            .ArrangeFunding();

        Assert.Equal(["Province", "LeadFirm"], design.Definition.Root.Flowchart.Activities.Where(step => step.Type == "Grant.CommitShare").Select(step => step.Property("funder")!.Value.GetString()));
        Assert.Equal(("commitLeadFirm", "agreement"), (Target(design, "commitProvince", "Committed"), Target(design, "commitLeadFirm", "Committed")));
        Assert.Equal("closeRefused", Target(design, "commitLeadFirm", "Refused"));
        Assert.Equal([], Errors(design));
    }

    [Fact]
    public void National_money_in_a_share_table_is_reserved_before_anybody_else_commits()
    {
        var design = Load("workflows/local-basic.json")
            .SetInput("shareBasic", "shares", Shares(("National", 5_000), ("Province", 1_500), ("Municipality", 1_500), ("Firm", 2_000)))
            .ArrangeFunding();

        Assert.Equal(["국비 확보", "도비 확약", "시·군비 확약"], ProgrammeOutline.Read(design.Definition).Tiers[0].Stages.Skip(2).Take(3).Select(stage => stage.Name.Ko));
        Assert.Equal([], Errors(design));
    }

    [Fact]
    public void What_nobody_edited_stays_to_the_last_unknown_member()
    {
        var json = JsonNode.Parse(ShippedProgrammes.Text(Food))!.AsObject();
        json["x-own"] = JsonNode.Parse("""{ "kept": [1, 2.50] }""");
        json["root"]!["activities"]![6]!["x-step"] = "kept";
        var before = WorkflowDefinition.Parse(json.ToJsonString()).Required;

        var after = Design.Of(before).SetInput("evaluation", "passMark", 70);
        var back = after.SetInput("evaluation", "passMark", 60);

        Assert.Equal("평가 단계, 합격 점수: 60 → 70", Assert.Single(DefinitionDifferences.Between(before, after.Definition)).Sentence.Ko);
        Assert.Equal(before.ToCanonicalJson(), back.Definition.ToCanonicalJson());
    }

    [Fact]
    public void No_edit_of_any_shipped_programme_breaks_the_definition_or_changes_the_design_before_it()
    {
        var designs = ShippedProgrammes.Paths.Select(Load).ToArray();
        var edit = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 1_000], Gen.Int[0, 1_000]);
        Gen.Select(Gen.Int[0, designs.Length - 1], edit.Array[1, 12]).Sample((first, edits) =>
        {
            var design = designs[first];
            foreach (var (kind, one, other) in edits)
            {
                var before = design.ToJson();
                var next = Apply(design, kind, one, other);
                Assert.Equal(before, design.ToJson());
                var chart = next.Definition.Root.Flowchart;
                var ids = chart.Activities.Select(step => step.Id).ToList();
                Assert.Equal(ids.Count, ids.Distinct().Count());
                Assert.All(chart.Connections, way => Assert.True(ids.Contains(way.Source) && ids.Contains(way.Target), way.ToString()));
                design = next;
            }
        }, iter: 100);
    }

    private static Design Apply(Design design, int kind, int one, int other)
    {
        var steps = design.Definition.Root.Flowchart.Activities;
        var ways = design.Definition.Root.Flowchart.Connections;
        if (steps.Count == 0 || ways.Count == 0)
        {
            return design;
        }

        var step = steps[one % steps.Count].Id;
        var way = ways[other % ways.Count];
        var tiers = ProgrammeOutline.Read(design.Definition).Tiers;
        return kind switch
        {
            0 => design.AddStep(one % 2 == 0 ? "Grant.HumanTask" : "Grant.Notify", way.Source, way.SourcePort, out _),
            1 => design.RemoveStep(step),
            2 => design.MoveStep(step, way.Source, way.SourcePort),
            3 when tiers.Count > 0 => design.AddTier($"T{one}-{other}-{tiers.Count}", new("유형", "Tier"), tiers[one % tiers.Count].Code),
            4 when tiers.Count > 0 => design.RemoveTier(tiers[other % tiers.Count].Code),
            5 => design.ArrangeFunding(),
            _ => design,
        };
    }

    private static Design Load(string path) => Design.Of(ShippedProgrammes.Definition(path));

    private static IEnumerable<string> Errors(Design design)
        => DefinitionChecker.Check(design.Definition).Where(problem => problem.Severity == Severity.Error).Select(problem => $"{problem.Code} {problem.Pointer} {problem.En}");

    private static string? Target(Design design, string source, string port)
        => design.Definition.Root.Flowchart.Connections.Where(way => way.Source == source && way.SourcePort == port).Select(way => way.Target).SingleOrDefault();

    private static JsonArray Shares(params (string Funder, int BasisPoints)[] rows)
        => [.. rows.Select(row => new JsonObject { ["funder"] = row.Funder, ["base"] = "EligibleCost", ["minBp"] = 0, ["targetBp"] = row.BasisPoints, ["maxBp"] = 10_000, ["paidBy"] = row.Funder == "National" ? "National" : "Self" })];

    private static JsonObject Line(JsonObject line, int basisPoints)
    {
        var row = line.DeepClone().AsObject();
        row["percentBp"] = basisPoints;
        return row;
    }
}
