using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using NodaTime;
using SaaS.UnitTests.Programmes;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Simulation;
using SaaS.Workflows.Values;
using Xunit;

namespace SaaS.UnitTests.Workflows;

/// <summary>A definition over many firms.</summary>
public sealed class SimulationTests
{
    private const string ByScript = """
        {
          "id": "v1", "definitionId": "small", "version": 1,
          "inputs": [{ "name": "Application", "type": "Object" }],
          "variables": [{ "id": "verdict", "name": "verdict", "typeName": "String" }, { "id": "tier", "name": "tier", "typeName": "String" }, { "id": "reasons", "name": "reasons", "typeName": "Object" }],
          "root": { "id": "root", "type": "Elsa.Flowchart", "version": 1,
            "activities": [
              { "id": "small", "type": "Elsa.FlowDecision", "version": 1, "condition": { "typeName": "Boolean", "expression": { "type": "JavaScript", "value": "getApplication().firm.employees < 50 && setVariable('verdict', 'Eligible') === null && setVariable('tier', 'BASIC') === null" } } },
              { "id": "wait", "type": "Elsa.Event", "version": 1, "eventName": "Later" },
              { "id": "no", "type": "Elsa.SetVariable", "version": 1, "variable": { "id": "verdict" }, "value": "Ineligible" } ],
            "connections": [
              { "source": { "activity": "small", "port": "True" }, "target": { "activity": "wait" } },
              { "source": { "activity": "small", "port": "False" }, "target": { "activity": "no" } } ] }
        }
        """;

    private const string Header = "id,totalCost,requestedTier,solution,equipment,employees,revenue,averageSales,assets,independent,ksic,level,taxArrears,banned,completedTiers,region,municipality,supplierRegistered,leadFirm,score,documents,yearsWithoutSameAward,tiersThisYear,grantedNational,firmInKind,awardModel,awardTier,awardNationalGrant,awardFirmShare";
    private static readonly Instant Now = Instant.FromUtc(2025, 3, 4, 0, 0);

    private static readonly string[] Policies =
    [
        "approve", "evaluation=0.5", "evaluation=score>=60,inspection=0.9", "application=firm.level<=2,commitment=0.7", "evaluation=rank", "evaluation=rank:firm.level,agreement=0.8",
    ];

    private static readonly string[] Budgets = ["Province=200000000", "National=900000000"];

    public static TheoryData<string> Programmes => [.. ShippedProgrammes.Paths];

    [Theory]
    [MemberData(nameof(Programmes))]
    public void The_tables_alone_say_what_the_runtime_says_of_any_firms_under_any_policy(string programme) => Compare(ShippedProgrammes.Compile(programme));

    [Fact]
    public void They_say_so_too_where_a_municipality_is_an_exception()
    {
        var root = JsonNode.Parse(ShippedProgrammes.Text("tenants/jeonnam/programmes/food-2025.json"))!;
        var share = root["root"]!["activities"]!.AsArray().Single(activity => activity!["id"]!.GetValue<string>() == "shareBasic")!;
        share["overrides"] = JsonNode.Parse("""[{ "municipality": "46720", "shares": [{ "funder": "Province", "targetBp": 2000 }, { "funder": "Municipality", "targetBp": 4000 }] }]""");
        var workflow = CompiledWorkflow.Compile(WorkflowDefinition.Parse(root.ToJsonString()).Required);

        Compare(workflow);
        var sums = Run(
            new SimulationPlan(workflow, SimulationPolicy.Approved, Now),
            "id,municipality,totalCost,requestedTier,employees,revenue,ksic,banned,region,supplierRegistered\n"
            + "naju,46170,100000000,BASIC,20,5000000000,C10,false,46,true\n"
            + "gokseong,46720,100000000,BASIC,20,5000000000,C10,false,46,true\n",
            FirmFormat.Csv).Sums["municipalities"];

        Assert.Equal((30_000_000, 30_000_000, 40_000_000), (sums["46170"]["Province"].Whole, sums["46170"]["Municipality"].Whole, sums["46170"]["Firm"].Whole));
        Assert.Equal((20_000_000, 40_000_000, 40_000_000), (sums["46720"]["Province"].Whole, sums["46720"]["Municipality"].Whole, sums["46720"]["Firm"].Whole));
    }

