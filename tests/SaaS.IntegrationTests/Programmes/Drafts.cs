using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Identity;
using SaaS.Platform.Programmes;
using SaaS.Workflows.Definitions;

namespace SaaS.IntegrationTests.Programmes;

/// <summary>Drafts of programmes of Jeollanam-do that nobody has published yet.</summary>
internal static class Drafts
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static Task<DraftAuthor> AuthorAsync(this Season season, string user)
        => season.AsAsync(user, $"/t/{user.Split('.')[0]}", (CurrentActor actor) => Task.FromResult(DraftAuthor.Of(actor)!));

    /// <summary>A new programme that says what Jeollanam-do's food programme says.</summary>
    public static async Task<Guid> StartDraftAsync(this Season season, DraftAuthor author, string slug)
    {
        var template = await File.ReadAllTextAsync(Path.Combine(Season.Tenants, "jeonnam", "programmes", "food-2025.json"), Cancelled);
        await using var db = season.Platform.Planes.OpenTenant("jeonnam", author.UserId);
        var programme = new Programme(slug, ProgrammeModel.LocalGovernment, slug, slug);
        db.Add(programme);
        await db.SaveChangesAsync(Cancelled);
        var id = WorkflowDefinition.Parse(template).Required.DefinitionId;
        db.Add(new DefinitionDraft(programme.Id, $"{slug}-2026", template.Replace(id, $"{slug}-2026", StringComparison.Ordinal), author.UserId, season.Platform.Clock.GetCurrentInstant()));
        await db.SaveChangesAsync(Cancelled);
        return programme.Id;
    }

    public static async Task<ReadDraft.Draft> DraftAsync(this Season season, DraftAuthor author, Guid programme)
    {
        var outcome = await season.Platform.Services.GetRequiredService<ReadDraft>().RunAsync(author, programme, Cancelled);
        Assert.True(outcome.IsDone(out var draft));
        return draft;
    }

    /// <summary>The author hands the draft over as it is now.</summary>
    public static async Task HandOverAsync(this Season season, DraftAuthor author, Guid programme)
    {
        var draft = await season.DraftAsync(author, programme);
        Assert.Empty((await season.Platform.Services.GetRequiredService<HandOverDraft>().RunAsync(author, programme, draft.Revision, "도 예산이 확정되었습니다.", Cancelled)).WhyNot);
    }
}
