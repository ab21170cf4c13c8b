using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SaaS.Domain.Money;
using SaaS.IntegrationTests.Disbursements;
using SaaS.Platform.Applications;
using SaaS.Platform.Jobs;
using SaaS.Platform.Refusals;
using SaaS.Platform.Selections;
using SaaS.Platform.Shares;

namespace SaaS.IntegrationTests.Shares;

/// <summary>KOSMO's money for Jeonnam's advanced tier: 200,000,000 won for every project of 400,000,000.</summary>
public sealed class NationalShareTests(PlatformFixture platform)
{
    private const string Kosmo = "스마트제조혁신추진단";
    private const int Grants = 8;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_too_little_granted_the_second_case_waits_and_goes_on_with_the_next_grant()
    {
        var season = await Season.OpenAsync(platform);
        await GrantAsync(season, 250_000_000);
        var first = await SelectedAsync(season, "namdo");
        var second = await SelectedAsync(season, "dolsan");

        Assert.Equal(ApplicationStatus.AwaitingCommitment, (await season.MoneyAsync(first)).Status);
        Assert.Equal(ShareStatus.Planned, await NationalAsync(season, second));
        Assert.Equal((200_000_000, 0, 0), await season.BudgetAsync("jeonnam", Funder.National, Kosmo));

        await GrantAsync(season, 149_999_999);
        await season.RunJobsAsync();
        Assert.Equal(ShareStatus.Planned, await NationalAsync(season, second));

        await GrantAsync(season, 1);
        await season.RunJobsAsync();
        Assert.Equal(ShareStatus.Reserved, await NationalAsync(season, second));
        Assert.Equal((400_000_000, 0, 0), await season.BudgetAsync("jeonnam", Funder.National, Kosmo));
        await season.VerifyAsync();
    }

    [Fact]
    public async Task Two_cases_with_the_same_budget_lines_take_them_in_the_same_order()
    {
        var season = await Season.OpenAsync(platform);
        await season.GrantAsync("jeonnam");
        Guid[] cases = [await SelectedAsync(season, "namdo"), await SelectedAsync(season, "baewon")];
        var call = (await season.ApplicationAsync("jeonnam", cases[0])).CallId;
        var locked = new List<List<Guid>>();

        foreach (var application in cases)
        {
            await using var db = platform.Planes.OpenTenant("jeonnam");
            await using var transaction = await db.Database.BeginTransactionAsync(Cancelled);
            locked.Add(await MoveMoney.LockLinesAsync(db, application, call, Cancelled));
        }

        Assert.All(locked, lines => Assert.True(lines.Count > 1));
        var shared = locked[0].Intersect(locked[1]).ToList();
        Assert.True(shared.Count > 1);
        Assert.Equal(shared, locked[1].Intersect(locked[0]));
    }

    [Fact]
    public async Task What_a_refused_case_gives_back_goes_to_the_case_that_waits()
    {
        var season = await Season.OpenAsync(platform);
        await GrantAsync(season, 250_000_000);
        var first = await SelectedAsync(season, "namdo");
        var second = await SelectedAsync(season, "dolsan");
        var asked = (await season.MoneyAsync(first)).Shares.Single(share => share.AwaitsDecision);

        var refused = await season.AsAsync("jeonnam.officer", "/funder", (DecideShare decide) => decide.RunAsync(asked.Id, new(false, null, "예산 조정"), Cancelled));
        await season.RunJobsAsync();

        Assert.Empty(refused.WhyNot);
        Assert.Equal(ApplicationStatus.Refused, (await season.MoneyAsync(first)).Status);
        Assert.Equal(ShareStatus.Released, await NationalAsync(season, first));
        Assert.Equal(ShareStatus.Reserved, await NationalAsync(season, second));
        Assert.Equal((200_000_000, 0, 0), await season.BudgetAsync("jeonnam", Funder.National, Kosmo));
        await season.VerifyAsync();
    }

