using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SaaS.IntegrationTests.Access;
using SaaS.IntegrationTests.Jobs;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;

namespace SaaS.IntegrationTests.Programmes;

/// <summary>Definitions that are far too large, too deep or wrong in themselves get a clear answer soon, over HTTP and on the command line, and the host goes on.</summary>
public sealed class BadDefinitionTests(PlatformFixture platform)
{
    private const string Api = "/elsa/api/workflow-definitions";
    private const string Programme = "jeonnam-food-2025";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static string Good => File.ReadAllText(Path.Combine(Season.Tenants, "jeonnam", "programmes", "food-2025.json"));

    [Fact]
    public async Task What_Studio_saves_or_publishes_is_refused_in_words_and_no_version_comes_of_it()
    {
        await Season.OpenAsync(platform);
        await using var website = new Website(platform);
        var (cookie, colleague) = (await CookieAsync(website, "jeonnam.officer"), await CookieAsync(website, "jeonnam.approver"));

        foreach (var (bad, isPublished, code, word) in new (Func<string, string>, bool, int, string)[]
        {
            (BadDefinitions.TenMegabytes, false, 400, "8,000,000"),
            (BadDefinitions.TenThousandSteps, false, 400, "5,000"),
            (BadDefinitions.NestedTwentyThousandDeep, false, 400, "request-unreadable"),
            (BadDefinitions.AnIdTwice, false, 400, "evaluation"),
            (BadDefinitions.AWrongTypeInAnInput, false, 400, "Within days"),
            (BadDefinitions.ACycleThatNeverWaits, true, 400, "round"),
            (BadDefinitions.AConnectionToNowhere, true, 400, "nowhere"),
            (good => "{" + new string(' ', 31 * 1024 * 1024) + good[1..], false, 413, ""),
        })
        {
            // A draft may be unfinished: what is wrong for publishing alone was saved.
            var model = bad(await ModelAsync(website, cookie));
            var watch = Stopwatch.StartNew();
            var answer = await SaveAsync(website, cookie, model, isPublished: false);
            if (isPublished)
            {
                Assert.Equal(200, answer.Code);
                answer = await website.SendAsync(HttpMethod.Post, $"{Api}/{Programme}/publish", colleague, new StringContent("{}", Encoding.UTF8, "application/json"));
            }

            Assert.True(
                answer.Code == code && answer.Body.Contains(word, StringComparison.Ordinal), $"{bad.Method.Name}: {answer.Code} {answer.Body[..Math.Min(answer.Body.Length, 500)]}");
            Assert.DoesNotContain("   at ", answer.Body, StringComparison.Ordinal);
            Assert.True(watch.Elapsed < Soon, $"{bad.Method.Name}: {watch.Elapsed}");
        }

        Assert.Empty(website.Faults);
        Assert.Equal(200, (await website.SendAsync(HttpMethod.Get, Api, cookie)).Code);
        await using var db = platform.Planes.OpenTenant("jeonnam");
        Assert.Equal(1, await db.Set<DefinitionVersion>().CountAsync(Cancelled));
    }

