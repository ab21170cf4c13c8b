using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Disbursements;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;

namespace SaaS.IntegrationTests.Disbursements;

public sealed class PaymentTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_public_won_moves_before_the_firm_has_deposited_exactly_its_part()
    {
        var (season, application) = await SignedAsync();
        var tranche = (await season.MoneyAsync(application)).Tranches.Single();

        var early = await season.AdvanceAsync("jeonnam.finance", tranche.Orders.Single(order => order.Funder == Funder.Province).Id, PaymentStep.Prepare);
        var wrong = await season.AsAsync("baewon", "/company", (RecordDeposit record) => record.RunAsync(tranche.Id, new(1, " ", new LocalDate(2025, 3, 5)), Cancelled));
        var stranger = await season.AsAsync("namdo", "/company", (RecordDeposit record) => record.RunAsync(
            tranche.Id, new(16_000_000, "TRANSFER", new LocalDate(2025, 3, 4)), Cancelled));

        Assert.Equal(["payment-state"], early.WhyNot.Select(reason => reason.Code));
        Assert.Equal(["deposit-amount", "bank-reference", "deposit-date"], wrong.WhyNot.Select(reason => reason.Code));
        Assert.IsType<Platform.Refusals.Outcome<RecordDeposit.Response>.NotFound>(stranger);
        Assert.All((await season.MoneyAsync(application)).Funders, funder => Assert.Equal(0, funder.Paid));
    }

    [Fact]
    public async Task Whoever_prepared_a_payment_cannot_approve_it_and_others_do_not_even_see_it()
    {
        var (season, application) = await SignedAsync();
        await season.DepositAsync(application, "baewon");
        await BothRolesAsync(season, "jeonnam.finance");
        var order = (await season.MoneyAsync(application)).Tranches.Single().Orders.Single(order => order.Funder == Funder.Province);

        var foreign = await season.AdvanceAsync("naju.finance", order.Id, PaymentStep.Prepare);
        var wrongRole = await season.AdvanceAsync("jeonnam.approver", order.Id, PaymentStep.Prepare);
        var prepared = await season.AdvanceAsync("jeonnam.finance", order.Id, PaymentStep.Prepare);
        var alone = await season.AdvanceAsync("jeonnam.finance", order.Id, PaymentStep.Approve);
        var unsaid = await season.AdvanceAsync("jeonnam.approver", order.Id, PaymentStep.SendBack);
        var sentBack = await season.AdvanceAsync("jeonnam.approver", order.Id, PaymentStep.SendBack, "계좌를 확인해 주세요.");

        Assert.IsType<Platform.Refusals.Outcome<AdvancePayment.Response>.NotFound>(foreign);
        Assert.Equal(["role-missing"], wrongRole.WhyNot.Select(reason => reason.Code));
        Assert.Empty(prepared.WhyNot);
        Assert.Equal(["second-person-needed"], alone.WhyNot.Select(reason => reason.Code));
        Assert.Equal(["comment-missing"], unsaid.WhyNot.Select(reason => reason.Code));
        Assert.True(sentBack.IsDone(out var again));
        Assert.Equal(nameof(PaymentStatus.Requested), again!.Status);
    }

    [Fact]
    public async Task A_payment_that_is_tried_three_times_is_paid_once_and_the_tranche_closes_once()
    {
        var (season, application) = await SignedAsync();
        await season.DepositAsync(application, "baewon");
        await season.ApproveAllAsync(application);

        await season.RunJobsAsync();
        await AgainAsync();
        await season.RunJobsAsync();
        await AgainAsync();
        await season.RunJobsAsync();

        var money = await season.MoneyAsync(application);
        Assert.Equal([12_000_000, 12_000_000, 16_000_000], money.Funders.Select(funder => funder.Paid));
        Assert.Equal((0, 18_000_000, 12_000_000), await season.BudgetAsync("jeonnam", Funder.Province, "전라남도"));
        Assert.Single(money.Tranches);
        Assert.Equal(1, await season.CountAsync("inspections"));
        await season.VerifyAsync();
    }

    [Fact]
    public async Task The_last_two_orders_paid_at_the_same_time_close_the_tranche_once()
    {
        var (season, application) = await SignedAsync();
        await season.DepositAsync(application, "baewon");
        await season.ApproveAllAsync(application);
        var registration = platform.Services.GetRequiredService<JobRegistry>().Find(PaymentJob.Kind)!;
        var open = await OpenAsync(PaymentJob.Kind);

        await Task.WhenAll(open.Select(id => season.RunAsync(registration, "jeonnam", id)));
        await season.RunJobsAsync();

        Assert.Equal(2, open.Count);
        Assert.Equal(["Paid"], (await season.MoneyAsync(application)).Tranches.Select(tranche => tranche.Status));
        Assert.Equal(1, await season.CountAsync("inspections"));
        await season.VerifyAsync();
    }

    private async Task<(Season Season, Guid Application)> SignedAsync()
    {
        var season = await Season.OpenAsync(platform);
        var application = await season.UpToAgreementAsync("baewon", "jeonnam", 100_000_000, "BASIC");
        await season.SignAllAsync(application, "jeonnam", "baewon", "narae");
        return (season, application);
    }

    private async Task BothRolesAsync(Season season, string user)
    {
        var id = await season.UserAsync(user);
        await using var admin = await platform.OpenAdminAsync();
        await PlatformFixture.ExecuteAsync(
            admin, $"insert into memberships (user_id, organisation_id, role) select user_id, organisation_id, '{MemberRole.Approver}' from memberships where user_id = '{id}'");
    }

    /// <summary>As after a crash between the effect and its being marked: the payments are handed out once more, also under new messages.</summary>
    private async Task AgainAsync()
    {
        await using var admin = await platform.OpenAdminAsync();
        await PlatformFixture.ExecuteAsync(
            admin,
            $"""
            insert into outbox (tenant_id, id, kind, application_id, payload, created_at, available_at, attempts)
                select tenant_id, gen_random_uuid(), kind, application_id, payload, created_at, available_at, 0 from outbox where kind = '{PaymentJob.Kind}';
            update outbox set done_at = null where kind = '{PaymentJob.Kind}';
            """);
    }

    private async Task<IReadOnlyList<Guid>> OpenAsync(string kind)
    {
        await using var db = platform.Planes.OpenTenant("jeonnam");
        return [.. db.Outbox.Where(message => message.Kind == kind && message.DoneAt == null).Select(message => message.Id)];
    }
}