    private static void Compare(CompiledWorkflow workflow)
    {
        var firms = Gen.Select(Firm.Array[1, 40], OneOf(Policies), Gen.Long[0, 1000], Gen.Bool);

        firms.Sample(
            (rows, policy, seed, stops) =>
            {
                var file = Header + "\n" + string.Join("\n", rows);
                var budgets = policy.Contains("rank", StringComparison.Ordinal) ? Budgets : [];
                var answers = SimulationPolicy.Parse([policy], [], budgets, seed, stops);
                var fast = new SimulationPlan(workflow, answers, Now);
                Assert.Null(fast.WhyNotByTables);
                var (sums, each) = Run(fast, file, FirmFormat.Csv);
                var (expectedSums, expected) = Run(new SimulationPlan(workflow, answers, Now, byRuntimeAlone: true), file, FirmFormat.Csv);
                Assert.Equal(expectedSums.ToJson(), sums.ToJson());
                Assert.Equal(expected, each);
            },
            iter: 60);
    }

    [Fact]
    public void A_definition_that_looks_at_the_application_by_a_script_is_run_firm_by_firm()
    {
        var plan = new SimulationPlan(CompiledWorkflow.Compile(WorkflowDefinition.Parse(ByScript).Required), SimulationPolicy.Approved, Now);
        var file = "id,employees,municipality\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"f{i},{i},46110\n"));

        var sums = Run(plan, file, FirmFormat.Csv).Sums;

        Assert.NotNull(plan.WhyNotByTables);
        Assert.Equal(50, sums["passed"].Whole);
        Assert.Equal(50, sums["tiers"]["BASIC"].Whole);
    }

    [Fact]
    public void Csv_and_jsonl_of_the_same_firms_give_the_same_sums()
    {
        var plan = new SimulationPlan(Jeonnam, SimulationPolicy.Approved, Now);
        const string csv = "id,totalCost,requestedTier,equipment,employees,revenue,ksic,banned,region,municipality,supplierRegistered\n"
            + "a,100000000,BASIC,,20,5000000000,C10,false,46,46170,true\n"
            + "b,100000001,BASIC,,20,5000000000,C10,false,46,46170,true\n"
            + "c,333333333,ADV,Robot;MetalDetector,301,150000000000,C11,false,46,46130,true\n"
            + "d,333333333,ADV,MetalDetector,301,150000000001,C11,false,46,46130,true\n"
            + "e,90000000,BASIC,,,5000000000,C10,,46,46170,true\n";
        const string jsonl = """
            {"totalCost":100000000,"requestedTier":"BASIC","firm":{"id":"a","employees":20,"revenue":5000000000,"ksic":"C10","banned":false},"facility":{"region":"46","municipality":"46170"},"supplier":{"id":"supplier"}}
            {"totalCost":100000001,"requestedTier":"BASIC","firm":{"id":"b","employees":20,"revenue":5e9,"ksic":"C10","banned":false},"facility":{"region":"46","municipality":"46170"},"supplier":{"id":"supplier"},"other":[{"x":1}]}

            {"totalCost":333333333,"requestedTier":"ADV","equipment":["Robot","MetalDetector"],"firm":{"id":"c","employees":301,"revenue":150000000000,"ksic":"\u004311","banned":false},"facility":{"region":"46","municipality":"46130"},"supplier":{"id":"supplier"}}
            {"totalCost":333333333,"requestedTier":"ADV","equipment":["MetalDetector"],"firm":{"id":"d","employees":301,"revenue":150000000001,"ksic":"C11","banned":false},"facility":{"region":"46","municipality":"46130"},"supplier":{"id":"supplier"}}
            {"totalCost":90000000,"requestedTier":"BASIC","firm":{"id":"e","revenue":5000000000,"ksic":"C10","banned":null},"facility":{"region":"46","municipality":"46170"},"supplier":{"id":"supplier"}}
            """;

        var (sums, outcomes) = Run(plan, csv, FirmFormat.Csv);

        Assert.Equal(Without(sums, "marginal"), Without(Run(plan, jsonl, FirmFormat.Jsonl).Sums, "marginal"));
        Assert.Equal(2, sums["passed"].Whole);
        Assert.Equal(1, sums["verdicts"]["Indeterminate"].Whole);
        Assert.Equal(166_666_000, sums["won"]["National"].Whole);
        Assert.Equal(["a Eligible BASIC", "b Eligible ", "c Eligible ADV", "d Ineligible ", "e Indeterminate "], outcomes.Select(Short));
        Assert.Equal(["d", "b"], sums["marginal"].Items.ToArray().OrderBy(firm => firm["line"].Number * -1).Select(firm => firm["id"].Text));

        static string Short(string outcome) => string.Join(' ', outcome.Split('|')[1..4]);
    }

