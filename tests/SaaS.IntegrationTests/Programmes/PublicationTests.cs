using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.IntegrationTests.Inbox;
using SaaS.Platform.Applications;
using SaaS.Platform.Calls;
using SaaS.Platform.Identity;
using SaaS.Platform.Inbox;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Platform.Shares;
using SaaS.Platform.Time;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Designing;

namespace SaaS.IntegrationTests.Programmes;

/// <summary>What counts only when KOSMO agrees. It is 4 March 2025: Jeollanam-do's call of 2025 is open until 4 April.</summary>
public sealed class PublicationTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_share_that_gets_worse_while_the_call_is_open_is_refused_with_every_reason_and_the_way_out()
    {
        var (season, programme) = await WorsenedAsync();

        var refused = await PublishAsync(season, programme);

        Assert.All(refused.WhyNot, reason => Assert.Equal("terms-worse-while-open", reason.Code));
        Assert.Contains(refused.WhyNot, reason => reason.Ko.Contains("공고를 취소하고 다시 내거나", StringComparison.Ordinal));
        Assert.Equal(0, await season.CountAsync("publication_requests"));
    }

    [Fact]
    public async Task The_exception_names_a_longer_window_and_a_reason_and_all_that_is_missing_is_said_at_once()
    {
        var (season, programme) = await WorsenedAsync();

        var refused = await PublishAsync(season, programme, reason: " ", exception: new("2025-03-10T18:00", "2025-03-01T09:00"));

        Assert.Equal(
            ["deadline-earlier", "extension-too-short", "reason-missing", "time-passed"], refused.WhyNot.Select(reason => reason.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_exception_that_KOSMO_grants_changes_new_applications_alone_and_stands_there_as_a_dated_correction()
    {
        var (season, programme) = await WorsenedAsync();
        var submitted = await season.SubmitAsync("namdo", "jeonnam", await season.RequestAsync("namdo", "jeonnam", 100_000_000));
        Assert.True(submitted.IsDone(out var first), string.Join(' ', submitted.WhyNot.Select(reason => reason.En)));
        Assert.True((await PublishAsync(season, programme, exception: new("2025-04-30T18:00"))).IsDone(out var asked));
        Assert.Null(asked.Published);
        Assert.Equal(1, await season.CountAsync("definition_versions where definition_id = 'jeonnam-food-2025'"));

        var silent = await DecideAsync(season, asked.RequestId!.Value, new(true, null));
        Assert.Equal(["reason-missing"], silent.WhyNot.Select(reason => reason.Code));
        Assert.True((await DecideAsync(season, asked.RequestId.Value, new(true, "도비 삭감에 따른 예외"))).IsDone(out var decided));

        Assert.Equal((PublicationStatus.Published, 2), (decided.Status, decided.Version));
        var second = await season.SubmitAsync("dolsan", "jeonnam", await season.RequestAsync("dolsan", "jeonnam", 100_000_000));
        Assert.True(second.IsDone(out var later), string.Join(' ', second.WhyNot.Select(reason => reason.En)));
        Assert.Equal((30_000_000, 30_000_000, 40_000_000), await ShareAsync(season, first.ApplicationId));
        Assert.Equal((25_000_000, 25_000_000, 50_000_000), await ShareAsync(season, later.ApplicationId));
        var announcement = await platform.Services.GetRequiredService<ReadAnnouncement>().RunAsync(await season.CallIdAsync("jeonnam", "2025-1"), Cancelled);
        var notice = Assert.Single(announcement.Notices);
        Assert.Equal((CallNoticeKind.Correction, platform.Clock.GetCurrentInstant()), (notice.Kind, notice.At));
        Assert.Equal(Instant.FromUtc(2025, 4, 30, 9, 0), notice.ClosesAt);
        Assert.Contains(notice.Changes, change => change.Ko.Contains("40 % → 50 %", StringComparison.Ordinal));
        Assert.Equal("publication-decided", (await DecideAsync(season, asked.RequestId.Value, new(true, "다시"))).WhyNot[0].Code);
    }

    [Fact]
    public async Task A_form_that_a_firm_has_kept_is_locked_by_changed_terms_until_the_firm_has_confirmed_them()
    {
        var (season, programme) = await WorsenedAsync();
        var call = await season.CallIdAsync("jeonnam", "2025-1");
        Assert.True((await KeepAsync(season, call, "처음")).IsDone(out _));
        Assert.True((await KeepAsync(season, call, "고침")).IsDone(out _));
        Assert.Equal(1, await season.CountAsync("application_drafts"));
        Assert.True((await PublishAsync(season, programme, exception: new("2025-04-30T18:00"))).IsDone(out var asked));
        Assert.True((await DecideAsync(season, asked.RequestId!.Value, new(true, "도비 삭감에 따른 예외"))).IsDone(out _));

        var request = await season.RequestAsync("namdo", "jeonnam", 100_000_000);
        Assert.Equal(["terms-changed"], (await season.SubmitAsync("namdo", "jeonnam", request)).WhyNot.Select(reason => reason.Code));
        Assert.Equal((WaitingKind.TermsChanged, (Guid?)call), (await season.InboxAsync("namdo")).Select(item => (item.Kind, item.CallId)).Single());
        Assert.Equal(["namdo"], await season.WhoAsync(WaitingKind.TermsChanged));
        Assert.Equal(["terms-changed"], (await KeepAsync(season, call, "또")).WhyNot.Select(reason => reason.Code));
        Assert.Equal(["terms-changed"], (await ConfirmAsync(season, call, Guid.CreateVersion7())).WhyNot.Select(reason => reason.Code));

        await using var db = platform.Planes.OpenTenant("jeonnam");
        var version = await db.Set<Call>().Where(row => row.Id == call).Select(row => row.DefinitionVersionId).SingleAsync(Cancelled);
        Assert.True((await ConfirmAsync(season, call, version)).IsDone(out _));
        Assert.Empty(await season.InboxAsync("namdo"));
        var sent = await season.SubmitAsync("namdo", "jeonnam", request);
        Assert.True(sent.IsDone(out var receipt), string.Join(' ', sent.WhyNot.Select(reason => reason.En)));
        Assert.Equal((25_000_000, 25_000_000, 50_000_000), await ShareAsync(season, receipt.ApplicationId));
        Assert.Equal(0, await season.CountAsync("application_drafts"));
    }

    [Fact]
    public async Task An_exception_for_a_later_moment_counts_from_then_on_by_a_job_that_may_run_twice()
    {
        var (season, programme) = await WorsenedAsync();
        Assert.True((await PublishAsync(season, programme, exception: new("2025-04-30T18:00", "2025-03-10T09:00"))).IsDone(out var asked));
        Assert.True((await DecideAsync(season, asked.RequestId!.Value, new(true, "예외"))).IsDone(out var decided));
        Assert.Equal(PublicationStatus.Granted, decided.Status);
        await season.RunJobsAsync();
        Assert.Equal(1, await season.CountAsync("definition_versions where definition_id = 'jeonnam-food-2025'"));

        await using (var admin = await platform.OpenAdminAsync())
        {
            await PlatformFixture.ExecuteAsync(admin, "update outbox set available_at = created_at where kind = 'publication.due'");
        }

        await season.RunJobsAsync();

        Assert.Equal(2, await season.CountAsync("definition_versions where definition_id = 'jeonnam-food-2025'"));
        Assert.Equal(1, await season.CountAsync("call_notices"));
    }

    [Fact]
    public async Task KOSMO_refuses_with_a_reason_and_nothing_of_the_programme_changes()
    {
        var (season, programme) = await WorsenedAsync();
        Assert.True((await PublishAsync(season, programme, exception: new("2025-04-30T18:00"))).IsDone(out var asked));

        Assert.Equal(RefusalKind.Forbidden, Kind(await DecideAsync(season, asked.RequestId!.Value, new(false, "아니요"), "kosmo.finance")));
        Assert.Equal(["reason-missing"], (await DecideAsync(season, asked.RequestId.Value, new(false, ""))).WhyNot.Select(reason => reason.Code));
        Assert.True((await DecideAsync(season, asked.RequestId.Value, new(false, "접수 뒤에는 안 됩니다."))).IsDone(out var decided));

        Assert.Equal(PublicationStatus.Refused, decided.Status);
        Assert.Equal(1, await season.CountAsync("definition_versions where definition_id = 'jeonnam-food-2025'"));
        Assert.Equal(1, await season.CountAsync("definition_drafts"));
    }

    [Fact]
    public async Task KOSMO_sets_less_aside_than_was_asked_and_the_next_call_opens_the_tier_for_six()
    {
        var season = await Season.OpenAsync(platform);
        await CloseAsync(season);
        var programme = await ProgrammeAsync();
        await SaveAsync(season, programme, firmBp: 5_000);
        Assert.True((await PublishAsync(season, programme, national: [new("ADV", 2_000_000_000)])).IsDone(out var asked));
        var tooMuch = await DecideAsync(season, asked.RequestId!.Value, new(true, null, new Dictionary<string, long> { ["ADV"] = 2_000_000_001 }));
        Assert.Equal(["grant-out-of-range"], tooMuch.WhyNot.Select(reason => reason.Code));
        Assert.True((await DecideAsync(season, asked.RequestId.Value, new(true, null, new Dictionary<string, long> { ["ADV"] = 1_200_000_000 }))).IsDone(out _));

        var announced = await AnnounceAsync(season, programme);

        Assert.True(announced.IsDone(out var call), string.Join(' ', announced.WhyNot.Select(reason => reason.En)));
        await using var db = platform.Planes.OpenTenant("jeonnam");
        var grant = await db.Set<NationalGrant>().SingleAsync(grant => grant.CallId == call.Id, Cancelled);
        Assert.Equal((new Won(2_000_000_000), new Won(1_200_000_000)), (grant.Asked, grant.Granted));
        var announcement = await platform.Services.GetRequiredService<ReadAnnouncement>().RunAsync(call.Id, Cancelled);
        var plan = await PlannedCall.ReadAsync(db, programme, platform.Clock.TodayInKorea(), Cancelled);
        Assert.Equal(6, NationalMoney.Quota(plan!.Outline.Tier("ADV")!, announcement.Granted["ADV"]));
    }

    [Fact]
    public async Task Who_approves_reads_whether_a_version_is_the_first_and_how_many_applications_keep_the_one_before()
    {
        var (season, programme) = await WorsenedAsync();
        await season.SubmitAsync("namdo", "jeonnam", await season.RequestAsync("namdo", "jeonnam", 100_000_000));
        Assert.True((await PublishAsync(season, programme, exception: new("2025-04-30T18:00"))).IsDone(out var changed));
        var started = await platform.Services.GetRequiredService<StartProgramme>().RunAsync(
            await AuthorAsync(season, "jeonnam.officer"), new("local-basic-advanced", "second", "2차 사업", "Second programme", 2025, null, null, null, null, null), Cancelled);
        Assert.True(started.IsDone(out var begun), string.Join(' ', started.WhyNot.Select(reason => reason.En)));
        Assert.True((await PublishAsync(season, begun.ProgrammeId, national: [new("ADV", 1_000_000_000)])).IsDone(out var fresh));

        var later = await SeenAsync(season, changed);
        var first = await SeenAsync(season, fresh);

        Assert.Equal((false, 1), (later.IsFirst, later.Staying));
        Assert.NotEmpty(later.Differences);
        Assert.Equal((true, 0), (first.IsFirst, first.Staying));
        Assert.Empty(first.Differences);
    }

    [Fact]
    public async Task A_call_says_everything_that_is_missing_at_once()
    {
        var season = await Season.OpenAsync(platform);
        var programme = await ProgrammeAsync();

        var refused = await season.AsAsync("jeonnam.officer", "/t/jeonnam", (AnnounceCall announce) => announce.RunAsync(
            programme, new("2025-1", "", null, "soon", "2025-01-01T00:00", null, [], []), Cancelled));

        Assert.Equal(
            ["budget-missing", "budget-missing", "budget-year", "name-missing", "name-missing", "national-missing", "number-taken", "time-passed", "time-unreadable"],
            refused.WhyNot.Select(reason => reason.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_deadline_is_put_off_with_a_public_notice_and_never_moved_forward()
    {
        var season = await Season.OpenAsync(platform);
        var call = await season.CallIdAsync("jeonnam", "2025-1");
        Task<Outcome<ExtendCall.Response>> ExtendAsync(string closesAt, string reason)
            => season.AsAsync("jeonnam.officer", "/t/jeonnam", (ExtendCall extend) => extend.RunAsync(call, new(closesAt, reason), Cancelled));

        Assert.Equal(["deadline-earlier", "reason-missing"], (await ExtendAsync("2025-04-04T18:00", "")).WhyNot.Select(reason => reason.Code));
        Assert.True((await ExtendAsync("2025-04-11T18:00", "설 연휴")).IsDone(out var extended));

        Assert.Equal(Instant.FromUtc(2025, 4, 11, 9, 0), extended.ClosesAt);
        var notice = Assert.Single((await platform.Services.GetRequiredService<ReadAnnouncement>().RunAsync(call, Cancelled)).Notices);
        Assert.Equal((CallNoticeKind.Extension, "설 연휴"), (notice.Kind, notice.Reason));
    }

    [Fact]
    public async Task The_history_says_who_published_and_who_approved_and_why_and_compares_two_versions_in_words()
    {
        var (season, programme) = await WorsenedAsync();
        Assert.True((await PublishAsync(season, programme, exception: new("2025-04-30T18:00"))).IsDone(out var asked));
        await DecideAsync(season, asked.RequestId!.Value, new(true, "도비 삭감"));

        var outcome = await season.AsAsync("jeonnam.officer", "/t/jeonnam", (ProgrammeHistory history) => history.RunAsync(programme, Cancelled));
        var compared = await season.AsAsync("jeonnam.officer", "/t/jeonnam", (ProgrammeHistory history) => history.CompareAsync(programme, 2, 1, Cancelled));
        var foreign = await season.AsAsync("naju.officer", "/t/naju", (ProgrammeHistory history) => history.RunAsync(programme, Cancelled));

        Assert.True(outcome.IsDone(out var history));
        Assert.Equal([2, 1], history.Versions.Select(version => version.Number));
        Assert.Equal(
            (await season.UserAsync("jeonnam.approver"), "예산 변경", await season.UserAsync("kosmo.officer"), "도비 삭감"),
            (history.Versions[0].PublishedBy, history.Versions[0].Reason, history.Versions[0].ApprovedBy, history.Versions[0].ApprovalReason));
        Assert.True(compared.IsDone(out var differences));
        Assert.Contains(differences, difference => difference.Sentence.Ko.Contains("50 % → 40 %", StringComparison.Ordinal));
        Assert.IsType<Outcome<ProgrammeHistory.History>.NotFound>(foreign);
    }

    /// <summary>The officer's draft of SCENARIO A10: the firm of the basic tier bears 50 % in place of 40 %.</summary>
    private async Task<(Season Season, Guid Programme)> WorsenedAsync()
    {
        var season = await Season.OpenAsync(platform);
        var programme = await ProgrammeAsync();
        await SaveAsync(season, programme, firmBp: 5_000);
        return (season, programme);
    }

    private async Task<Guid> ProgrammeAsync()
    {
        await using var db = platform.Planes.OpenTenant("jeonnam");
        return await db.Set<Programme>().Select(programme => programme.Id).SingleAsync(Cancelled);
    }

    private async Task SaveAsync(Season season, Guid programme, int firmBp)
    {
        var officer = await AuthorAsync(season, "jeonnam.officer");
        Assert.True((await platform.Services.GetRequiredService<ReadDraft>().RunAsync(officer, programme, Cancelled)).IsDone(out var read));
        var activity = JsonNode.Parse(read.Json)!["root"]!["activities"]!.AsArray().Single(step => (string?)step!["id"] == "shareBasic")!;
        var shares = activity["shares"]!.DeepClone();
        foreach (var row in shares.AsArray())
        {
            var points = (string?)row!["funder"] == "Firm" ? firmBp : (10_000 - firmBp) / 2;
            (row["minBp"], row["targetBp"], row["maxBp"]) = (0, points, 10_000);
        }

        var json = Design.Of(WorkflowDefinition.Parse(read.Json).Required).SetInput("shareBasic", "shares", shares).ToJson();
        Assert.True((await platform.Services.GetRequiredService<SaveDraft>().RunAsync(officer, programme, json, read.Revision, Cancelled)).IsDone(out _));
    }

    private async Task<Outcome<PublishDraft.Result>> PublishAsync(
        Season season, Guid programme, string reason = "예산 변경", IReadOnlyList<NationalAsk>? national = null, PublishDraft.WantedException? exception = null)
        => await platform.Services.GetRequiredService<PublishDraft>().RunAsync(
            await AuthorAsync(season, "jeonnam.approver"), programme, new(1, reason, national, exception), Cancelled);

    private static Task<Outcome<DecidePublication.Response>> DecideAsync(Season season, Guid request, DecidePublication.Request decision, string user = "kosmo.officer")
        => season.AsAsync(user, "/oversight", (DecidePublication decide) => decide.RunAsync(request, decision, Cancelled));

    private async Task<ListPublications.Detail> SeenAsync(Season season, PublishDraft.Result asked)
        => (await season.AsAsync("kosmo.officer", "/oversight", (ListPublications list) => list.FindAsync(asked.RequestId!.Value, platform.Clock, Cancelled)))!;

    private async Task<Outcome<AnnounceCall.Response>> AnnounceAsync(Season season, Guid programme)
    {
        await using var db = platform.Planes.OpenTenant("jeonnam");
        var plan = await PlannedCall.ReadAsync(db, programme, platform.Clock.TodayInKorea(), Cancelled);
        return await season.AsAsync("jeonnam.officer", "/t/jeonnam", (AnnounceCall announce) => announce.RunAsync(
            programme,
            new("2025-2", "2차 공고", "Second call", "2025-03-10T09:00", "2025-04-10T18:00", 2025, [.. plan!.Payers.Select(payer => new AnnounceCall.Budget(payer.Funder, payer.OrganisationId, 600_000_000))], []),
            Cancelled));
    }

    private static Task<Outcome<KeepApplicationDraft.Kept>> KeepAsync(Season season, Guid call, string title)
        => season.AsAsync("namdo", "/company", (KeepApplicationDraft keep) => keep.RunAsync(call, new Dictionary<string, string[]> { ["title"] = [title] }, Cancelled));

    private static Task<Outcome<Guid>> ConfirmAsync(Season season, Guid call, Guid version)
        => season.AsAsync("namdo", "/company", (ConfirmTerms confirm) => confirm.RunAsync(call, version, Cancelled));

    private static async Task CloseAsync(Season season)
    {
        await using var db = season.Platform.Planes.OpenTenant("jeonnam");
        await db.Set<Call>().ExecuteUpdateAsync(set => set.SetProperty(call => call.ClosesAt, season.Platform.Clock.GetCurrentInstant()), Cancelled);
    }

    private static async Task<(long Province, long Municipality, long Firm)> ShareAsync(Season season, Guid application)
    {
        var shares = await season.SharesAsync("jeonnam", application);
        return (shares[Funder.Province], shares[Funder.Municipality], shares[Funder.Firm]);
    }

    private static Task<DraftAuthor> AuthorAsync(Season season, string user)
        => season.AsAsync(user, "/t/jeonnam", (CurrentActor actor) => Task.FromResult(DraftAuthor.Of(actor)!));

    private static RefusalKind? Kind<T>(Outcome<T> outcome) => (outcome as Outcome<T>.Refused)?.Kind;
}