    [Fact]
    public async Task Of_two_who_publish_over_HTTP_at_once_one_makes_the_version_and_the_other_hears_that_it_is_there_or_why_not()
    {
        await Season.OpenAsync(platform);
        await using var website = new Website(platform);
        var cookie = await CookieAsync(website, "jeonnam.officer");
        var changed = JsonNode.Parse(await ModelAsync(website, cookie))!;
        changed["description"] = "설명만 바꿉니다.";

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SaveAsync(website, cookie, changed.ToJsonString(), isPublished: true)));

        Assert.Contains(answers, answer => answer.Code == 200);
        Assert.All(answers, answer => Assert.True(answer.Code is 200 or 400, $"{answer.Code}: {answer.Body}"));
        Assert.All(answers.Where(answer => answer.Code == 400), answer => Assert.Contains("errors", answer.Body, StringComparison.Ordinal));
        Assert.Empty(website.Faults);
        await using var db = platform.Planes.OpenTenant("jeonnam");
        Assert.Equal([1, 2], await db.Set<DefinitionVersion>().OrderBy(version => version.Version).Select(version => version.Version).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task The_command_line_says_one_line_a_problem_and_runs_what_can_be_run_to_a_named_end()
    {
        using var programs = new ProductPrograms(platform);
        foreach (var (bad, checkedCode, ran) in new (Func<string, string>, string, string)[]
        {
            (BadDefinitions.TenMegabytes, "definition-too-large", "8,000,000"),
            (BadDefinitions.TenThousandSteps, "definition-too-large", "5,000"),
            (BadDefinitions.NestedTwentyThousandDeep, "not-json", "256"),
            (BadDefinitions.AnIdTwice, "duplicate-id", "subStatus"),
            (BadDefinitions.AConnectionToNowhere, "connection-to-nowhere", "subStatus"),
            (BadDefinitions.AWrongTypeInAnInput, "unusable-input", "subStatus"),
            (BadDefinitions.ACycleThatNeverWaits, "endless-cycle", "subStatus"),
        })
        {
            var file = Path.Combine(programs.Folder, $"{bad.Method.Name}.json");
            await File.WriteAllTextAsync(file, bad(Good), Cancelled);

            var (validated, problems) = await RunAsync(programs, "validate", file);
            var (_, result) = await RunAsync(programs, "run", file);

            Assert.Equal(1, validated);
            Assert.Contains($": {checkedCode}: ", problems, StringComparison.Ordinal);
            Assert.All(problems.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith($"{file}: ", line, StringComparison.Ordinal));
            Assert.Contains(ran, result, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", problems + result, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_cycle_that_never_waits_is_stopped_and_names_the_step()
    {
        using var programs = new ProductPrograms(platform);
        var file = Path.Combine(programs.Folder, "cycle.json");
        await File.WriteAllTextAsync(
            file,
            """
            { "id": "cycle:1", "definitionId": "cycle", "version": 1, "root": { "id": "root", "type": "Elsa.Flowchart", "version": 1,
              "activities": [{ "id": "round", "type": "Elsa.WriteLine", "version": 1 }, { "id": "again", "type": "Elsa.WriteLine", "version": 1 }],
              "connections": [
                { "source": { "activity": "round", "port": "Done" }, "target": { "activity": "again", "port": "In" } },
                { "source": { "activity": "again", "port": "Done" }, "target": { "activity": "round", "port": "In" } }] } }
            """,
            Cancelled);

        var (_, problems) = await RunAsync(programs, "validate", file);
        var (_, result) = await RunAsync(programs, "run", file);

        Assert.Contains(": endless-cycle: ", problems, StringComparison.Ordinal);
        Assert.Contains("\"subStatus\":\"Faulted\"", result, StringComparison.Ordinal);
        Assert.Matches("was stopped before '(round|again)'", result);
    }

    private async Task<string> CookieAsync(Website website, string user)
    {
        await using var db = platform.Planes.Open(new PlaneContext(Plane.Identity));
        var person = await db.Users.SingleAsync(person => person.UserName == user, Cancelled);
        var organisation = await db.Memberships.Where(membership => membership.UserId == person.Id).Select(membership => membership.OrganisationId).FirstAsync(Cancelled);
        return website.CookieOf(person.Id, person.SecurityStamp, organisation);
    }

    private static async Task<string> ModelAsync(Website website, string cookie)
    {
        var opened = await website.SendAsync(HttpMethod.Get, $"{Api}/by-definition-id/{Programme}?versionOptions=Latest", cookie);
        Assert.Equal(200, opened.Code);
        return opened.Body;
    }

    private static Task<Answer> SaveAsync(Website website, string cookie, string model, bool isPublished)
        => website.SendAsync(HttpMethod.Post, Api, cookie, new StringContent($$"""{ "publish": {{(isPublished ? "true" : "false")}}, "model": {{model}} }""", Encoding.UTF8, "application/json"));

    private static async Task<(int ExitCode, string Said)> RunAsync(ProductPrograms programs, string command, string file)
    {
        var log = Path.Combine(programs.Folder, "saas.log");
        File.Delete(log);
        using var process = programs.Start("saas", "workflow", command, file);
        await process.WaitForExitAsync(Cancelled);
        return (process.ExitCode, await programs.LogAsync("saas"));
    }
}
