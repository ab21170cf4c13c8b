using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SaaS.Platform.Calls;
using SaaS.Platform.Identity;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Designing;

namespace SaaS.IntegrationTests.Programmes;

/// <summary>How a programme's next version comes about. It is 4 March 2025: Jeollanam-do's call of 2025 is open.</summary>
public sealed class DraftTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_programme_without_a_draft_shows_its_newest_version_and_the_first_save_makes_the_draft()
    {
        var (season, programme, officer) = await OpenAsync();
        var read = await DraftAsync(officer, programme);
        Assert.Equal((2, 0), (read.Version, read.Revision));

        var saved = await SaveAsync(officer, programme, Design.Of(Parse(read.Json)).Rename("evaluation", new("서면 평가", "Paper review")), read.Revision);

        Assert.True(saved.IsDone(out var first));
        var again = await DraftAsync(officer, programme);
        Assert.Equal((2, 1, first.Revision), (again.Version, again.Revision, 1));
        Assert.Contains("서면 평가", again.Json, StringComparison.Ordinal);
        Assert.Equal(1, await season.CountAsync("definition_versions where definition_id = 'jeonnam-food-2025'"));
    }

    [Fact]
    public async Task Of_two_who_saved_what_they_saw_the_second_is_told_and_overwrites_nothing()
    {
        var (season, programme, officer) = await OpenAsync();
        var approver = await AuthorAsync(season, "jeonnam.approver");
        var read = await DraftAsync(officer, programme);
        await SaveAsync(officer, programme, Design.Of(Parse(read.Json)).Rename("evaluation", new("첫째", "First")), 0);

        var second = await SaveAsync(approver, programme, Design.Of(Parse(read.Json)).Rename("evaluation", new("둘째", "Second")), 0);

        Assert.Equal((RefusalKind.Conflict, "draft-changed"), (Kind(second), second.WhyNot[0].Code));
        Assert.Contains("첫째", (await DraftAsync(officer, programme)).Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_saves_of_one_revision_at_once_keep_exactly_one()
    {
        var (_, programme, officer) = await OpenAsync();
        var read = await DraftAsync(officer, programme);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(number =>
            SaveAsync(officer, programme, Design.Of(Parse(read.Json)).Rename("evaluation", new($"평가 {number}", $"Review {number}")), 0)));

        Assert.Equal(1, outcomes.Count(outcome => outcome.IsDone(out _)));
        Assert.All(outcomes.Where(outcome => !outcome.IsDone(out _)), outcome => Assert.Equal(RefusalKind.Conflict, Kind(outcome)));
        Assert.Equal(1, (await DraftAsync(officer, programme)).Revision);
    }

    [Fact]
    public async Task What_changes_words_alone_is_published_by_its_author_and_the_open_call_follows()
    {
        var (season, programme, officer) = await OpenAsync();
        var read = await DraftAsync(officer, programme);
        await SaveAsync(officer, programme, Design.Of(Parse(read.Json)).Rename("evaluation", new("서면 평가", "Paper review")), 0);

        var published = await PublishAsync(officer, programme, 1);

        Assert.True(published.IsDone(out var version), string.Join(' ', published.WhyNot.Select(reason => reason.En)));
        Assert.Equal((2, true), (version.Version, version.IsNew));
        await using var db = season.Platform.Planes.OpenTenant("jeonnam");
        Assert.Equal(version.VersionId, await db.Set<Call>().Where(call => call.Number == "2025-1").Select(call => call.DefinitionVersionId).SingleAsync(Cancelled));
        Assert.Equal((3, 0), ((await DraftAsync(officer, programme)).Version, (await DraftAsync(officer, programme)).Revision));
    }

    [Fact]
    public async Task Money_and_rules_go_to_KOSMO_from_somebody_who_did_not_write_them()
    {
        var (season, programme, officer) = await OpenAsync();
        var read = await DraftAsync(officer, programme);
        await SaveAsync(officer, programme, Design.Of(Parse(read.Json)).SetInput("tier", "tiers", Tiers(read.Json, ceiling: 120_000_000)), 0);

        var alone = await PublishAsync(officer, programme, 1);
        var together = await PublishAsync(await AuthorAsync(season, "jeonnam.approver"), programme, 1);

        Assert.Equal(["second-person-needed"], alone.WhyNot.Select(reason => reason.Code));
        Assert.Equal(["kosmo-asked"], together.WhyNot.Select(reason => reason.Code));
    }

    [Fact]
    public async Task While_a_call_is_open_its_terms_do_not_become_worse_for_firms()
    {
        var (season, programme, officer) = await OpenAsync();
        var read = await DraftAsync(officer, programme);
        await SaveAsync(officer, programme, Design.Of(Parse(read.Json)).SetInput("tier", "tiers", Tiers(read.Json, ceiling: 80_000_000)), 0);

        var refused = await PublishAsync(await AuthorAsync(season, "jeonnam.approver"), programme, 1);

        var reason = Assert.Single(refused.WhyNot);
        Assert.Equal(("terms-worse-while-open", "tier"), (reason.Code, reason.Where));
        Assert.Contains("기초 총사업비 상한 100,000,000원 → 80,000,000원", reason.Ko, StringComparison.Ordinal);
        Assert.Equal(1, (await DraftAsync(officer, programme)).Revision);
    }

    [Fact]
    public async Task An_unfinished_draft_is_kept_and_publishing_it_names_everything_that_is_wrong()
    {
        var (season, programme, officer) = await OpenAsync();
        var read = await DraftAsync(officer, programme);
        var broken = JsonNode.Parse(read.Json)!;
        Activity(broken, "shareBasic")["shares"]!.AsArray().Single(row => (string?)row!["funder"] == "Firm")!["targetBp"] = 4_500;
        Assert.True((await SaveAsync(officer, programme, Design.Of(Parse(broken.ToJsonString())).SetInput("evaluation", "passMark", 200), 0)).IsDone(out _));

        var approver = await AuthorAsync(season, "jeonnam.approver");
        await using (var db = season.Platform.Planes.OpenTenant("jeonnam"))
        {
            await db.Set<Call>().Where(call => call.Number == "2025-1").ExecuteUpdateAsync(set => set.SetProperty(call => call.ClosesAt, season.Platform.Clock.GetCurrentInstant()), Cancelled);
        }

        var refused = await PublishAsync(approver, programme, 1);

        Assert.Contains(refused.WhyNot, reason => reason.Ko.Contains("105 %", StringComparison.Ordinal));
        Assert.True(refused.WhyNot.Count > 1);
        Assert.Equal(1, (await DraftAsync(officer, programme)).Revision);
    }

    [Fact]
    public async Task Two_publishes_at_once_make_one_version_and_one_clear_answer()
    {
        var (season, programme, officer) = await OpenAsync();
        var read = await DraftAsync(officer, programme);
        await SaveAsync(officer, programme, Design.Of(Parse(read.Json)).Rename("evaluation", new("서면 평가", "Paper review")), 0);

        var outcomes = await Task.WhenAll(PublishAsync(officer, programme, 1), PublishAsync(officer, programme, 1));

        Assert.Single(outcomes, outcome => outcome.IsDone(out _));
        Assert.Equal("draft-gone", Assert.Single(outcomes, outcome => !outcome.IsDone(out _)).WhyNot[0].Code);
        Assert.Equal(2, await season.CountAsync("definition_versions where definition_id = 'jeonnam-food-2025'"));
    }

    [Fact]
    public async Task An_old_version_comes_back_as_a_draft_and_stays_as_it_was()
    {
        var (_, programme, officer) = await OpenAsync();
        var first = await DraftAsync(officer, programme);
        await SaveAsync(officer, programme, Design.Of(Parse(first.Json)).Rename("evaluation", new("서면 평가", "Paper review")), 0);
        await PublishAsync(officer, programme, 1);

        var back = await platform.Services.GetRequiredService<RevertDraft>().RunAsync(officer, programme, version: 1, revision: 0, Cancelled);

        Assert.True(back.IsDone(out _));
        Assert.Equal(Parse(first.Json).ToCanonicalJson(), Parse((await DraftAsync(officer, programme)).Json).ToCanonicalJson());
        Assert.True((await PublishAsync(officer, programme, 1)).IsDone(out var third));
        Assert.Equal(3, third.Version);
    }

    [Fact]
    public async Task A_version_is_not_retracted_while_its_call_takes_applications_and_never_changes_in_the_database()
    {
        var (season, programme, officer) = await OpenAsync();
        var retract = platform.Services.GetRequiredService<RetractDefinition>();
        Assert.Equal("call-open", (await retract.RunAsync(officer, programme, Cancelled)).WhyNot[0].Code);
        await using (var db = season.Platform.Planes.OpenTenant("jeonnam"))
        {
            await db.Set<Call>().Where(call => call.Number == "2025-1").ExecuteUpdateAsync(set => set.SetProperty(call => call.ClosesAt, season.Platform.Clock.GetCurrentInstant()), Cancelled);
            var refused = await Assert.ThrowsAsync<PostgresException>(() => db.Database.ExecuteSqlAsync($"update definition_versions set json = '{{}}' where definition_id = 'jeonnam-food-2025'", Cancelled));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }

        Assert.True((await retract.RunAsync(officer, programme, Cancelled)).IsDone(out var version));
        Assert.True((await retract.RunAsync(officer, programme, Cancelled)).IsDone(out var again));
        Assert.Equal(version, again);
        Assert.Equal(1, await season.CountAsync("definition_retractions"));
    }

    [Fact]
    public async Task Others_than_the_tenants_officers_neither_see_nor_change_a_draft()
    {
        var (season, programme, officer) = await OpenAsync();
        var read = await DraftAsync(officer, programme);
        var foreign = await AuthorAsync(season, "naju.officer", "naju");
        var finance = await AuthorAsync(season, "jeonnam.finance");

        Assert.IsType<Outcome<ReadDraft.Draft>.NotFound>(await platform.Services.GetRequiredService<ReadDraft>().RunAsync(foreign, programme, Cancelled));
        Assert.IsType<Outcome<SaveDraft.Saved>.NotFound>(await SaveAsync(foreign, programme, Design.Of(Parse(read.Json)), 0));
        Assert.IsType<Outcome<SaveDraft.Saved>.Refused>(await SaveAsync(foreign with { Tenant = "jeonnam" }, programme, Design.Of(Parse(read.Json)), 0));
        Assert.Equal(RefusalKind.Forbidden, Kind(await SaveAsync(finance, programme, Design.Of(Parse(read.Json)), 0)));
        Assert.IsType<Outcome<PublishDefinition.Published>.NotFound>(await PublishAsync(foreign, programme, 1));
    }

    [Fact]
    public async Task What_is_no_definition_or_another_one_is_refused_in_words()
    {
        var (_, programme, officer) = await OpenAsync();
        var save = platform.Services.GetRequiredService<SaveDraft>();
        var other = JsonNode.Parse((await DraftAsync(officer, programme)).Json)!;
        other["definitionId"] = "another";

        Assert.Equal("not-json", (await save.RunAsync(officer, programme, "{ nonsense", 0, Cancelled)).WhyNot[0].Code);
        Assert.Equal("no-root", (await save.RunAsync(officer, programme, "{}", 0, Cancelled)).WhyNot[0].Code);
        Assert.Equal("definition-id-changed", (await save.RunAsync(officer, programme, other.ToJsonString(), 0, Cancelled)).WhyNot[0].Code);
    }

    private async Task<(Season Season, Guid Programme, DraftAuthor Officer)> OpenAsync()
    {
        var season = await Season.OpenAsync(platform);
        await using var db = platform.Planes.OpenTenant("jeonnam");
        return (season, await db.Set<Programme>().Select(programme => programme.Id).SingleAsync(Cancelled), await AuthorAsync(season, "jeonnam.officer"));
    }

    private static Task<DraftAuthor> AuthorAsync(Season season, string user, string tenant = "jeonnam")
        => season.AsAsync(user, "/t/" + tenant, (CurrentActor actor) => Task.FromResult(DraftAuthor.Of(actor)!));

    private async Task<ReadDraft.Draft> DraftAsync(DraftAuthor author, Guid programme)
    {
        Assert.True((await platform.Services.GetRequiredService<ReadDraft>().RunAsync(author, programme, Cancelled)).IsDone(out var draft));
        return draft;
    }

    private Task<Outcome<SaveDraft.Saved>> SaveAsync(DraftAuthor author, Guid programme, Design design, int revision)
        => platform.Services.GetRequiredService<SaveDraft>().RunAsync(author, programme, design.ToJson(), revision, Cancelled);

    private async Task<Outcome<PublishDefinition.Published>> PublishAsync(DraftAuthor author, Guid programme, int revision)
        => await platform.Services.GetRequiredService<PublishDraft>().RunAsync(author, programme, new(revision, "시험"), Cancelled) switch
        {
            Outcome<PublishDraft.Result>.Done { Value.Published: { } published } => published,
            Outcome<PublishDraft.Result>.Done => new Refusal("kosmo-asked", "", ""),
            Outcome<PublishDraft.Result>.Refused refused => new Outcome<PublishDefinition.Published>.Refused(refused.Kind, refused.Reasons),
            _ => Absent.Row,
        };

    private static RefusalKind? Kind<T>(Outcome<T> outcome) => (outcome as Outcome<T>.Refused)?.Kind;

    private static WorkflowDefinition Parse(string json) => WorkflowDefinition.Parse(json).Required;

    private static JsonNode Activity(JsonNode definition, string id) => definition["root"]!["activities"]!.AsArray().Single(activity => (string?)activity!["id"] == id)!;

    private static JsonNode Tiers(string json, long ceiling)
    {
        var tiers = Activity(JsonNode.Parse(json)!, "tier")["tiers"]!.DeepClone();
        tiers[0]!["totalCostMax"] = ceiling;
        return tiers;
    }
}
