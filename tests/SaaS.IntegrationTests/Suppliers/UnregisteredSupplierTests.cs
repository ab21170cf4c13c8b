using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Firms;
using SaaS.Platform.Refusals;
using SaaS.Platform.Suppliers;

namespace SaaS.IntegrationTests.Suppliers;

/// <summary>Scenario A5: the supplier that an application names is not in the register.</summary>
public sealed class UnregisteredSupplierTests(PlatformFixture platform)
{
    private const string Saebit = "608-81-27802";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_applications_with_the_same_new_supplier_are_accepted_and_wait_for_one_case()
    {
        var (season, first, second) = await TwoWaitingAsync();

        var row = Assert.Single(await CasesAsync(season));
        Assert.Equal((SupplierCaseStatus.Open, new LocalDate(2025, 3, 18)), (row.Status, row.DueOn));
        Assert.Equal([first, second], row.Applications.Select(waiting => waiting.Id));
        Assert.Equal(ApplicationStatus.Submitted, (await season.ApplicationAsync("jeonnam", first)).Status);
        Assert.Equal(ApplicationStatus.Submitted, (await season.ApplicationAsync("jeonnam", second)).Status);
        Assert.Equal(SupplierWaitStatus.Examined, (await WaitAsync(season, "namdo", first))!.Status);
        Assert.Equal(0, await season.CountAsync("evaluations"));
    }

    [Fact]
    public async Task The_approved_supplier_is_in_the_register_and_both_go_on_under_their_receipts()
    {
        var (season, first, second) = await TwoWaitingAsync();
        var receipt = (await season.ApplicationAsync("jeonnam", first)).ReceiptNumber;
        platform.Clock.AdvanceDays(3);

        Assert.Empty((await DecideAsync(season, true, null)).WhyNot);
        await season.RunJobsAsync();

        Assert.Contains(await platform.Services.GetRequiredService<ListSuppliers>().RunAsync(Cancelled), row => row.En == "Saebit Automation");
        Assert.Equal((ApplicationStatus.UnderEvaluation, receipt), await StandingAsync(season, first));
        Assert.Equal(ApplicationStatus.UnderEvaluation, (await season.ApplicationAsync("jeonnam", second)).Status);
        var third = await SubmitAsync(season, "dolsan");
        Assert.Equal(ApplicationStatus.UnderEvaluation, (await season.ApplicationAsync("jeonnam", third)).Status);
        Assert.Single(await CasesAsync(season));
    }

    [Fact]
    public async Task A_refused_supplier_is_replaced_on_the_ninth_working_day_and_the_application_goes_on()
    {
        var (season, first, _) = await TwoWaitingAsync();
        var receipt = (await season.ApplicationAsync("jeonnam", first)).ReceiptNumber;

        Assert.Empty((await DecideAsync(season, false, "수행 실적을 확인할 수 없습니다.")).WhyNot);
        await season.RunJobsAsync();
        var told = (await WaitAsync(season, "namdo", first))!;
        platform.Clock.AdvanceDays(13);
        await season.RunJobsAsync();
        var wrong = await NameAsync(season, "namdo", first, Saebit);
        var named = await NameAsync(season, "namdo", first, "604-81-17772");

        Assert.Equal((SupplierWaitStatus.NameAnother, new LocalDate(2025, 3, 18), "수행 실적을 확인할 수 없습니다."), (told.Status, told.NameUntil, told.Reason));
        Assert.Equal(["supplier-not-registered"], wrong.WhyNot.Select(reason => reason.Code));
        Assert.Empty(named.WhyNot);
        await season.RunJobsAsync();
        Assert.Equal((ApplicationStatus.UnderEvaluation, receipt), await StandingAsync(season, first));
        Assert.Equal(["supplier-not-asked"], (await NameAsync(season, "namdo", first, "604-81-17772")).WhyNot.Select(reason => reason.Code));
    }

    [Fact]
    public async Task Without_another_supplier_by_the_end_of_the_tenth_working_day_the_application_is_closed_once()
    {
        var (season, first, second) = await TwoWaitingAsync();
        await DecideAsync(season, false, "등록 요건 미달");
        await season.RunJobsAsync();

        platform.Clock.Reset(Instant.FromUtc(2025, 3, 18, 14, 59, 59));
        await season.RunJobsAsync();
        var before = (await season.ApplicationAsync("jeonnam", first)).Status;
        platform.Clock.Reset(Instant.FromUtc(2025, 3, 18, 15, 0));
        await season.RunJobsAsync();
        var journal = await season.CountAsync("workflow_journal");
        await AgainAsync(season, SupplierLapsedJob.Kind);

        Assert.Equal(ApplicationStatus.Submitted, before);
        Assert.Equal(ApplicationStatus.Rejected, (await season.ApplicationAsync("jeonnam", first)).Status);
        Assert.Equal(ApplicationStatus.Rejected, (await season.ApplicationAsync("jeonnam", second)).Status);
        Assert.Equal(journal, await season.CountAsync("workflow_journal"));
        Assert.Equal(["supplier-not-asked"], (await NameAsync(season, "namdo", first, "604-81-17772")).WhyNot.Select(reason => reason.Code));
    }

