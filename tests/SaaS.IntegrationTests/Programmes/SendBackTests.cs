using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SaaS.IntegrationTests.Inbox;
using SaaS.Platform.Inbox;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Designing;

namespace SaaS.IntegrationTests.Programmes;

/// <summary>The officer of Jeollanam-do makes a draft, and the approver looks it over.</summary>
public sealed class SendBackTests(PlatformFixture platform)
{
    private const string Why = "시·군비 확약 공문이 빠졌습니다.\n붙인 뒤 다시 요청해 주세요.";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_that_is_sent_back_waits_for_its_author_with_the_reason_until_he_asks_again()
    {
        var (season, programme, officer, approver) = await OpenAsync();
        await season.HandOverAsync(officer, programme);

        Assert.True((await SendBackAsync(season, approver, programme, $"  {Why} ")).IsDone(out var sentBack));

        Assert.Empty(await season.WhoAsync(WaitingKind.DraftToPublish));
        Assert.Equal(["jeonnam.officer"], await season.WhoAsync(WaitingKind.DraftReturned));
        var item = (await season.InboxAsync("jeonnam.officer")).Single(item => item.Kind is WaitingKind.DraftReturned);
        Assert.Equal((sentBack.ReturnId, programme, "first", Why, 1), (item.Id, item.ProgrammeId, item.TitleKo, item.Reason, item.Number));
        var draft = await season.DraftAsync(officer, programme);
        Assert.Null(draft.ReadyAt);
        Assert.Equal((approver.UserId, officer.UserId, Why, platform.Clock.GetCurrentInstant()), (draft.Returned!.ReturnedBy, draft.Returned.HandedOverBy, draft.Returned.Reason, draft.Returned.ReturnedAt));

        // To mend it is not to ask again: the reason stays in view meanwhile.
        Assert.True((await Of<SaveDraft>().RunAsync(officer, programme, Mended(draft).ToJson(), draft.Revision, Cancelled)).IsDone(out _));
        Assert.Equal(Why, (await season.DraftAsync(officer, programme)).Returned?.Reason);
        Assert.Equal(["jeonnam.officer"], await season.WhoAsync(WaitingKind.DraftReturned));

        await season.HandOverAsync(officer, programme);
        Assert.Null((await season.DraftAsync(officer, programme)).Returned);
        Assert.Empty(await season.WhoAsync(WaitingKind.DraftReturned));
        Assert.Equal(["jeonnam.approver"], await season.WhoAsync(WaitingKind.DraftToPublish));
    }