    [Fact]
    public void Cells_in_quotes_may_hold_commas_quotes_and_line_breaks()
    {
        var plan = new SimulationPlan(Jeonnam, SimulationPolicy.Approved, Now);
        var file = "\ufeff\"id\",solution,totalCost,requestedTier,employees,revenue,ksic,banned,region,municipality,supplierRegistered\r\n"
            + "\"Kim, \"\"the\"\" maker\r\nof food\",\"MES\nAPS\",100000000, BASIC ,20,5000000000,\"C10\",false,46,46170,예\r\n\r\n"
            + "two,MES,90000000,BASIC,20,5000000000,C10,0,46,46170,1";

        var (sums, outcomes) = Run(plan, file, FirmFormat.Csv);

        Assert.Equal(2, sums["passed"].Whole);
        Assert.Equal(["2", "6"], outcomes.Select(outcome => outcome.Split('|')[0]));
        Assert.Equal("Kim, \"the\" maker\r\nof food", outcomes[0].Split('|')[1]);
    }

    [Fact]
    public void Every_line_that_cannot_be_read_is_told_with_its_column_and_nothing_is_simulated()
    {
        var plan = new SimulationPlan(Jeonnam, SimulationPolicy.Approved, Now);
        var file = "id,totalCost,employees,banned\na,1,2,false\nb,1억,2,false\nc,1,,maybe\nd,1,2\ne,x,y,z\n" + string.Concat(Enumerable.Repeat("f,?,1,true\n", 100));

        var problems = Assert.Throws<FirmFileException>(() => Run(plan, file, FirmFormat.Csv));

        Assert.Equal(106, problems.Count);
        Assert.Equal(20, problems.Problems.Count);
        Assert.Equal(["3 totalCost", "4 banned", "5 ", "6 banned", "6 employees", "6 totalCost", "7 totalCost"], problems.Problems.Take(7).Select(problem => $"{problem.Line} {problem.Column}"));
        var broken = Assert.Throws<FirmFileException>(() => Run(plan, "{\"totalCost\":1}\n{\"totalCost\":\"1\"}\n[]\n{\"firm\":\n", FirmFormat.Jsonl));
        Assert.Equal(["2 totalCost", "3 ", "4 "], broken.Problems.Select(problem => $"{problem.Line} {problem.Column}"));
        Assert.Equal(1, Assert.Throws<FirmFileException>(() => Run(plan, "name,cost\na,1\n", FirmFormat.Csv)).Count);
    }

    [Fact]
    public void The_ranking_takes_the_best_while_quota_and_money_last_whatever_the_order_of_the_file()
    {
        // SCENARIOS A7: 200/60/60/80 million each; Naju has money for one, Yeosu for two, Gokseong for one.
        string[] firms = ["A,46170,90", "B,46170,80", "C,46130,70", "D,46130,60", "E,46130,50", "F,46720,40"];
        string[] budgets = ["National=800000000", "Province=240000000", "Municipality@46170=60000000", "Municipality@46130=120000000", "Municipality@46720=60000000"];

        Assert.Equal(["A", "C", "D", "F"], Selected(firms, stops: false));
        Assert.Equal(["A", "C", "D", "F"], Selected([.. firms.Reverse()], stops: false));
        Assert.Equal(["A"], Selected(firms, stops: true));

        string[] Selected(string[] rows, bool stops)
        {
            var plan = new SimulationPlan(Jeonnam, SimulationPolicy.Parse([], [], budgets, stops: stops), Now);
            var file = "id,municipality,score,totalCost,requestedTier,equipment,employees,revenue,ksic,banned,region,supplierRegistered\n"
                + string.Concat(rows.Select(row => row + ",400000000,ADV,MetalDetector,20,5000000000,C10,false,46,true\n"));
            var (sums, outcomes) = Run(plan, file, FirmFormat.Csv);
            Assert.Equal(stops ? 1 : 4, sums["supported"].Whole);
            Assert.Equal(1, sums["reasons"]["budget:Municipality@46170"].Whole);
            Assert.Equal(stops ? 5 : 2, sums["results"]["Waitlisted"].Whole);
            return [.. outcomes.Where(outcome => outcome.Contains("|Completed|", StringComparison.Ordinal)).Select(outcome => outcome.Split('|')[1]).Order()];
        }
    }

    [Fact]
    public void A_file_of_many_chunks_gives_the_same_sums_as_its_parts()
    {
        var plan = new SimulationPlan(Jeonnam, SimulationPolicy.Approved, Now);
        var rows = Enumerable.Range(0, 30_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"f{i},{50_000_000 + (i * 2_000)},BASIC,MES,,{i % 400},{i % 3_000}00000000,1,1,true,C1{i % 3},0,false,false,,46,46{110 + (i % 7)},true,,,,,,,,,,,\n")).ToArray();