    [Fact]
    public async Task Only_the_national_operator_decides_and_says_why_it_refuses()
    {
        var (season, _, _) = await TwoWaitingAsync();

        var ministry = await DecideAsync(season, true, null, "mss");
        var nothing = await DecideAsync(season, null, null);
        var silent = await DecideAsync(season, false, " ");
        await DecideAsync(season, true, null);
        var twice = await DecideAsync(season, false, "늦었습니다.");

        Assert.Equal(RefusalKind.Forbidden, Assert.IsType<Outcome<DecideSupplier.Response>.Refused>(ministry).Kind);
        Assert.Equal(["decision-missing"], nothing.WhyNot.Select(reason => reason.Code));
        Assert.Equal(["reason-missing"], silent.WhyNot.Select(reason => reason.Code));
        Assert.Equal(RefusalKind.Conflict, Assert.IsType<Outcome<DecideSupplier.Response>.Refused>(twice).Kind);
    }

    [Fact]
    public async Task Another_tenant_may_ask_about_a_supplier_and_never_answer()
    {
        var (season, _, _) = await TwoWaitingAsync();
        await using var db = season.Platform.Planes.OpenTenant("jeonnam");
        await using var transaction = await db.Database.BeginTransactionAsync(Cancelled);

        var registered = await db.Database.ExecuteSqlAsync(FormattableStringFactory("update suppliers set status = 'Registered'"), Cancelled);

        Assert.Equal(0, registered);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => db.Database.ExecuteSqlAsync(FormattableStringFactory("update supplier_cases set status = 'Approved'"), Cancelled));
    }

    private static FormattableString FormattableStringFactory(string sql) => System.Runtime.CompilerServices.FormattableStringFactory.Create(sql);

    private async Task<(Season Season, Guid First, Guid Second)> TwoWaitingAsync()
    {
        var season = await Season.OpenAsync(platform);
        return (season, await SubmitAsync(season, "namdo"), await SubmitAsync(season, "baewon"));
    }

    private static async Task<Guid> SubmitAsync(Season season, string firm)
    {
        var submitted = await season.SubmitAsync(firm, "jeonnam", (await season.RequestAsync(firm, "jeonnam", 100_000_000)) with { SupplierBusinessNumber = Saebit });
        Assert.True(submitted.IsDone(out var receipt), string.Join("; ", submitted.WhyNot.Select(reason => reason.En)));
        await season.RunJobsAsync();
        return receipt!.ApplicationId;
    }

    private static Task<IReadOnlyList<ListSupplierCases.Row>> CasesAsync(Season season)
        => season.AsAsync("kosmo.officer", "/oversight", (ListSupplierCases list) => list.RunAsync(Cancelled));

    private static Task<ListSupplierCases.Wait?> WaitAsync(Season season, string firm, Guid application)
        => season.AsAsync(firm, "/company", (ListSupplierCases list) => list.OfApplicationAsync(application, Cancelled));

    private static async Task<Outcome<DecideSupplier.Response>> DecideAsync(Season season, bool? approve, string? reason, string user = "kosmo.officer")
    {
        var id = (await CasesAsync(season)).Single().Id;
        return await season.AsAsync(user, "/oversight", (DecideSupplier decide) => decide.RunAsync(id, new(approve, reason), Cancelled));
    }

    private static Task<Outcome<NameSupplier.Response>> NameAsync(Season season, string firm, Guid application, string number)
        => season.AsAsync(firm, "/company", (NameSupplier name) => name.RunAsync(application, new(number), Cancelled));

    private static async Task<(ApplicationStatus Status, string Receipt)> StandingAsync(Season season, Guid id)
    {
        var application = await season.ApplicationAsync("jeonnam", id);
        return (application.Status, application.ReceiptNumber);
    }

    /// <summary>Runs a kind's jobs a second time, as after a crash.</summary>
    private static async Task AgainAsync(Season season, string kind)
    {
        await using (var admin = await season.Platform.OpenAdminAsync())
        {
            await PlatformFixture.ExecuteAsync(admin, $"update outbox set done_at = null where kind = '{kind}'");
        }

        Assert.NotEmpty(await season.RunJobsAsync());
    }
}
