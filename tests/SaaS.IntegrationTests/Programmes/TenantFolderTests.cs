using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Domain.Money;
using SaaS.Platform.Applications;
using SaaS.Platform.Evaluations;
using SaaS.Platform.Identity;
using SaaS.Platform.Onboarding;
using SaaS.Platform.Programmes;
using SaaS.Platform.Tasks;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Designing;

namespace SaaS.IntegrationTests.Programmes;

/// <summary>A tenant's folder is its programme: what changes there changes for new applications, without a rebuild.</summary>
public sealed class TenantFolderTests(PlatformFixture platform) : IDisposable
{
    private readonly string copies = Directory.CreateTempSubdirectory("saas-tenants-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(copies, recursive: true);

    [Fact]
    public async Task Applying_again_changes_nothing()
    {
        var season = await Season.OpenAsync(platform);
        string[] tables = ["tenants", "organisations", "firms", "facilities", "suppliers", "users", "memberships", "programmes", "definition_versions", "calls", "budget_lines", "national_grants"];
        var before = await CountsAsync(season, tables);

        var again = await season.ApplyAsync(Season.Tenants);

        Assert.Empty(again.Problems);
        Assert.All(again.Applied.SelectMany(tenant => tenant.Done), line => Assert.DoesNotContain(" new", line, StringComparison.Ordinal));
        Assert.Equal(before, await CountsAsync(season, tables));
    }

    [Fact]
    public async Task A_definition_comes_out_as_it_went_in_with_members_that_nobody_knows()
    {
        var season = await Season.OpenAsync(platform);
        var folder = Copy("jeonnam");
        var file = Path.Combine(folder, "programmes", "food-2025.json");
        Edit(file, definition =>
        {
            definition["zzUnknown"] = new JsonObject { ["b"] = 1.50, ["a"] = "가나다" };
            definition["root"]!["activities"]![0]!["metadata"]!["somebodyElses"] = new JsonArray(1, null, true);
        });

        Assert.Empty((await season.ApplyAsync(folder)).Problems);
        var outcome = await platform.Services.GetRequiredService<ExportDefinition>().RunAsync("jeonnam", "food-2025", null, Cancelled);

        Assert.True(outcome.IsDone(out var exported));
        var canonical = WorkflowDefinition.Parse(await File.ReadAllTextAsync(file, Cancelled)).Required.ToCanonicalJson();
        Assert.Equal(canonical, exported![0].Json);
        Assert.Equal(DefinitionVersion.HashOf(canonical), exported[0].Hash);
        Assert.Contains("가나다", exported[0].Json, StringComparison.Ordinal);
        Assert.Equal(2, exported[0].Version);
    }

    [Fact]
    public async Task A_tenant_goes_out_as_a_folder_and_into_an_empty_system_with_the_same_designs()
    {
        var season = await Season.OpenAsync(platform);
        var folder = Path.Combine(copies, "out");
        await ExportAsync(folder, drafts: false);
        var before = await DesignsAsync();

        await platform.ResetAsync();
        var applied = await season.ApplyAsync(folder);

        Assert.Empty(applied.Problems);
        Assert.Equal(before, await DesignsAsync());
        Assert.Equal(0, await season.CountAsync("calls"));
        Assert.All((await season.ApplyAsync(folder)).Applied.SelectMany(tenant => tenant.Done), line => Assert.EndsWith("unchanged", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_draft_goes_out_line_by_line_for_those_who_read_it_before_it_counts()
    {
        var season = await Season.OpenAsync(platform);
        var folder = Path.Combine(copies, "out");
        var published = await ExportAsync(folder, drafts: false);
        var officer = await season.AsAsync("jeonnam.officer", "/t/jeonnam", (CurrentActor actor) => Task.FromResult(DraftAuthor.Of(actor)!));
        Guid programme;
        await using (var db = platform.Planes.OpenTenant("jeonnam"))
        {
            programme = db.Set<Programme>().Select(row => row.Id).Single();
        }

        var design = Design.Of(WorkflowDefinition.Parse(published).Required).SetInput("evaluation", "passMark", 65);
        Assert.True((await platform.Services.GetRequiredService<SaveDraft>().RunAsync(officer, programme, design.ToJson(), 0, Cancelled)).IsDone(out _));

        Assert.Equal(published, await ExportAsync(folder, drafts: false));
        var changed = (await ExportAsync(folder, drafts: true)).Split('\n').Except(published.Split('\n'));
        Assert.Equal(["\"passMark\": 65,"], changed.Select(line => line.Trim()));
    }

    /// <summary>Jeonnam's programme as the file holds it.</summary>
    private async Task<string> ExportAsync(string folder, bool drafts)
    {
        Assert.True((await platform.Services.GetRequiredService<ExportTenant>().RunAsync("jeonnam", null, null, drafts, Cancelled)).IsDone(out var files));
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, file.Text, Cancelled);
        }

        return files.Single(file => file.Path == "programmes/food-2025.json").Text;
    }

    private async Task<IReadOnlyList<string>> DesignsAsync()
    {
        Assert.True((await platform.Services.GetRequiredService<ExportDefinition>().RunAsync("jeonnam", null, null, Cancelled)).IsDone(out var designs));
        return [.. designs.Select(design => $"{design.Programme} {design.Hash}")];
    }

    // The programme in the tenant's own hands: other shares and a step more.
    [Fact]
    public async Task A_changed_share_and_a_new_task_count_for_new_applications_and_not_for_old_ones()
    {
        var season = await Season.OpenAsync(platform);
        var old = await SubmitAsync(season, "namdo");
        var folder = Copy("jeonnam");
        Edit(Path.Combine(folder, "programmes", "food-2025.json"), ChangeSharesAndAskForAnOpinion);

        Assert.Empty((await season.ApplyAsync(folder)).Problems);
        var young = await SubmitAsync(season, "baewon");
        await season.RunJobsAsync();
        await ScoreAllAsync(season);
        await season.RunJobsAsync();

        Assert.Equal(
            new Dictionary<Funder, long> { [Funder.Province] = 30_000_000, [Funder.Municipality] = 30_000_000, [Funder.Firm] = 40_000_000 },
            await season.SharesAsync("jeonnam", old.Id));
        Assert.Equal(
            new Dictionary<Funder, long> { [Funder.Province] = 25_000_000, [Funder.Municipality] = 35_000_000, [Funder.Firm] = 40_000_000 },
            await season.SharesAsync("jeonnam", young.Id));
        Assert.Equal(ApplicationStatus.AwaitingCommitment, (await season.ApplicationAsync("jeonnam", old.Id)).Status);
        Assert.Equal(ApplicationStatus.AwaitingTask, (await season.ApplicationAsync("jeonnam", young.Id)).Status);
        Assert.NotEqual(old.DefinitionVersionId, young.DefinitionVersionId);

        var task = Assert.Single(await season.AsAsync("centre.jnm", "/centre", (ListTasks list) => list.RunAsync(null, Cancelled)));
        Assert.Equal("센터 의견", task.TitleKo);
        var unknown = await season.AsAsync("centre.jnm", "/centre", (CompleteTask complete) => complete.RunAsync(task.Id, new("Perhaps", null), Cancelled));
        Assert.Equal("answer-unknown", unknown.WhyNot[0].Code);
        var answered = await season.AsAsync("centre.jnm", "/centre", (CompleteTask complete) => complete.RunAsync(task.Id, new("Agree", "좋습니다."), Cancelled));
        Assert.Empty(answered.WhyNot);
        var twice = await season.AsAsync("centre.jnm", "/centre", (CompleteTask complete) => complete.RunAsync(task.Id, new("Disagree", null), Cancelled));
        Assert.Equal("task-closed", twice.WhyNot[0].Code);
        await season.RunJobsAsync();

        Assert.Equal(ApplicationStatus.AwaitingCommitment, (await season.ApplicationAsync("jeonnam", young.Id)).Status);
    }

    [Fact]
    public async Task Everything_wrong_in_a_folder_is_said_at_once_and_nothing_is_stored()
    {
        var season = await Season.OpenAsync(platform);
        var folder = Copy("jeonnam");
        var before = await CountsAsync(season, ["definition_versions", "calls", "budget_lines"]);
        Edit(Path.Combine(folder, "tenant.json"), tenant =>
        {
            tenant["organisation"]!["businessNumber"] = "601-83-10741";
            tenant["calls"]![0]!["closesAt"] = "2025-02-24T09:00";
            tenant["calls"]![0]!["budgets"]![0]!["funder"] = "Emperor";
        });
        Edit(Path.Combine(folder, "programmes", "food-2025.json"), definition =>
        {
            Activity(definition, "shareBasic")["shares"]![0]!["targetBp"] = 2_999;
            Activity(definition, "close")["type"] = "Grant.Vanish";
        });

        var result = await season.ApplyAsync(folder);

        var codes = result.Problems.Select(problem => problem.Code).ToHashSet();
        Assert.Superset(new HashSet<string> { "business-number-check", "window-empty", "funder-unknown" }, codes);
        Assert.Contains(result.Problems, problem => problem.File.EndsWith("food-2025.json", StringComparison.Ordinal));
        Assert.All(result.Problems, problem => Assert.Matches(@"^.+\.json: /.*: [A-Za-z0-9-]+: .+ / .+$", problem.ToString()));
        Assert.Equal(before, await CountsAsync(season, ["definition_versions", "calls", "budget_lines"]));
    }

    [Fact]
    public async Task A_file_that_is_no_JSON_is_named_with_its_line()
    {
        var season = await Season.OpenAsync(platform);
        var folder = Copy("naju");
        await File.WriteAllTextAsync(Path.Combine(folder, "tenant.json"), "{\n  \"id\": naju\n}", Cancelled);

        var problem = Assert.Single((await season.ApplyAsync(folder)).Problems, problem => problem.Code == "not-readable");

        Assert.Contains("Line 2", problem.En, StringComparison.Ordinal);
    }

    private static void ChangeSharesAndAskForAnOpinion(JsonNode definition)
    {
        foreach (var (share, bp) in Activity(definition, "shareBasic")["shares"]!.AsArray().Zip([2_500, 3_500, 4_000]))
        {
            share!["minBp"] = bp;
            share["targetBp"] = bp;
            share["maxBp"] = bp;
        }

        AskForAnOpinion(definition);
    }

    /// <summary>The centre says what it thinks of a case that was selected.</summary>
    internal static void AskForAnOpinion(JsonNode definition)
    {
        var root = definition["root"]!;
        root["activities"]!.AsArray().Add(JsonNode.Parse("""
            {
              "id": "opinion", "nodeId": "Workflow1:root:opinion", "name": "opinion", "type": "Grant.HumanTask", "version": 1,
              "customProperties": { "canStartWorkflow": false, "runAsynchronously": false }, "metadata": {},
              "titleKo": "센터 의견", "titleEn": "Centre's opinion", "assignee": "Centre",
              "answers": [{ "code": "Agree", "ko": "찬성", "en": "Agree" }, { "code": "Disagree", "ko": "반대", "en": "Disagree" }]
            }
            """));
        var connections = root["connections"]!.AsArray();
        var selected = connections.Single(connection => (string?)connection!["source"]!["activity"] == "evaluation" && (string?)connection["source"]!["port"] == "Selected")!;
        selected["target"]!["activity"] = "opinion";
        connections.Add(Connection("opinion", "Agree", "which"));
        connections.Add(Connection("opinion", "Disagree", "closeNotSelected"));
    }

    private static JsonObject Connection(string source, string port, string target) => new()
    {
        ["source"] = new JsonObject { ["activity"] = source, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = target, ["port"] = "In" },
        ["vertices"] = new JsonArray(),
    };

    private static JsonNode Activity(JsonNode definition, string id)
        => definition["root"]!["activities"]!.AsArray().Single(activity => (string?)activity!["id"] == id)!;

    internal static void Edit(string file, Action<JsonNode> change)
    {
        var json = JsonNode.Parse(File.ReadAllText(file))!;
        change(json);
        File.WriteAllText(file, json.ToJsonString());
    }

    internal static async Task<GrantApplication> SubmitAsync(Season season, string firm)
    {
        var outcome = await season.SubmitAsync(firm, "jeonnam", await season.RequestAsync(firm, "jeonnam", 100_000_000));
        Assert.True(outcome.IsDone(out var receipt));
        return await season.ApplicationAsync("jeonnam", receipt!.ApplicationId);
    }

    internal static async Task ScoreAllAsync(Season season)
    {
        string[] evaluators = ["evaluator1", "evaluator2"];
        foreach (var evaluator in evaluators)
        {
            foreach (var row in await season.AsAsync(evaluator, "/assess", (ListEvaluations list) => list.RunAsync(Cancelled)))
            {
                var review = await season.AsAsync(evaluator, "/assess", (ViewEvaluation view) => view.RunAsync(row.Id, Cancelled));
                Assert.True(review.IsDone(out var open));
                var scores = open!.Criteria.ToDictionary(criterion => criterion.Code, criterion => (int?)criterion.Weight);
                var outcome = await season.AsAsync(evaluator, "/assess", (ScoreEvaluation score) => score.RunAsync(row.Id, new(false, scores, "좋습니다."), Cancelled));
                Assert.Empty(outcome.WhyNot);
            }
        }
    }

    private static async Task<string> CountsAsync(Season season, string[] tables)
    {
        var counts = new List<string>();
        foreach (var table in tables)
        {
            counts.Add($"{table}={await season.CountAsync(table)}");
        }

        return string.Join(' ', counts);
    }

    private string Copy(string tenant)
    {
        var target = Path.Combine(copies, tenant);
        Directory.CreateDirectory(Path.Combine(target, "programmes"));
        foreach (var file in Directory.GetFiles(Path.Combine(Season.Tenants, tenant), "*.json", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(target, Path.GetRelativePath(Path.Combine(Season.Tenants, tenant), file)));
        }

        return target;
    }
}
