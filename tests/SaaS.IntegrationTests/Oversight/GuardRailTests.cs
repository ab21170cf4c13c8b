using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Npgsql;
using SaaS.Domain.Money;
using SaaS.IntegrationTests.Inbox;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Inbox;
using SaaS.Platform.Jobs;
using SaaS.Platform.Oversight;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Designing;

namespace SaaS.IntegrationTests.Oversight;

/// <summary>
/// KOSMO lowers the central share of local programmes to 45 %. It is 4 March 2025: two local programmes give 50 % (Jeollanam-do, whose
/// call is open, and Jeollabuk-do).
/// </summary>
public sealed class GuardRailTests(PlatformFixture platform)
{
    private static readonly LocalDate Today = new(2025, 3, 4);

    private static readonly GuardRail Lowered = new(
        "LocalGovernment", true, GuardRailRules.FirstYear, Today, new GuardRailLimits { Shares = new Dictionary<Funder, ShareRange> { [Funder.National] = new(0, 4_500) } }, "2025년 개편 지침");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_shipped_is_loaded_once_and_anybody_may_read_it()
    {
        var season = await Season.OpenAsync(platform);
        Assert.Empty((await season.ApplyAsync(Season.Tenants)).Problems);

        Assert.Equal(GuardRailFile.Shipped.Count, await season.CountAsync("guard_rails"));
        foreach (var plane in new[] { Plane.Public, Plane.Company, Plane.Supplier, Plane.Funder, Plane.Region, Plane.Assessor, Plane.Oversight })
        {
            await using var db = platform.Planes.Open(new PlaneContext(plane));
            Assert.Equal(GuardRailFile.Shipped.Count, (await GuardRailsInForce.ReadAsync(db, Today, Cancelled)).All.Count);
        }
    }

    [Fact]
    public async Task Nobody_but_the_national_operator_writes_a_rail_and_what_waits_is_seen_by_it_alone()
    {
        var season = await Season.OpenAsync(platform);
        Assert.True((await WriteAsync(season)).IsDone(out var waiting));

        await using (var jeonnam = platform.Planes.OpenTenant("jeonnam"))
        {
            Assert.DoesNotContain(waiting, await jeonnam.Set<WrittenGuardRail>().Select(rail => rail.Id).ToListAsync(Cancelled));
            jeonnam.Add(new WrittenGuardRail(Lowered, "우리 마음대로", null, platform.Clock.GetCurrentInstant()));
            var refused = await Assert.ThrowsAsync<DbUpdateException>(() => jeonnam.SaveChangesAsync(Cancelled));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, Assert.IsType<PostgresException>(refused.InnerException).SqlState);
        }

