using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SaaS.IntegrationTests.Disbursements;
using SaaS.IntegrationTests.Inbox;
using SaaS.Platform.Applications;
using SaaS.Platform.Calls;
using SaaS.Platform.Inbox;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Platform.Time;

namespace SaaS.IntegrationTests.Programmes;

/// <summary>A call is cancelled and issued anew. It is 4 March 2025: Jeollanam-do's call of 2025 is open until 4 April.</summary>
public sealed class CancellationTests(PlatformFixture platform)
{
    private static readonly string[] Firms = ["namdo", "dolsan", "seomjin"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cancelled_call_takes_nothing_any_more_and_ends_what_runs_in_it_with_its_money_back()
    {
        var season = await Season.OpenAsync(platform);
        var call = await season.CallIdAsync("jeonnam", "2025-1");
        var application = await SubmitAsync(season, "namdo");
        await season.RunJobsAsync();
        await season.ScoreAsync(application);
        Assert.Equal(2, await season.CountAsync("application_shares where status in ('Planned', 'Reserved') and funder <> 'Firm'"));

        Assert.Equal(RefusalKind.Forbidden, Kind(await CancelAsync(season, call, "예산이 삭감되었습니다.", "jeonnam.officer")));
        Assert.Equal(["reason-missing"], Codes(await CancelAsync(season, call, " ")));
        Assert.True((await CancelAsync(season, call, "예산이 삭감되었습니다.")).IsDone(out var cancelled));
        Assert.Equal(1, cancelled.Applications);
        Assert.Equal(["call-not-announced"], Codes(await CancelAsync(season, call, "다시")));
        await season.RunJobsAsync();

        Assert.Equal(ApplicationStatus.Cancelled, (await season.ApplicationAsync("jeonnam", application)).Status);
        Assert.Equal(0, await season.CountAsync("application_shares where status in ('Planned', 'Reserved', 'Committed') and funder <> 'Firm'"));
        Assert.Equal(0, await season.CountAsync("budget_lines where reserved <> 0 or committed <> 0"));
        Assert.Equal(["call-cancelled"], Codes(await season.SubmitAsync("dolsan", "jeonnam", await season.RequestAsync("dolsan", "jeonnam", 100_000_000))));
        var announcement = await platform.Services.GetRequiredService<ReadAnnouncement>().RunAsync(call, Cancelled);
        Assert.Equal((CallNoticeKind.Cancellation, "예산이 삭감되었습니다."), (announcement.Notices[0].Kind, announcement.Notices[0].Reason));
    }

    [Fact]
    public async Task Firms_read_of_it_in_their_inbox_until_they_have_applied_to_the_call_that_came_instead()
    {
        var season = await Season.OpenAsync(platform);
        var application = await SubmitAsync(season, "namdo");
        await season.RunJobsAsync();
        Assert.NotEmpty(await season.WhoAsync(WaitingKind.Review));

        Assert.True((await CancelAsync(season, await season.CallIdAsync("jeonnam", "2025-1"), "예산이 삭감되었습니다.")).IsDone(out _));
        await season.RunJobsAsync();

        Assert.Empty(await season.WhoAsync(WaitingKind.Review));
        var notice = Assert.Single(await season.InboxAsync("namdo"));
        Assert.Equal((WaitingKind.CallCancelled, (Guid?)application), (notice.Kind, notice.ApplicationId));
        Assert.Equal(["namdo"], await season.WhoAsync(WaitingKind.CallCancelled));

        Assert.True((await AnnounceAgainAsync(season)).IsDone(out _));
        var again = await season.SubmitAsync("namdo", "jeonnam", await season.RequestAsync("namdo", "jeonnam", 100_000_000, number: "2025-2"), number: "2025-2");
        Assert.True(again.IsDone(out _), string.Join(' ', again.WhyNot.Select(reason => reason.En)));
        Assert.Empty(await season.WhoAsync(WaitingKind.CallCancelled));
    }

    [Fact]
    public async Task Once_an_agreement_is_signed_a_call_is_not_cancelled()
    {
        var season = await Season.OpenAsync(platform);
        await SubmitAsync(season, "namdo");
        await using (var admin = await platform.OpenAdminAsync())
        {
            await PlatformFixture.ExecuteAsync(admin, "update applications set status = 'InProgress'");
        }

        Assert.Equal(["agreement-signed"], Codes(await CancelAsync(season, await season.CallIdAsync("jeonnam", "2025-1"), "예산이 삭감되었습니다.")));
        Assert.Equal(0, await season.CountAsync("call_notices"));
    }

    [Fact]
    public async Task A_project_whose_agreement_all_sign_at_the_last_moment_goes_on_although_its_call_is_cancelled()
    {
        var season = await Season.OpenAsync(platform);
        var application = await season.UpToAgreementAsync("namdo", "jeonnam", 100_000_000, "BASIC");

        Assert.True((await CancelAsync(season, await season.CallIdAsync("jeonnam", "2025-1"), "예산이 삭감되었습니다.")).IsDone(out _));
        await season.AllSignAsync(application, "jeonnam", "namdo", "narae");
        await season.RunJobsAsync();

        Assert.Equal(ApplicationStatus.InProgress, (await season.ApplicationAsync("jeonnam", application)).Status);
        Assert.Equal(0, await season.CountAsync("application_shares where status not in ('Committed', 'Met') and funder <> 'Firm'"));
    }

    [Fact]
    public async Task An_agreement_that_waits_for_signatures_ends_with_its_call()
    {
        var season = await Season.OpenAsync(platform);
        var application = await season.UpToAgreementAsync("namdo", "jeonnam", 100_000_000, "BASIC");
        var agreement = (await season.MoneyAsync(application)).Agreement!.Id;

        Assert.True((await CancelAsync(season, await season.CallIdAsync("jeonnam", "2025-1"), "예산이 삭감되었습니다.")).IsDone(out _));
        await season.RunJobsAsync();

        Assert.Equal(1, await season.CountAsync("agreements where status = 'Cancelled'"));
        Assert.Equal(["agreement-concluded"], (await season.SignAsync("namdo", "/company", agreement)).WhyNot.Select(reason => reason.Code));
        Assert.Equal(0, await season.CountAsync("budget_lines where reserved <> 0 or committed <> 0"));
    }

    [Fact]
    public async Task An_application_that_is_sent_at_the_same_moment_is_either_refused_or_ended_and_never_left_behind()
    {
        var season = await Season.OpenAsync(platform);
        var call = await season.CallIdAsync("jeonnam", "2025-1");
        var requests = await Task.WhenAll(Firms.Select(async firm => (firm, request: await season.RequestAsync(firm, "jeonnam", 100_000_000))));

        var sending = requests.Select(entry => season.SubmitAsync(entry.firm, "jeonnam", entry.request)).ToList();
        var cancelling = CancelAsync(season, call, "예산이 삭감되었습니다.");
        var sent = await Task.WhenAll(sending);
        Assert.True((await cancelling).IsDone(out var cancelled));
        await season.RunJobsAsync();

        var accepted = sent.Count(outcome => outcome.IsDone(out _));
        Assert.All(sent.Where(outcome => !outcome.IsDone(out _)), outcome => Assert.Equal(["call-cancelled"], Codes(outcome)));
        Assert.Equal(accepted, cancelled.Applications);
        Assert.Equal(accepted, await season.CountAsync("applications where status = 'Cancelled'"));
        Assert.Equal(accepted, await season.CountAsync("applications"));
    }

    private static async Task<Guid> SubmitAsync(Season season, string firm)
    {
        var outcome = await season.SubmitAsync(firm, "jeonnam", await season.RequestAsync(firm, "jeonnam", 100_000_000));
        Assert.True(outcome.IsDone(out var receipt), string.Join(' ', outcome.WhyNot.Select(reason => reason.En)));
        return receipt.ApplicationId;
    }

    private static Task<Outcome<CancelCall.Response>> CancelAsync(Season season, Guid call, string reason, string user = "jeonnam.approver")
        => season.AsAsync(user, "/t/jeonnam", (CancelCall cancel) => cancel.RunAsync(call, new(reason), Cancelled));

    private async Task<Outcome<AnnounceCall.Response>> AnnounceAgainAsync(Season season)
    {
        await using var db = platform.Planes.OpenTenant("jeonnam");
        var programme = await db.Set<Programme>().Select(programme => programme.Id).SingleAsync(Cancelled);
        var plan = await PlannedCall.ReadAsync(db, programme, platform.Clock.TodayInKorea(), Cancelled);
        return await season.AsAsync("jeonnam.officer", "/t/jeonnam", (AnnounceCall announce) => announce.RunAsync(
            programme,
            new(
                "2025-2", "다시 낸 공고", "Call issued anew", "2025-03-04T00:00", "2025-04-10T18:00", 2025,
                [.. plan!.Payers.Select(payer => new AnnounceCall.Budget(payer.Funder, payer.OrganisationId, 600_000_000))],
                [.. plan.TiersToAsk.Select(tier => new NationalAsk(tier.Code, 1_000_000_000))]),
            Cancelled));
    }

    private static IEnumerable<string> Codes<T>(Outcome<T> outcome) => outcome.WhyNot.Select(reason => reason.Code);

    private static RefusalKind? Kind<T>(Outcome<T> outcome) => (outcome as Outcome<T>.Refused)?.Kind;
}
