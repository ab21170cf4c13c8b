using SaaS.IntegrationTests.Disbursements;
using SaaS.IntegrationTests.Inbox;
using SaaS.Platform.Applications;
using SaaS.Platform.Inbox;
using SaaS.Platform.Refusals;

namespace SaaS.IntegrationTests.Applications;

/// <summary>A firm takes its application back.</summary>
public sealed class WithdrawalTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_firm_withdraws_its_application_and_its_money_is_free_again_and_it_may_apply_anew()
    {
        var season = await Season.OpenAsync(platform);
        var application = await SubmitAsync(season);
        await season.RunJobsAsync();
        await season.ScoreAsync(application);
        Assert.NotEmpty(await season.WhoAsync(WaitingKind.Share));

        Assert.IsType<Outcome<WithdrawApplication.Response>.NotFound>(await WithdrawAsync(season, "dolsan", application));
        Assert.True((await WithdrawAsync(season, "namdo", application)).IsDone(out _));
        await season.RunJobsAsync();

        Assert.Equal(ApplicationStatus.Withdrawn, (await season.ApplicationAsync("jeonnam", application)).Status);
        Assert.Equal(0, await season.CountAsync("budget_lines where reserved <> 0 or committed <> 0"));
        Assert.Empty(await season.WhoAsync(WaitingKind.Share));
        Assert.Equal(["not-withdrawable"], (await WithdrawAsync(season, "namdo", application)).WhyNot.Select(reason => reason.Code));
        var again = await SubmitAsync(season);
        await season.RunJobsAsync();
        Assert.Equal(ApplicationStatus.UnderEvaluation, (await season.ApplicationAsync("jeonnam", again)).Status);
    }

    [Fact]
    public async Task Nobody_signs_the_agreement_of_an_application_that_was_withdrawn()
    {
        var season = await Season.OpenAsync(platform);
        var application = await season.UpToAgreementAsync("namdo", "jeonnam", 100_000_000, "BASIC");
        var agreement = (await season.MoneyAsync(application)).Agreement!.Id;

        Assert.True((await WithdrawAsync(season, "namdo", application)).IsDone(out _));

        Assert.Equal(["agreement-concluded"], (await season.SignAsync("narae", "/supplier", agreement)).WhyNot.Select(reason => reason.Code));
        await season.RunJobsAsync();
        Assert.Equal(0, await season.CountAsync("budget_lines where reserved <> 0 or committed <> 0"));
    }

    [Fact]
    public async Task Once_the_agreement_is_signed_the_firm_is_sent_to_the_body_that_runs_the_programme()
    {
        var season = await Season.OpenAsync(platform);
        var application = await season.UpToAgreementAsync("namdo", "jeonnam", 100_000_000, "BASIC");
        await season.SignAllAsync(application, "jeonnam", "namdo", "narae");

        Assert.Equal(["not-withdrawable"], (await WithdrawAsync(season, "namdo", application)).WhyNot.Select(reason => reason.Code));
        Assert.Equal(ApplicationStatus.InProgress, (await season.ApplicationAsync("jeonnam", application)).Status);
    }

    private static async Task<Guid> SubmitAsync(Season season)
    {
        var outcome = await season.SubmitAsync("namdo", "jeonnam", await season.RequestAsync("namdo", "jeonnam", 100_000_000));
        Assert.True(outcome.IsDone(out var receipt), string.Join(' ', outcome.WhyNot.Select(reason => reason.En)));
        return receipt.ApplicationId;
    }

    private static Task<Outcome<WithdrawApplication.Response>> WithdrawAsync(Season season, string firm, Guid application)
        => season.AsAsync(firm, "/company", (WithdrawApplication withdraw) => withdraw.RunAsync(application, new("사정이 바뀌었습니다."), Cancelled));
}