        await using (var kosmo = platform.Planes.OpenTenant("kosmo"))
        {
            Assert.Contains(waiting, await kosmo.Set<WrittenGuardRail>().Select(rail => rail.Id).ToListAsync(Cancelled));
            var changed = await Assert.ThrowsAsync<PostgresException>(() => kosmo.Database.ExecuteSqlAsync($"update guard_rails set reason = 'x'", Cancelled));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, changed.SqlState);
        }

        Assert.Equal(RefusalKind.Forbidden, Kind(await WriteAsync(season, user: "kosmo.finance")));
        Assert.Equal(RefusalKind.Conflict, Kind(await WriteAsync(season)));
        Assert.Equal(["kosmo.approver"], await season.WhoAsync(WaitingKind.GuardRailChange));
    }

    [Fact]
    public async Task Before_it_is_written_the_change_shows_exactly_the_programmes_that_would_offend_drafts_included()
    {
        var season = await Season.OpenAsync(platform);
        var officer = await AuthorAsync(season, "gyeongnam.officer", "gyeongnam");
        var started = await platform.Services.GetRequiredService<StartProgramme>().RunAsync(
            officer, new("local-basic-advanced", "food-draft", "식품", "Food", 2025, null, null, null, null, null), Cancelled);
        Assert.True(started.IsDone(out var begun), string.Join(' ', started.WhyNot.Select(reason => reason.En)));

        Assert.True((await LookAsync(season, Lowered)).IsDone(out var preview));

        Assert.Equal(
            [("gyeongnam", begun.ProgrammeId, true, 0), ("jeonbuk", await ProgrammeAsync("jeonbuk"), false, 1), ("jeonnam", await ProgrammeAsync("jeonnam"), false, 1)],
            preview.Offenders.Select(offender => (offender.Tenant, offender.ProgrammeId, offender.VersionId is null, offender.Calls.Count)));
        Assert.Equal(await season.CountAsync("definition_versions") + 1, preview.Checked);
        Assert.All(preview.Offenders, offender => Assert.All(offender.Problems, problem => Assert.Contains("국비 분담이 50 %입니다. 45 % 이하여야 합니다. (국가 기준: 지자체형", problem.Ko, StringComparison.Ordinal)));
        Assert.Equal(["국비 최대 50 % → 45 %"], preview.Differences.Select(line => line.Ko));
        Assert.Equal(GuardRailFile.Shipped.Count, await season.CountAsync("guard_rails"));
    }

    [Fact]
    public async Task Programmes_of_earlier_years_are_no_offenders_of_a_rail_for_later_ones()
    {
        var season = await Season.OpenAsync(platform);

        Assert.True((await LookAsync(season, Lowered with { FromYear = 2026 })).IsDone(out var later));

        Assert.Empty(later.Offenders);
    }

    [Fact]
    public async Task Everything_wrong_with_a_change_is_said_at_once()
    {
        var season = await Season.OpenAsync(platform);
        var shipped = GuardRails.Shipped.For("LocalGovernment", 2025, true)!;

        Assert.Equal(
            ["day-passed", "reason-missing", "source-missing", "year-outside"],
            (await WriteAsync(season, Lowered with { ValidFrom = Today.PlusDays(-1), FromYear = 1999, Source = " " }, " ")).WhyNot.Select(reason => reason.Code).Order(StringComparer.Ordinal));
        Assert.Equal(["nothing-changes"], (await WriteAsync(season, shipped with { ValidFrom = Today })).WhyNot.Select(reason => reason.Code));
    }

    [Fact]
    public async Task A_second_person_lets_it_hold_and_offenders_are_told_until_they_put_it_right_while_the_open_call_keeps_its_terms()
    {
        var season = await Season.OpenAsync(platform);
        await season.GrantAsync("jeonnam");
        await season.RunJobsAsync();
        Assert.True((await WriteAsync(season)).IsDone(out var written));
        Assert.Equal(RefusalKind.Forbidden, Kind(await DecideAsync(season, written, "kosmo.officer")));
        Assert.Empty(await FindingsAsync(season));
        Assert.True((await DecideAsync(season, written, "kosmo.approver")).IsDone(out _));
        Assert.Equal(RefusalKind.Conflict, Kind(await DecideAsync(season, written, "kosmo.approver")));

        await season.RunJobsAsync();
        var messages = await AgainAsync(season);

        Assert.Equal(await season.CountAsync("tenants"), messages);
        var findings = await FindingsAsync(season);
        Assert.Equal(["jeonbuk", "jeonnam"], findings.Select(finding => finding.Tenant));
        Assert.All(findings, finding => Assert.Equal("2025-1", Assert.Single(finding.Calls).Number));
        Assert.Contains("jeonnam.officer", await season.WhoAsync(WaitingKind.GuardRail));
        Assert.DoesNotContain("gyeongnam.officer", await season.WhoAsync(WaitingKind.GuardRail));
        var item = Assert.Single(await season.InboxAsync("jeonnam.officer"), item => item.Kind is WaitingKind.GuardRail);
        Assert.Equal(await ProgrammeAsync("jeonnam"), item.ProgrammeId);

        // The call that is open goes on as it is, and so does the folder from which it came.
        var submitted = await season.SubmitAsync("namdo", "jeonnam", await season.RequestAsync("namdo", "jeonnam", 400_000_000, "ADV"));
        Assert.True(submitted.IsDone(out var receipt), string.Join(' ', submitted.WhyNot.Select(reason => reason.En)));
        Assert.Equal(200_000_000, (await season.SharesAsync("jeonnam", receipt.ApplicationId))[Funder.National]);
        Assert.Empty((await season.ApplyAsync(Season.Tenants)).Problems);

        // A new call and a new version keep it.
        var announced = await AnnounceAsync(season);
        var kept = Assert.Single(announced.WhyNot, reason => reason.Code == "national-share-above-limit");
        Assert.StartsWith("게시한 판이 지금의 국가 기준에 맞지 않습니다.", kept.Ko, StringComparison.Ordinal);
        await CloseAsync();
        await SaveAsync(season, 5_000);
        Assert.Equal(["national-share-above-limit"], (await PublishAsync(season, 1)).WhyNot.Select(reason => reason.Code));
        await SaveAsync(season, 4_500);
        var asked = await PublishAsync(season, 2);
        Assert.True(asked.IsDone(out var request), string.Join(' ', asked.WhyNot.Select(reason => reason.En)));
        var decided = await season.AsAsync("kosmo.approver", "/oversight", (DecidePublication decide) => decide.RunAsync(request.RequestId!.Value, new(true, "지침에 맞춤"), Cancelled));
        Assert.True(decided.IsDone(out _), string.Join(' ', decided.WhyNot.Select(reason => reason.En)));
        await season.RunJobsAsync();

        Assert.Equal(["jeonbuk"], (await FindingsAsync(season)).Select(finding => finding.Tenant));
        Assert.DoesNotContain("jeonnam.officer", await season.WhoAsync(WaitingKind.GuardRail));
        Assert.Equal(1, await season.CountAsync("guard_rail_findings where resolved_at is not null and version_id is not null"));
    }

    [Fact]
    public async Task Set_back_everybody_is_within_it_again_and_the_history_says_who_when_and_why()
    {
        var season = await Season.OpenAsync(platform);
        Assert.True((await WriteAsync(season)).IsDone(out var lowered));
        await DecideAsync(season, lowered, "kosmo.approver");
        await season.RunJobsAsync();
        Assert.NotEmpty(await FindingsAsync(season));

        Assert.True((await WriteAsync(season, GuardRails.Shipped.For("LocalGovernment", 2025, true)! with { ValidFrom = Today }, "되돌림")).IsDone(out var back));
        await DecideAsync(season, back, "kosmo.approver");
        await season.RunJobsAsync();

        Assert.Empty(await FindingsAsync(season));
        var history = await season.AsAsync("kosmo.officer", "/oversight", (ListGuardRails list) => list.HistoryAsync(Cancelled));
        Assert.Equal(
            [("되돌림", "국비 최대 45 % → 50 %"), ("국비를 아낀다", "국비 최대 50 % → 45 %")],
            history.Take(2).Select(entry => (entry.Reason, string.Join("; ", entry.Differences.Select(line => line.Ko)))));
        Assert.All(history.Take(2), entry => Assert.True(entry.Approved));
        Assert.Equal((await season.UserAsync("kosmo.officer"), await season.UserAsync("kosmo.approver")), (history[0].WrittenBy, history[0].DecidedBy));
    }

    [Fact]
    public async Task A_refused_change_holds_for_nobody()
    {
        var season = await Season.OpenAsync(platform);
        Assert.True((await WriteAsync(season)).IsDone(out var written));
        Assert.Equal(["reason-missing"], (await DecideAsync(season, written, "kosmo.approver", false)).WhyNot.Select(reason => reason.Code));
        Assert.True((await DecideAsync(season, written, "kosmo.approver", false, "아직 이릅니다")).IsDone(out var holds));

        Assert.False(holds);
        Assert.Equal(5_000, (await platform.Services.GetRequiredService<GuardRailsInForce>().TodayAsync(Cancelled)).For("LocalGovernment", 2025, true)!.Limits.Of(Funder.National).MaxBp);
        Assert.Equal(0, await season.CountAsync("outbox where kind = 'guard-rails.check'"));
    }

    [Fact]
    public async Task A_rail_that_begins_later_binds_from_its_day_on_and_offenders_hear_of_it_before()
    {
        var season = await Season.OpenAsync(platform);
        Assert.True((await WriteAsync(season, Lowered with { ValidFrom = Today.PlusDays(30) })).IsDone(out var written));
        await DecideAsync(season, written, "kosmo.approver");
        await season.RunJobsAsync();

        Assert.Equal(["jeonbuk", "jeonnam"], (await FindingsAsync(season)).Select(finding => finding.Tenant));
        Assert.DoesNotContain("national-share-above-limit", (await AnnounceAsync(season)).WhyNot.Select(reason => reason.Code));
        platform.Clock.AdvanceDays(31);
        Assert.Contains("national-share-above-limit", (await AnnounceAsync(season)).WhyNot.Select(reason => reason.Code));
    }

    [Fact]
    public async Task A_thousand_drafts_are_looked_at_while_somebody_waits()
    {
        var season = await Season.OpenAsync(platform);
        await using (var admin = await platform.OpenAdminAsync())
        {
            await PlatformFixture.ExecuteAsync(admin, """
                insert into programmes (id, tenant_id, slug, model, ko, en)
                select gen_random_uuid(), 'jeonnam', 'many-' || n, 'LocalGovernment', '사업 ' || n, 'Programme ' || n from generate_series(1, 1000) n;
                insert into definition_drafts (id, tenant_id, programme_id, definition_id, json, revision, saved_by, saved_at, authors)
                select gen_random_uuid(), 'jeonnam', p.id, p.slug, v.json, 1, gen_random_uuid(), now(), '{}'
                from programmes p, definition_versions v where p.slug like 'many-%' and v.definition_id = 'jeonnam-food-2025';
                """);
        }

        var watch = Stopwatch.StartNew();
        Assert.True((await LookAsync(season, Lowered)).IsDone(out var preview));

        TestContext.Current.SendDiagnosticMessage("{0} definitions in {1} ms", preview.Checked, watch.ElapsedMilliseconds);
        Assert.Equal(1_002, preview.Offenders.Count);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    private static Task<Outcome<WriteGuardRail.Preview>> LookAsync(Season season, GuardRail rail)
        => season.AsAsync("kosmo.officer", "/oversight", (WriteGuardRail write) => write.PreviewAsync(new(rail, "국비를 아낀다"), Cancelled));

    private static Task<Outcome<Guid>> WriteAsync(Season season, GuardRail? rail = null, string reason = "국비를 아낀다", string user = "kosmo.officer")
        => season.AsAsync(user, "/oversight", (WriteGuardRail write) => write.RunAsync(new(rail ?? Lowered, reason), Cancelled));

    private static Task<Outcome<bool>> DecideAsync(Season season, Guid id, string user, bool approve = true, string? reason = null)
        => season.AsAsync(user, "/oversight", (DecideGuardRail decide) => decide.RunAsync(id, new(approve, reason), Cancelled));

    private static Task<IReadOnlyList<ListGuardRails.Finding>> FindingsAsync(Season season)
        => season.AsAsync("kosmo.officer", "/oversight", (ListGuardRails list) => list.OffendersAsync(Cancelled));

    /// <summary>Runs every look at a tenant a second time, as Hangfire may.</summary>
    /// <returns>How many there were.</returns>
    private async Task<long> AgainAsync(Season season)
    {
        var registration = platform.Services.GetRequiredService<JobRegistry>().Find(GuardRailsJob.Kind)!;
        List<(string Tenant, Guid Id)> messages;
        await using (var db = platform.Planes.OpenOversight())
        {
            messages = [.. (await db.Outbox.AsNoTracking().Where(message => message.Kind == GuardRailsJob.Kind).ToListAsync(Cancelled)).Select(message => (message.TenantId, message.Id))];
        }

        foreach (var (tenant, id) in messages)
        {
            await season.RunAsync(registration, tenant, id);
        }

        return messages.Count;
    }

    private async Task<Guid> ProgrammeAsync(string tenant)
    {
        await using var db = platform.Planes.OpenTenant(tenant);
        return await db.Set<Programme>().Select(programme => programme.Id).SingleAsync(Cancelled);
    }

    // While a call is open its terms may not get worse anyhow.
    private async Task CloseAsync()
    {
        await using var db = platform.Planes.OpenTenant("jeonnam");
        await db.Set<Call>().ExecuteUpdateAsync(set => set.SetProperty(call => call.ClosesAt, platform.Clock.GetCurrentInstant()), Cancelled);
    }

    /// <summary>The officer's draft in which central government carries so much of the advanced tier, and the firm the rest to 70 %.</summary>
    private async Task SaveAsync(Season season, int central)
    {
        var officer = await AuthorAsync(season, "jeonnam.officer", "jeonnam");
        var programme = await ProgrammeAsync("jeonnam");
        Assert.True((await platform.Services.GetRequiredService<ReadDraft>().RunAsync(officer, programme, Cancelled)).IsDone(out var read));
        var shares = JsonNode.Parse(read.Json)!["root"]!["activities"]!.AsArray().Single(step => (string?)step!["id"] == "shareAdv")!["shares"]!.DeepClone();
        foreach (var row in shares.AsArray())
        {
            var points = (string?)row!["funder"] switch { "National" => central, "Firm" => 2_000, _ => (8_000 - central) / 2 };
            (row["minBp"], row["targetBp"], row["maxBp"]) = (0, points, 10_000);
        }

        var json = Design.Of(WorkflowDefinition.Parse(read.Json).Required).SetInput("shareAdv", "shares", shares).ToJson();
        Assert.True((await platform.Services.GetRequiredService<SaveDraft>().RunAsync(officer, programme, json, read.Revision, Cancelled)).IsDone(out _));
    }

    private async Task<Outcome<PublishDraft.Result>> PublishAsync(Season season, int revision)
        => await platform.Services.GetRequiredService<PublishDraft>().RunAsync(
            await AuthorAsync(season, "jeonnam.approver", "jeonnam"), await ProgrammeAsync("jeonnam"), new(revision, "국가 기준에 맞춤"), Cancelled);

    private async Task<Outcome<AnnounceCall.Response>> AnnounceAsync(Season season)
    {
        var programme = await ProgrammeAsync("jeonnam");
        return await season.AsAsync("jeonnam.officer", "/t/jeonnam", (AnnounceCall announce) => announce.RunAsync(
            programme, new("2025-2", "2차 공고", "Second call", "2025-05-10T09:00", "2025-06-10T18:00", 2025, [], []), Cancelled));
    }

    private static Task<DraftAuthor> AuthorAsync(Season season, string user, string tenant)
        => season.AsAsync(user, "/t/" + tenant, (CurrentActor actor) => Task.FromResult(DraftAuthor.Of(actor)!));

    private static RefusalKind? Kind<T>(Outcome<T> outcome) => (outcome as Outcome<T>.Refused)?.Kind;
}