    [Fact]
    public async Task Jobs_that_all_find_the_same_case_waiting_reserve_it_once()
    {
        var season = await Season.OpenAsync(platform);
        await GrantAsync(season, 1);
        var application = await SelectedAsync(season, "namdo");
        for (var grant = 0; grant < Grants; grant++)
        {
            await GrantAsync(season, 200_000_000);
        }

        var registration = platform.Services.GetRequiredService<JobRegistry>().Find(RankCallJob.Kind)!;
        var open = await OpenAsync(RankCallJob.Kind);
        Assert.Equal(Grants, open.Count);

        // They begin before any of them has reserved: the budget line is held until one waits for it, and the others wait for that one or leave it all to it.
        await using (var admin = await platform.OpenAdminAsync())
        {
            await using var hold = await admin.BeginTransactionAsync(Cancelled);
            await PlatformFixture.ExecuteAsync(admin, "select from budget_lines where tenant_id = 'jeonnam' and funder = 'National' for update");
            var jobs = open.Select(id => season.RunAsync(registration, "jeonnam", id)).ToList();
            while (await WaitingAsync() == 0)
            {
                Assert.Contains(jobs, job => !job.IsCompleted);
                await Task.Delay(20, Cancelled);
            }

            await hold.RollbackAsync(Cancelled);
            await Task.WhenAll(jobs);
        }

        await season.RunJobsAsync();
        Assert.Equal(ShareStatus.Reserved, await NationalAsync(season, application));
        Assert.Equal((200_000_000, 0, 0), await season.BudgetAsync("jeonnam", Funder.National, Kosmo));
        await season.VerifyAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2_000_000_001)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task A_grant_of_nothing_or_of_more_than_was_asked_is_refused(long amount)
    {
        var season = await Season.OpenAsync(platform);

        var outcome = await TryGrantAsync(season, "kosmo.officer", amount);

        Assert.Equal(["grant-out-of-range"], outcome.WhyNot.Select(reason => reason.Code));
        Assert.Equal((0, 0, 0), await season.BudgetAsync("jeonnam", Funder.National, Kosmo));
    }

    [Fact]
    public async Task Only_KOSMOs_officers_and_approvers_grant()
    {
        var season = await Season.OpenAsync(platform);

        var finance = await TryGrantAsync(season, "kosmo.finance", 1);

        Assert.Equal(RefusalKind.Forbidden, Assert.IsType<Outcome<GrantNationalShare.Response>.Refused>(finance).Kind);
        Assert.Equal(["role-missing"], finance.WhyNot.Select(reason => reason.Code));
    }

    private static async Task<Guid> SelectedAsync(Season season, string firm)
    {
        var submitted = await season.SubmitAsync(firm, "jeonnam", await season.RequestAsync(firm, "jeonnam", 400_000_000, "ADV"));
        Assert.True(submitted.IsDone(out var receipt), string.Join("; ", submitted.WhyNot.Select(reason => reason.En)));
        await season.RunJobsAsync();
        await season.ScoreAsync(receipt!.ApplicationId);
        return receipt.ApplicationId;
    }

    private static async Task<ShareStatus> NationalAsync(Season season, Guid application)
        => (await season.MoneyAsync(application)).Shares.Single(share => share.Funder == Funder.National).Status;

    private async Task GrantAsync(Season season, long amount) => Assert.Empty((await TryGrantAsync(season, "kosmo.officer", amount)).WhyNot);

    private async Task<Outcome<GrantNationalShare.Response>> TryGrantAsync(Season season, string user, long amount)
    {
        Guid id;
        await using (var db = platform.Planes.OpenTenant("jeonnam"))
        {
            id = await db.Set<NationalGrant>().Where(grant => grant.Tier == "ADV").Select(grant => grant.Id).SingleAsync(Cancelled);
        }

        return await season.AsAsync(user, "/oversight", (GrantNationalShare grant) => grant.RunAsync(id, new(amount), Cancelled));
    }

    private async Task<IReadOnlyList<Guid>> OpenAsync(string kind)
    {
        await using var db = platform.Planes.OpenTenant("jeonnam");
        return [.. db.Outbox.Where(message => message.Kind == kind && message.DoneAt == null).Select(message => message.Id)];
    }

    /// <summary>How many sessions wait for somebody's lock.</summary>
    private async Task<long> WaitingAsync()
    {
        await using var admin = await platform.OpenAdminAsync();
        await using var command = new NpgsqlCommand("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'", admin);
        return (long)(await command.ExecuteScalarAsync(Cancelled))!;
    }
}
