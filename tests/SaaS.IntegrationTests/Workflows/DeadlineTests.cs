using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.IntegrationTests.Disbursements;
using SaaS.Platform.Agreements;
using SaaS.Platform.Applications;
using SaaS.Platform.Shares;

namespace SaaS.IntegrationTests.Workflows;

/// <summary>What happens when people let their time pass. A last day ends at midnight in Seoul.</summary>
public sealed class DeadlineTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_funder_may_decide_until_midnight_of_its_last_day()
    {
        var (season, application) = await SelectedAsync("baewon", "jeonnam", 100_000_000, "BASIC");
        var asked = (await season.MoneyAsync(application)).Shares.Single(share => share.AwaitsDecision);

        platform.Clock.Reset(await MidnightAfterAsync(season, asked.Id) - Duration.FromMilliseconds(1));
        await season.RunJobsAsync();
        var decided = await season.AsAsync("jeonnam.officer", "/funder", (DecideShare decide) => decide.RunAsync(asked.Id, new(true, null, null), Cancelled));
        Assert.Empty(decided.WhyNot);
        platform.Clock.Advance(Duration.FromMilliseconds(1));
        await season.RunJobsAsync();

        var share = (await season.MoneyAsync(application)).Shares.Single(share => share.Id == asked.Id);
        Assert.Equal(ShareStatus.Committed, share.Status);
        Assert.Equal(ApplicationStatus.AwaitingCommitment, (await season.MoneyAsync(application)).Status);
        await season.VerifyAsync();
    }

    [Fact]
    public async Task At_midnight_the_share_lapses_its_money_is_free_and_the_case_closes()
    {
        var (season, application) = await SelectedAsync("baewon", "jeonnam", 100_000_000, "BASIC");
        var asked = (await season.MoneyAsync(application)).Shares.Single(share => share.AwaitsDecision);
        platform.Clock.Reset(await MidnightAfterAsync(season, asked.Id));

        var late = await season.AsAsync("jeonnam.officer", "/funder", (DecideShare decide) => decide.RunAsync(asked.Id, new(true, null, null), Cancelled));
        await season.RunJobsAsync();

        Assert.Equal(["share-overdue"], late.WhyNot.Select(reason => reason.Code));
        var money = await season.MoneyAsync(application);
        Assert.Equal(ShareStatus.Lapsed, money.Shares.Single(share => share.Id == asked.Id).Status);
        Assert.Equal(ApplicationStatus.Refused, money.Status);
        Assert.Equal((0, 0, 0), await season.BudgetAsync("jeonnam", Funder.Province, "전라남도"));
        await season.VerifyAsync();
    }

    [Fact]
    public async Task An_agreement_that_is_not_signed_in_time_lapses()
    {
        var season = await Season.OpenAsync(platform);
        var application = await season.UpToAgreementAsync("baewon", "jeonnam", 100_000_000, "BASIC");
        var agreement = await AgreementAsync(application);
        platform.Clock.Reset(Midnight(agreement.DueOn));

        var late = await season.SignAsync("baewon", "/company", agreement.Id);
        await season.RunJobsAsync();

        Assert.Equal(["agreement-overdue"], late.WhyNot.Select(reason => reason.Code));
        Assert.Equal(AgreementStatus.Lapsed, (await AgreementAsync(application)).Status);
        Assert.Equal(ApplicationStatus.Declined, (await season.MoneyAsync(application)).Status);
        Assert.Equal((0, 0, 0), await season.BudgetAsync("jeonnam", Funder.Province, "전라남도"));
        await season.VerifyAsync();
    }

    [Fact]
    public async Task An_agreement_signed_on_its_last_day_stands()
    {
        var season = await Season.OpenAsync(platform);
        var application = await season.UpToAgreementAsync("baewon", "jeonnam", 100_000_000, "BASIC");
        platform.Clock.Reset(Midnight((await AgreementAsync(application)).DueOn) - Duration.FromMilliseconds(1));

        await season.SignAllAsync(application, "jeonnam", "baewon", "narae");
        platform.Clock.Advance(Duration.FromDays(1));
        await season.RunJobsAsync();

        Assert.Equal(AgreementStatus.Signed, (await AgreementAsync(application)).Status);
        Assert.Equal(ApplicationStatus.InProgress, (await season.MoneyAsync(application)).Status);
        await season.VerifyAsync();
    }

    [Fact]
    public async Task Who_waits_too_long_on_the_waiting_list_is_not_selected()
    {
        var season = await Season.OpenAsync(platform);
        await season.GrantAsync("jeonnam");
        await using (var admin = await platform.OpenAdminAsync())
        {
            await PlatformFixture.ExecuteAsync(admin, "update budget_lines set appropriated = 1 where funder = 'National' and tenant_id = 'jeonnam'");
        }

        var waiting = await SelectedAsync(season, "dolsan", "jeonnam", 400_000_000, "ADV");
        Assert.Equal(ApplicationStatus.Waitlisted, (await season.MoneyAsync(waiting)).Status);
        platform.Clock.Reset(Midnight(new LocalDate(2025, 3, 4).PlusDays(90)) - Duration.FromMilliseconds(1));
        await season.RunJobsAsync();
        Assert.Equal(ApplicationStatus.Waitlisted, (await season.MoneyAsync(waiting)).Status);

        platform.Clock.Advance(Duration.FromMilliseconds(1));
        await season.RunJobsAsync();

        Assert.Equal(ApplicationStatus.NotSelected, (await season.MoneyAsync(waiting)).Status);
        await season.VerifyAsync();
    }

    private static Instant Midnight(LocalDate day) => DateTimeZoneProviders.Tzdb["Asia/Seoul"].AtStartOfDay(day.PlusDays(1)).ToInstant();

    private static async Task<Instant> MidnightAfterAsync(Season season, Guid share)
    {
        await using var db = season.Platform.Planes.OpenTenant("jeonnam");
        return Midnight((await db.Set<ApplicationShare>().SingleAsync(row => row.Id == share, Cancelled)).DueOn!.Value);
    }

    private async Task<Agreement> AgreementAsync(Guid application)
    {
        await using var db = platform.Planes.OpenTenant("jeonnam");
        return await db.Set<Agreement>().AsNoTracking().SingleAsync(agreement => agreement.ApplicationId == application, Cancelled);
    }

    private async Task<(Season Season, Guid Application)> SelectedAsync(string firm, string tenant, long cost, string tier)
    {
        var season = await Season.OpenAsync(platform);
        return (season, await SelectedAsync(season, firm, tenant, cost, tier));
    }

    private static async Task<Guid> SelectedAsync(Season season, string firm, string tenant, long cost, string tier)
    {
        var submitted = await season.SubmitAsync(firm, tenant, await season.RequestAsync(firm, tenant, cost, tier));
        Assert.True(submitted.IsDone(out var receipt), string.Join("; ", submitted.WhyNot.Select(reason => reason.En)));
        await season.RunJobsAsync();
        await season.ScoreAsync(receipt!.ApplicationId);
        return receipt.ApplicationId;
    }
}
