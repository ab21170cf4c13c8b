using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SaaS.IntegrationTests.Workflows;
using SaaS.Platform.Identity;
using SaaS.Platform.Programmes;
using SaaS.Workflows.Definitions;

namespace SaaS.IntegrationTests.Programmes;

/// <summary>Workflows that hold another as an activity, when that one is published anew.</summary>
public sealed class ConsumerTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_published_user_of_a_workflow_gets_a_draft_with_its_new_version()
    {
        var season = await Season.OpenAsync(platform);
        var first = await PublishAsync(season, Used("old", updates: true));
        await platform.PublishAsync("jeonnam", User(first));

        var second = await PublishAsync(season, Used("new", updates: true));

        var use = Use(Assert.Single(await DraftsAsync("user")));
        Assert.Equal((second.ToString(), 2), ((string?)use["workflowDefinitionVersionId"], (int?)use["version"]));
        Assert.Equal((second.ToString(), 2), ((string?)use["latestAvailablePublishedVersionId"], (int?)use["latestAvailablePublishedVersion"]));
    }

    [Fact]
    public async Task A_draft_that_holds_the_workflow_is_rewritten_and_its_authors_stay_who_they_were()
    {
        var season = await Season.OpenAsync(platform);
        var first = await PublishAsync(season, Used("old", updates: true));
        await platform.PublishAsync("jeonnam", User(first));
        await PublishAsync(season, Used("newer", updates: true));
        var before = Assert.Single(await DraftsAsync("user"));

        var third = await PublishAsync(season, Used("newest", updates: true), "jeonnam.approver");

        var after = Assert.Single(await DraftsAsync("user"));
        Assert.Equal(third.ToString(), (string?)Use(after)["workflowDefinitionVersionId"]);
        Assert.Equal((before.Revision + 1, before.SavedBy), (after.Revision, after.SavedBy));
        Assert.Equal(before.Authors, after.Authors);
    }

    [Fact]
    public async Task A_workflow_that_does_not_ask_for_it_leaves_its_users_alone()
    {
        var season = await Season.OpenAsync(platform);
        var first = await PublishAsync(season, Used("old", updates: false));
        await platform.PublishAsync("jeonnam", User(first));

        await PublishAsync(season, Used("new", updates: false));

        Assert.Empty(await DraftsAsync("user"));
    }

    private static JsonObject Use(DefinitionDraft draft) => JsonNode.Parse(draft.Json)!["root"]!["activities"]![0]!.AsObject();

    private static JsonObject Used(string text, bool updates)
    {
        var definition = Plain.Sequence("used", Plain.Line("say", text));
        definition["customProperties"] = new JsonObject { ["programme"] = new JsonObject { ["slug"] = "used", ["model"] = "LocalGovernment", ["ko"] = "공통 단계", ["en"] = "Shared steps" } };
        definition["options"] = new JsonObject { ["usableAsActivity"] = true, ["autoUpdateConsumingWorkflows"] = updates };
        return definition;
    }

    private static JsonObject User(Guid used)
    {
        var use = Plain.Activity("Used", "use");
        use["workflowDefinitionId"] = "used";
        use["workflowDefinitionVersionId"] = used.ToString();
        return Plain.Sequence("user", use, Plain.Line("done", "끝"));
    }

    private async Task<Guid> PublishAsync(Season season, JsonObject definition, string by = "jeonnam.officer")
    {
        var person = await season.AsAsync(by, "/t/jeonnam", (CurrentActor actor) => Task.FromResult(DraftAuthor.Of(actor)!.UserId));
        await using var db = platform.Planes.OpenTenant("jeonnam");
        var outcome = await platform.Services.GetRequiredService<PublishDefinition>()
            .RunAsync(db, WorkflowDefinition.Parse(definition.ToJsonString()).Required, person, "new version", Cancelled);
        Assert.True(outcome.IsDone(out var published), string.Join(' ', outcome.WhyNot.Select(reason => reason.En)));
        await db.SaveChangesAsync(Cancelled);
        return published.VersionId;
    }

    private async Task<List<DefinitionDraft>> DraftsAsync(string definitionId)
    {
        await using var db = platform.Planes.OpenTenant("jeonnam");
        return await db.Set<DefinitionDraft>().AsNoTracking().Where(draft => draft.DefinitionId == definitionId).ToListAsync(Cancelled);
    }
}