    [Fact]
    public async Task The_history_and_the_audit_keep_each_return_also_after_the_draft_went_to_KOSMO()
    {
        var (season, programme, officer, approver) = await OpenAsync();
        await season.HandOverAsync(officer, programme);
        Assert.Empty((await SendBackAsync(season, approver, programme, Why)).WhyNot);
        platform.Clock.Advance(Duration.FromHours(1));
        await season.HandOverAsync(officer, programme);
        Assert.Empty((await SendBackAsync(season, approver, programme, "지급 비율을 확인해 주세요.")).WhyNot);

        var draft = await season.DraftAsync(approver, programme);
        Assert.Empty((await Of<PublishDraft>().RunAsync(approver, programme, new PublishDraft.Request(draft.Revision, "확인했습니다."), Cancelled)).WhyNot);

        Assert.Empty(await season.WhoAsync(WaitingKind.DraftReturned));
        Assert.Null((await season.DraftAsync(officer, programme)).Returned);
        var history = await season.AsAsync("jeonnam.officer", "/t/jeonnam", (ProgrammeHistory read) => read.RunAsync(programme, Cancelled));
        Assert.True(history.IsDone(out var kept));
        Assert.Equal(["지급 비율을 확인해 주세요.", Why], kept.Returns.Select(row => row.Reason));
        Assert.All(kept.Returns, row => Assert.Equal((1, officer.UserId, approver.UserId), (row.Version, row.HandedOverBy, row.ReturnedBy)));
        await using var db = platform.Planes.OpenTenant("jeonnam");
        var audited = await db.AuditEntries.Where(entry => entry.Action == "draft.sent-back" && entry.SubjectId == programme).ToListAsync(Cancelled);
        Assert.Equal(2, audited.Count);
        Assert.All(audited, entry => Assert.Equal(approver.UserId, entry.UserId));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" \n ")]
    public async Task Without_a_reason_nothing_is_sent_back(string? reason)
    {
        var (season, programme, officer, approver) = await OpenAsync();
        await season.HandOverAsync(officer, programme);

        var refused = Assert.Single((await SendBackAsync(season, approver, programme, reason)).WhyNot);

        Assert.Equal(("reason-missing", "reason"), (refused.Code, refused.Where));
        Assert.Equal(("반려하는 까닭을 적어 주세요. 초안을 만든 사람이 그대로 봅니다.", "Say why it is sent back. Whoever made the draft reads it."), (refused.Ko, refused.En));
        Assert.Equal(["reason-too-long"], Codes(await SendBackAsync(season, approver, programme, new string('가', 1_001))));
        Assert.Equal(["jeonnam.approver"], await season.WhoAsync(WaitingKind.DraftToPublish));
        Assert.Empty(await season.WhoAsync(WaitingKind.DraftReturned));
    }

    [Fact]
    public async Task Only_who_may_publish_and_did_not_make_the_draft_sends_it_back_and_another_tenant_finds_nothing()
    {
        var (season, programme, officer, approver) = await OpenAsync();
        Assert.Equal(["draft-not-handed-over"], Codes(await SendBackAsync(season, approver, programme, Why)));
        await season.HandOverAsync(officer, programme);

        Assert.Equal(["second-person-needed"], Codes(await SendBackAsync(season, officer, programme, Why)));
        Assert.Equal(["role-missing"], Codes(await SendBackAsync(season, await season.AuthorAsync("jeonnam.finance"), programme, Why)));
        var gyeongnam = await season.AuthorAsync("gyeongnam.officer");
        Assert.IsType<Outcome<SendBackDraft.SentBack>.NotFound>(await Of<SendBackDraft>().RunAsync(gyeongnam, programme, 1, Why, Cancelled));
        Assert.Equal(["draft-changed"], (await Of<SendBackDraft>().RunAsync(approver, programme, 2, Why, Cancelled)).WhyNot.Select(reason => reason.Code));

        Assert.Empty((await SendBackAsync(season, approver, programme, Why)).WhyNot);
        Assert.Equal(["draft-not-handed-over"], Codes(await SendBackAsync(season, approver, programme, Why)));
        Assert.DoesNotContain(await season.InboxAsync("gyeongnam.officer"), item => item.Kind is WaitingKind.DraftReturned);
        await using var db = platform.Planes.OpenTenant("gyeongnam", gyeongnam.UserId);
        Assert.Empty(await db.Set<DraftReturn>().IgnoreQueryFilters().ToListAsync(Cancelled));
    }

    private async Task<(Season Season, Guid Programme, DraftAuthor Officer, DraftAuthor Approver)> OpenAsync()
    {
        var season = await Season.OpenAsync(platform);
        var officer = await season.AuthorAsync("jeonnam.officer");
        return (season, await season.StartDraftAsync(officer, "first"), officer, await season.AuthorAsync("jeonnam.approver"));
    }

    private async Task<Outcome<SendBackDraft.SentBack>> SendBackAsync(Season season, DraftAuthor author, Guid programme, string? reason)
        => await Of<SendBackDraft>().RunAsync(author, programme, (await season.DraftAsync(author, programme)).Revision, reason, Cancelled);

    private static Design Mended(ReadDraft.Draft draft) => Design.Of(WorkflowDefinition.Parse(draft.Json).Required).SetInput("evaluation", "passMark", 65);

    private static IEnumerable<string> Codes<T>(Outcome<T> outcome) => outcome.WhyNot.Select(reason => reason.Code);

    private T Of<T>()
        where T : notnull => platform.Services.GetRequiredService<T>();
}
