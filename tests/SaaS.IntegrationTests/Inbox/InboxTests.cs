using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SaaS.IntegrationTests.Disbursements;
using SaaS.Platform.Data;
using SaaS.Platform.Disbursements;
using SaaS.Platform.Inbox;
using SaaS.Platform.Tasks;

namespace SaaS.IntegrationTests.Inbox;

public sealed class InboxTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_case_waits_in_turn_for_those_alone_who_may_act()
    {
        var season = await Season.OpenAsync(platform);
        Assert.Contains("jeonnam", (await season.InboxAsync("kosmo.officer")).Where(item => item.Kind is WaitingKind.NationalGrant).Select(item => item.TenantId));
        await season.GrantAsync("jeonnam");
        Assert.DoesNotContain("jeonnam", (await season.InboxAsync("kosmo.officer")).Where(item => item.Kind is WaitingKind.NationalGrant).Select(item => item.TenantId));
        Assert.True((await season.SubmitAsync("dolsan", "jeonnam", await season.RequestAsync("dolsan", "jeonnam", 400_000_000, "ADV"))).IsDone(out var receipt));
        await season.RunJobsAsync();
        var application = receipt!.ApplicationId;

        var evaluator = Assert.Single(await season.WhoAsync(WaitingKind.Review));
        Assert.StartsWith("evaluator", evaluator, StringComparison.Ordinal);
        var review = Assert.Single(await season.InboxAsync(evaluator));
        Assert.Equal((application, "jeonnam", receipt.ReceiptNumber, "스마트공장 구축"), (review.ApplicationId, review.TenantId, review.ReceiptNumber, review.TitleKo));

        await season.ScoreAsync(application);
        Assert.Empty(await season.WhoAsync(WaitingKind.Review));
        Assert.Equal(["jeonnam.approver", "jeonnam.officer"], await season.WhoAsync(WaitingKind.Share));
        var share = Assert.Single(await season.InboxAsync("jeonnam.officer"));
        Assert.NotNull(share.DueOn);
        Assert.Equal(60_000_000, share.Amount);
        await season.CommitAsync(application);
        Assert.Equal(["yeosu.approver", "yeosu.officer"], await season.WhoAsync(WaitingKind.Share));
        await season.CommitAsync(application);

        Assert.Equal(["dolsan", "jeonnam.approver", "jeonnam.officer", "narae"], await season.WhoAsync(WaitingKind.Agreement));
        await season.SignAllAsync(application, "jeonnam", "dolsan", "narae");
        Assert.Empty(await season.WhoAsync(WaitingKind.Agreement));

        Assert.Equal(["dolsan"], await season.WhoAsync(WaitingKind.Deposit));
        Assert.Empty(await season.WhoAsync(WaitingKind.PaymentToPrepare));
        await season.DepositAsync(application, "dolsan");
        Assert.Empty(await season.WhoAsync(WaitingKind.Deposit));

        // Jeollanam-do pays its own share and the cities'; KOSMO the national one.
        Assert.Equal(["jeonnam.finance", "kosmo.finance", "yeosu.finance"], await season.WhoAsync(WaitingKind.PaymentToPrepare));
        var order = (await season.InboxAsync("jeonnam.finance")).Single(item => item.Kind is WaitingKind.PaymentToPrepare);
        Assert.Empty((await season.AdvanceAsync("jeonnam.finance", order.Id, PaymentStep.Prepare)).WhyNot);
        Assert.Equal(["jeonnam.approver"], await season.WhoAsync(WaitingKind.PaymentToApprove));
        Assert.Equal(["kosmo.finance", "yeosu.finance"], await season.WhoAsync(WaitingKind.PaymentToPrepare));
        Assert.Empty(await season.InboxAsync("gyeongnam.officer"));
    }

    [Fact]
    public async Task Who_prepared_a_payment_is_not_asked_to_approve_it()
    {
        var season = await Season.OpenAsync(platform);
        await season.GrantAsync("jeonnam");
        var application = await season.UpToAgreementAsync("namdo", "jeonnam", 100_000_000, "BASIC");
        await season.SignAllAsync(application, "jeonnam", "namdo", "narae");
        await season.DepositAsync(application, "namdo");
        var users = await season.UsersAsync();
        await using (var connection = await platform.OpenAdminAsync())
        {
            await PlatformFixture.ExecuteAsync(connection, $"insert into memberships (user_id, organisation_id, role) select user_id, organisation_id, 'Approver' from memberships where user_id = '{users["jeonnam.finance"]}'");
        }

        var order = (await season.InboxAsync("jeonnam.finance")).Single(item => item.Kind is WaitingKind.PaymentToPrepare);
        Assert.Empty((await season.AdvanceAsync("jeonnam.finance", order.Id, PaymentStep.Prepare)).WhyNot);

        Assert.Equal(["jeonnam.approver"], await season.WhoAsync(WaitingKind.PaymentToApprove));
    }

    [Fact]
    public async Task A_task_waits_for_the_body_that_is_asked_and_not_for_its_readers()
    {
        var season = await Season.OpenAsync(platform);
        Assert.True((await season.SubmitAsync("namdo", "jeonnam", await season.RequestAsync("namdo", "jeonnam", 100_000_000))).IsDone(out var receipt));
        await using (var db = platform.Planes.OpenTenant("jeonnam"))
        {
            var centre = await db.Set<SaaS.Platform.Applications.GrantApplication>().Select(row => row.CentreId).SingleAsync(Cancelled);
            db.Add(new HumanTask(
                receipt!.ApplicationId, Guid.CreateVersion7(),
                new TaskQuestion { AssigneeOrganisationId = centre, TitleKo = "현장 의견", TitleEn = "Opinion", Answers = """[{"code":"Yes","ko":"예","en":"Yes"}]""" },
                platform.Clock.GetCurrentInstant()));
            await db.SaveChangesAsync(Cancelled);
        }

        // naju.officer belongs to the centre as well, to read.
        Assert.Equal(["centre.jnm"], await season.WhoAsync(WaitingKind.Task));
        var task = Assert.Single(await season.InboxAsync("centre.jnm"));
        Assert.Equal(("현장 의견", receipt.ReceiptNumber), (task.TitleKo, task.ReceiptNumber));
        Assert.Equal(1, await CountAsync(season, "centre.jnm"));
        Assert.Equal(0, await CountAsync(season, "naju.officer"));

        Assert.Empty((await season.AsAsync("centre.jnm", "/centre/tasks", (CompleteTask complete) => complete.RunAsync(task.Id, new("Yes", null), Cancelled))).WhyNot);
        Assert.Equal(0, await CountAsync(season, "centre.jnm"));
    }

    [Fact]
    public async Task On_the_plane_of_the_inbox_nobody_sees_what_does_not_wait_for_him()
    {
        var season = await Season.OpenAsync(platform);
        await season.GrantAsync("jeonnam");
        await season.UpToAgreementAsync("dolsan", "jeonnam", 400_000_000, "ADV");
        var users = await season.UsersAsync();

        Assert.Equal(0, await SeenAsync(users["gyeongnam.officer"], "applications"));
        Assert.Equal(0, await SeenAsync(users["gyeongnam.officer"], "agreement_signatures"));
        Assert.Equal(0, await SeenAsync(users["evaluator1"], "applications"));
        Assert.Equal(1, await SeenAsync(users["narae"], "applications"));
        Assert.Equal(1, await SeenAsync(users["narae"], "agreement_signatures"));
        Assert.Equal(0, await SeenAsync(null, "applications"));
    }

    private async Task<long> SeenAsync(Guid? user, string table)
    {
        await using var connection = new NpgsqlConnection(platform.Settings.ConnectionOf(Plane.Inbox));
        await connection.OpenAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        await using var command = new NpgsqlCommand($"select set_config('app.ctx', $1, true)", connection) { Parameters = { new() { Value = new PlaneContext(Plane.Inbox, UserId: user).ToJson() } } };
        await command.ExecuteNonQueryAsync(Cancelled);
        await using var count = new NpgsqlCommand($"select count(*) from {table}", connection);
        return (long)(await count.ExecuteScalarAsync(Cancelled))!;
    }

    private async Task<int> CountAsync(Season season, string user)
        => await platform.Services.GetRequiredService<ReadInbox>().CountAsync((await season.UsersAsync())[user], Cancelled);
}