        var sums = Run(plan, Header + "\n" + string.Concat(rows), FirmFormat.Csv).Sums;
        var parts = rows.Chunk(1_000).Select(part => Run(plan, Header + "\n" + string.Concat(part), FirmFormat.Csv).Sums).ToList();

        Assert.Equal(30_000, sums["firms"].Whole);
        Assert.Equal(sums["passed"].Whole, parts.Sum(part => part["passed"].Whole));
        Assert.Equal(sums["won"]["Province"].Whole, parts.Sum(part => part["won"]["Province"].Whole));
        Assert.Equal(sums["municipalities"]["46113"]["Firm"].Whole, parts.Sum(part => part["municipalities"]["46113"]["Firm"].Whole));
    }

    private static CompiledWorkflow Jeonnam { get; } = ShippedProgrammes.Compile("tenants/jeonnam/programmes/food-2025.json");

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(at => texts[at]);

    private static Gen<string> Firm { get; } = Gen.Select(
        Gen.Int[1, 1_000_000],
        OneOf("", "0", "1", "60000000", "99999999", "100000000", "100000001", "120000000", "200000001", "333333333", "399999999", "400000000", "400000001", "500000000", "1.5", "999999999999999", "1000000000000000"),
        OneOf("", "BASIC", "ADV", "ADV1", "GEN", "T2-SMALL", "A", "X"),
        OneOf("", "MetalDetector", "Robot;XrayInspection", "Robot", "AI;DigitalTwin;AAS", "SmartHaccp"),
        OneOf("", "0", "49", "300", "301", "5000000000", "12.5"),
        OneOf("", "0", "5000000000", "150000000000", "150000000001"),
        Gen.Select(OneOf("", "3000000000", "12000000001", "80000000000", "150000000001"), OneOf("", "499999999999", "500000000000"), OneOf("", "true", "false"), (sales, assets, independent) => $"{sales},{assets},{independent}"),
        Gen.Select(OneOf("", "C10", "C10", "C10", "C11", "C29", "C34", "Z99"), OneOf("", "0", "2", "3", "5"), OneOf("", "true", "false", "false", "false"), OneOf("", "true", "false", "false", "false", "false"), (ksic, level, arrears, banned) => $"{ksic},{level},{arrears},{banned}"),
        (id, cost, tier, equipment, employees, revenue, money, sector) => (id, $"{id},{cost},{tier},MES,{equipment},{employees},{revenue},{money},{sector}"))
        .Select(
            Gen.Select(OneOf("", "BASIC", "ADV;BASIC"), OneOf("", "46", "48", "52", "41", "26", "28", "31", "43", "47"), OneOf("", "46170", "46720", "48120", "52130", "41110", "47130", "47190"), (done, region, municipality) => $"{done},{region},{municipality}"),
            Gen.Select(OneOf("", "true", "true", "true", "false"), OneOf("", "lg", "lg", "samsung"), OneOf("", "60", "59.9", "75"), (supplier, lead, score) => $"{supplier},{lead},{score}"),
            Gen.Select(
                OneOf("", "SUPPLY-RECORD", "PLAN;LEAD-COVER"), OneOf("", "0", "1", "2", "11"), OneOf("", "", "ADV1", "BASIC;ADV"), OneOf("", "0", "50000001", "200000000", "250000000", "-1"),
                Gen.Select(OneOf("", "0", "20000000", "400000000"), OneOf("", "Standard", "WinWin", "LocalGovernment"), OneOf("", "BASIC", "ADV1"), OneOf("", "0", "123456789", "4000000000"), OneOf("", "100000000", "400000000"), (kind, model, tier, grant, part) => $"{kind},{model},{tier},{grant},{part}"),
                (documents, years, tiers, granted, award) => $"{documents},{years},{tiers},{granted},{award}"),
            (firm, place, others, history) => $"{firm.Item2},{place},{others},{history}");

    private static (Value Sums, IReadOnlyList<string> Outcomes) Run(SimulationPlan plan, string file, FirmFormat format)
    {
        var outcomes = new List<string>();
        var sums = FirmSimulation.Run(
            plan,
            new MemoryStream(Encoding.UTF8.GetBytes(file)),
            format,
            outcome => outcomes.Add($"{outcome.Line}|{outcome.Id}|{outcome.Verdict}|{outcome.Tier}|{string.Join(',', outcome.Reasons)}|{outcome.Result}|{outcome.IsSupported}|{string.Join(',', outcome.Shares)}"),
            TestContext.Current.CancellationToken);
        return (sums, outcomes);
    }

    private static Value Without(Value sums, string member) => Value.Object([.. sums.Members!.Members.ToArray().Where(each => each.Key != member).Select(each => (each.Key, each.Value))]);
}
