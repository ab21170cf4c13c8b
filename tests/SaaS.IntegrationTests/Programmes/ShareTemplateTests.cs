using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Identity;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Programmes;

namespace SaaS.IntegrationTests.Programmes;

/// <summary>A tenant lends a published programme to others, who begin one of their own with it and see nothing else.</summary>
public sealed class ShareTemplateTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_province_begins_with_what_Jeonnam_shares_and_the_programme_is_its_own()
    {
        var (season, programme, officer) = await OpenAsync();
        var other = await AuthorAsync(season, "gyeongnam.officer", "gyeongnam");
        Assert.Empty(await Of<ShareTemplate>().ListAsync(other, Cancelled));

        Assert.True((await Of<ShareTemplate>().RunAsync(officer, programme, Cancelled)).IsDone(out var shared));

        var offer = Assert.Single(await Of<ShareTemplate>().ListAsync(other, Cancelled));
        Assert.Equal((shared.Id, 1, "전라남도"), (offer.Id, offer.Version, offer.TenantKo));
        Assert.Empty(await Of<ShareTemplate>().ListAsync(officer, Cancelled));
        Assert.True((await BeginAsync(other, offer.Id)).IsDone(out var started));
        await using var db = platform.Planes.OpenTenant("gyeongnam");
        var draft = await db.Set<DefinitionDraft>().SingleAsync(draft => draft.ProgrammeId == started.ProgrammeId, Cancelled);
        Assert.Equal("gyeongnam-borrowed", draft.DefinitionId);
        Assert.Equal(["BASIC", "ADV"], ProgrammeOutline.Read(WorkflowDefinition.Parse(draft.Json).Required).Tiers.Select(tier => tier.Code));
    }

    [Fact]
    public async Task What_is_no_longer_shared_begins_nothing_and_what_was_begun_stays()
    {
        var (season, programme, officer) = await OpenAsync();
        var other = await AuthorAsync(season, "gyeongnam.officer", "gyeongnam");
        Assert.True((await Of<ShareTemplate>().RunAsync(officer, programme, Cancelled)).IsDone(out var shared));
        Assert.True((await BeginAsync(other, shared.Id)).IsDone(out var started));

        Assert.True((await Of<ShareTemplate>().WithdrawAsync(officer, programme, Cancelled)).IsDone(out _));

        Assert.Empty(await Of<ShareTemplate>().ListAsync(other, Cancelled));
        Assert.IsType<Outcome<StartProgramme.Started>.NotFound>(await BeginAsync(other, shared.Id));
        Assert.IsType<Outcome<Guid>.NotFound>(await Of<ShareTemplate>().WithdrawAsync(officer, programme, Cancelled));
        await using var db = platform.Planes.OpenTenant("gyeongnam");
        Assert.True(await db.Set<DefinitionDraft>().AnyAsync(draft => draft.ProgrammeId == started.ProgrammeId, Cancelled));
    }

    [Fact]
    public async Task Only_those_who_publish_share_only_their_own_and_only_what_is_published()
    {
        var (season, programme, officer) = await OpenAsync();
        var foreign = await AuthorAsync(season, "gyeongnam.officer", "gyeongnam");
        var finance = await AuthorAsync(season, "jeonnam.finance", "jeonnam");

        Assert.IsType<Outcome<ShareTemplate.Shared>.NotFound>(await Of<ShareTemplate>().RunAsync(foreign, programme, Cancelled));
        Assert.Equal(["role-missing"], (await Of<ShareTemplate>().RunAsync(finance, programme, Cancelled)).WhyNot.Select(reason => reason.Code));
        Assert.Equal(["role-missing"], (await Of<ShareTemplate>().WithdrawAsync(finance, programme, Cancelled)).WhyNot.Select(reason => reason.Code));
        Assert.True((await Of<StartProgramme>().RunAsync(officer, Request("local-basic", "new"), Cancelled)).IsDone(out var draft));
        Assert.Equal(["not-published"], (await Of<ShareTemplate>().RunAsync(officer, draft.ProgrammeId, Cancelled)).WhyNot.Select(reason => reason.Code));
    }

    [Fact]
    public async Task Ten_who_share_at_once_share_it_once()
    {
        var (season, programme, officer) = await OpenAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Of<ShareTemplate>().RunAsync(officer, programme, Cancelled)));

        Assert.Single(outcomes.Select(outcome => outcome.IsDone(out var shared) ? shared.Id : Guid.Empty).Distinct());
        Assert.Equal(1, await season.CountAsync("shared_templates"));
    }

    private async Task<(Season Season, Guid Programme, DraftAuthor Officer)> OpenAsync()
    {
        var season = await Season.OpenAsync(platform);
        await using var db = platform.Planes.OpenTenant("jeonnam");
        return (season, await db.Set<Programme>().Select(programme => programme.Id).SingleAsync(Cancelled), await AuthorAsync(season, "jeonnam.officer", "jeonnam"));
    }

    private Task<Outcome<StartProgramme.Started>> BeginAsync(DraftAuthor author, Guid template) => Of<StartProgramme>().RunAsync(author, Request(template.ToString(), "borrowed"), Cancelled);

    private static StartProgramme.Request Request(string from, string slug) => new(from, slug, "빌린 사업", "Borrowed", 2026, null, null, null, null, null);

    private static Task<DraftAuthor> AuthorAsync(Season season, string user, string tenant)
        => season.AsAsync(user, "/t/" + tenant, (CurrentActor actor) => Task.FromResult(DraftAuthor.Of(actor)!));

    private T Of<T>()
        where T : notnull => platform.Services.GetRequiredService<T>();
}
