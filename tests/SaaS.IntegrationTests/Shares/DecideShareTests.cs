using SaaS.Domain.Money;
using SaaS.IntegrationTests.Disbursements;
using SaaS.Platform.Applications;
using SaaS.Platform.Refusals;
using SaaS.Platform.Shares;

namespace SaaS.IntegrationTests.Shares;

public sealed class DecideShareTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_the_funders_own_officials_decide_and_only_once()
    {
        var (season, application) = await SelectedAsync("baewon", "jeonnam", 100_000_000, "BASIC");
        var share = await AskedAsync(season, application);

        var foreign = await DecideAsync(season, "naju.officer", share, new(true, null, null));
        var wrongRole = await DecideAsync(season, "jeonnam.finance", share, new(true, null, null));
        var unsaid = await DecideAsync(season, "jeonnam.officer", share, new(null, null, null));
        var unreasoned = await DecideAsync(season, "jeonnam.officer", share, new(false, null, " "));
        var inKind = await DecideAsync(season, "jeonnam.officer", share, new(true, 1, null));
        var done = await DecideAsync(season, "jeonnam.officer", share, new(true, null, null));
        var again = await DecideAsync(season, "jeonnam.approver", share, new(false, null, "취소"));

        Assert.IsType<Outcome<DecideShare.Response>.NotFound>(foreign);
        Assert.Equal(["role-missing"], Codes(wrongRole));
        Assert.Equal(["decision-missing"], Codes(unsaid));
        Assert.Equal(["comment-missing"], Codes(unreasoned));
        Assert.Equal(["in-kind-not-allowed"], Codes(inKind));
        Assert.Empty(done.WhyNot);
        Assert.Equal(["share-not-waiting"], Codes(again));
        Assert.Equal((0, 30_000_000, 0), await season.BudgetAsync("jeonnam", Funder.Province, "전라남도"));
        await season.VerifyAsync();
    }

    [Fact]
    public async Task Two_officials_who_decide_at_the_same_time_decide_once()
    {
        var (season, application) = await SelectedAsync("baewon", "jeonnam", 100_000_000, "BASIC");
        var share = await AskedAsync(season, application);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => DecideAsync(
            season, number % 2 == 0 ? "jeonnam.officer" : "jeonnam.approver", share, new(true, null, null))));
        await season.RunJobsAsync();

        Assert.Single(outcomes, outcome => outcome.IsDone(out _));
        Assert.All(outcomes.Where(outcome => !outcome.IsDone(out _)), outcome => Assert.Equal(["share-not-waiting"], Codes(outcome)));
        Assert.Equal((0, 30_000_000, 0), await season.BudgetAsync("jeonnam", Funder.Province, "전라남도"));
        await season.VerifyAsync();
    }

    [Fact]
    public async Task A_funder_whose_budget_is_too_small_is_asked_when_its_line_was_raised()
    {
        var season = await Season.OpenAsync(platform);
        await AppropriateAsync(29_999_999);
        var application = await SubmitAsync(season, "baewon", "jeonnam", 100_000_000, "BASIC");

        Assert.DoesNotContain((await season.MoneyAsync(application)).Shares, share => share.AwaitsDecision);
        Assert.Equal(ApplicationStatus.Waitlisted, (await season.MoneyAsync(application)).Status);
        Assert.Equal((0, 0, 0), await season.BudgetAsync("jeonnam", Funder.Province, "전라남도"));

        Assert.Empty((await season.ApplyAsync(Path.Combine(Season.Tenants, "jeonnam"))).Problems);
        await season.RunJobsAsync();
        var enough = await DecideAsync(season, "jeonnam.officer", await AskedAsync(season, application), new(true, null, null));

        Assert.Empty(enough.WhyNot);
        Assert.Equal((0, 30_000_000, 0), await season.BudgetAsync("jeonnam", Funder.Province, "전라남도"));
        await season.VerifyAsync();
    }

    [Fact]
    public async Task When_the_city_of_the_facility_refuses_the_province_gets_its_money_back()
    {
        var (season, application) = await SelectedAsync("baewon", "jeonnam", 100_000_000, "BASIC");
        await season.CommitAsync(application);
        var asked = (await season.MoneyAsync(application)).Shares.Single(share => share.AwaitsDecision);
        Assert.Equal(Funder.Municipality, asked.Funder);

        var refused = await DecideAsync(season, $"{asked.FunderEn.ToLowerInvariant()}.officer", asked.Id, new(false, null, "예산이 없습니다."));
        await season.RunJobsAsync();

        Assert.Empty(refused.WhyNot);
        var money = await season.MoneyAsync(application);
        Assert.Equal(ApplicationStatus.Refused, money.Status);
        Assert.All(money.Funders, funder => Assert.Equal(0, funder.Reserved + funder.Committed + funder.Paid));
        Assert.Equal((0, 0, 0), await season.BudgetAsync("jeonnam", Funder.Province, "전라남도"));
        Assert.Equal((0, 0, 0), await season.BudgetAsync("jeonnam", Funder.Municipality, asked.FunderKo));
        await season.VerifyAsync();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(120_000_001)]
    [InlineData(long.MaxValue)]
    public async Task A_lead_firm_gives_no_more_in_kind_than_its_share(long inKind)
    {
        var season = await Season.OpenAsync(platform);
        var application = await SubmitAsync(season, "shinsung", "lg", 400_000_000, "JOINT");
        var share = (await season.MoneyAsync(application)).Shares.Single(share => share.AwaitsDecision);

        var outcome = await DecideAsync(season, "lg.officer", share.Id, new(true, inKind, null));

        Assert.Equal(Funder.LeadFirm, share.Funder);
        Assert.Equal(["in-kind-out-of-range"], Codes(outcome));
    }

    private async Task<(Season Season, Guid Application)> SelectedAsync(string firm, string tenant, long totalCost, string tier)
    {
        var season = await Season.OpenAsync(platform);
        return (season, await SubmitAsync(season, firm, tenant, totalCost, tier));
    }

    private static async Task<Guid> SubmitAsync(Season season, string firm, string tenant, long totalCost, string tier)
    {
        var submitted = await season.SubmitAsync(firm, tenant, await season.RequestAsync(firm, tenant, totalCost, tier));
        Assert.True(submitted.IsDone(out var receipt), string.Join("; ", submitted.WhyNot.Select(reason => reason.En)));
        await season.RunJobsAsync();
        await season.ScoreAsync(receipt!.ApplicationId);
        return receipt.ApplicationId;
    }

    private static async Task<Guid> AskedAsync(Season season, Guid application)
        => (await season.MoneyAsync(application)).Shares.Single(share => share.AwaitsDecision).Id;

    private static Task<Outcome<DecideShare.Response>> DecideAsync(Season season, string user, Guid share, DecideShare.Request request)
        => season.AsAsync(user, "/funder", (DecideShare decide) => decide.RunAsync(share, request, Cancelled));

    private static string[] Codes(Outcome<DecideShare.Response> outcome) => [.. outcome.WhyNot.Select(reason => reason.Code)];

    private async Task AppropriateAsync(long amount)
    {
        await using var admin = await platform.OpenAdminAsync();
        await PlatformFixture.ExecuteAsync(admin, $"update budget_lines set appropriated = {amount} where tenant_id = 'jeonnam' and funder = 'Province'");
    }
}
