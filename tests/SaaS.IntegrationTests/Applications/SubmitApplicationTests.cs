using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Applications;
using SaaS.Platform.Refusals;

namespace SaaS.IntegrationTests.Applications;

public sealed class SubmitApplicationTests(PlatformFixture platform)
{
    // 18:00 on 4 April 2025 in Seoul.
    private static readonly Instant Deadline = Instant.FromUtc(2025, 4, 4, 9, 0);

    private static readonly string[] StoredTables =
        ["applications", "cost_lines", "application_shares", "workflow_instances", "workflow_journal", "workflow_bookmarks", "outbox", "receipt_counters"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_application_is_stored_with_all_that_follows_from_it_and_gets_a_receipt()
    {
        var season = await Season.OpenAsync(platform);

        var receipt = Accepted(await season.SubmitAsync("namdo", "jeonnam", await season.RequestAsync("namdo", "jeonnam", 100_000_000)));

        Assert.Equal("JEONNAM-2025-000001", receipt.ReceiptNumber);
        Assert.Equal(PlatformFixture.Start, receipt.SubmittedAt);
        Assert.Equal("BASIC", receipt.Tier);
        var shares = await season.SharesAsync("jeonnam", receipt.ApplicationId);
        Assert.Equal([(Funder.Province, 30_000_000), (Funder.Municipality, 30_000_000), (Funder.Firm, 40_000_000)], shares.OrderBy(share => share.Key).Select(share => (share.Key, share.Value)));
        foreach (var table in StoredTables)
        {
            Assert.True(await season.CountAsync(table) > 0, table);
        }

        Assert.Equal(0, await season.CountAsync("submission_refusals"));
    }

    [Fact]
    public async Task A_millisecond_before_the_deadline_counts_and_the_deadline_itself_does_not()
    {
        var season = await Season.OpenAsync(platform);
        var request = await season.RequestAsync("namdo", "jeonnam", 100_000_000);

        platform.Clock.Reset(Deadline - Duration.FromMilliseconds(100));
        var inTime = Accepted(await season.SubmitAsync("namdo", "jeonnam", request));
        platform.Clock.Reset(Deadline);
        var late = await season.SubmitAsync("baewon", "jeonnam", await season.RequestAsync("baewon", "jeonnam", 100_000_000));

        Assert.Equal(Deadline - Duration.FromMilliseconds(100), inTime.SubmittedAt);
        Assert.Equal(["deadline-passed"], Codes(late));
        Assert.Contains("18:00:00.000", late.WhyNot[0].Ko, StringComparison.Ordinal);
        Assert.Equal(1, await season.CountAsync("applications"));
        Assert.Equal(1, await season.CountAsync("submission_refusals"));
    }

    [Fact]
    public async Task A_call_takes_nothing_before_it_opens()
    {
        var season = await Season.OpenAsync(platform);
        var request = await season.RequestAsync("namdo", "jeonnam", 100_000_000);

        // 08:59:59.999 on 24 February 2025 in Seoul.
        platform.Clock.Reset(Instant.FromUtc(2025, 2, 24, 0, 0) - Duration.FromMilliseconds(1));
        var early = await season.SubmitAsync("namdo", "jeonnam", request);

        Assert.Equal(["call-not-yet-open"], Codes(early));
    }

    [Fact]
    public async Task The_same_form_sent_ten_times_at_once_is_one_application_with_one_receipt()
    {
        var season = await Season.OpenAsync(platform);
        var request = await season.RequestAsync("namdo", "jeonnam", 100_000_000);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => season.SubmitAsync("namdo", "jeonnam", request, "one-form-one-key")));

        var receipts = outcomes.Select(Accepted).ToList();
        Assert.Single(receipts.Select(receipt => receipt.ReceiptNumber).Distinct());
        Assert.Single(receipts, receipt => !receipt.IsRepeat);
        Assert.Equal(1, await season.CountAsync("applications"));
        Assert.Equal(1, await season.CountAsync("outbox"));
    }

    [Fact]
    public async Task Another_request_under_a_used_key_is_refused()
    {
        var season = await Season.OpenAsync(platform);
        var request = await season.RequestAsync("namdo", "jeonnam", 100_000_000);
        Accepted(await season.SubmitAsync("namdo", "jeonnam", request, "one-form-one-key"));

        var changed = await season.SubmitAsync("namdo", "jeonnam", request with { TotalCost = 90_000_000 }, "one-form-one-key");

        Assert.Equal(["idempotency-key-reused"], Codes(changed));
        Assert.Equal(1, await season.CountAsync("applications"));
    }

    [Fact]
    public async Task Receipt_numbers_of_many_at_once_have_no_gap_and_no_double()
    {
        var season = await Season.OpenAsync(platform);
        string[] firms = ["namdo", "baewon", "dolsan", "seomjin"];
        var requests = new List<(string Firm, ApplicationRequest Request)>();
        foreach (var firm in firms)
        {
            var request = await season.RequestAsync(firm, "jeonnam", 100_000_000);
            requests.AddRange(Enumerable.Range(1, 5).Select(number => (firm, request with { Title = $"{firm} {number}" })));
        }

        var outcomes = await Task.WhenAll(requests.Select(entry => season.SubmitAsync(entry.Firm, "jeonnam", entry.Request)));

        Assert.Equal(
            Enumerable.Range(1, 20).Select(number => $"JEONNAM-2025-{number:D6}"),
            outcomes.Select(outcome => Accepted(outcome).ReceiptNumber).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0, "cost-not-positive")]
    [InlineData(-1, "cost-not-positive")]
    [InlineData(1_000_000_000_000_000_000, "cost-too-large")]
    public async Task An_impossible_cost_is_refused_and_nothing_else_is_stored(long cost, string code)
    {
        var season = await Season.OpenAsync(platform);
        var request = await season.RequestAsync("namdo", "jeonnam", 100_000_000);

        var outcome = await season.SubmitAsync("namdo", "jeonnam", request with { TotalCost = cost });

        Assert.Equal([code], Codes(outcome));
        await NothingStoredAsync(season);
        Assert.Equal(1, await season.CountAsync("submission_refusals"));
    }

    [Fact]
    public async Task Everything_wrong_is_said_at_once()
    {
        var season = await Season.OpenAsync(platform);
        var foreign = await season.RequestAsync("baewon", "jeonnam", 100_000_000);

        var outcome = await season.SubmitAsync("namdo", "jeonnam", foreign with
        {
            Title = " ",
            TotalCost = 0,
            SupplierBusinessNumber = "604-81-17773",
            CostLines = [new CostItem("", 5)],
        });

        Assert.Equal(
            ["title-missing", "cost-not-positive", "cost-label-missing", "cost-lines-do-not-add-up", "business-number-check", "facility-unknown"],
            Codes(outcome));
        Assert.All(outcome.WhyNot, reason => Assert.False(string.IsNullOrWhiteSpace(reason.Ko) || string.IsNullOrWhiteSpace(reason.En)));
        await NothingStoredAsync(season);
    }

    [Fact]
    public async Task A_missing_document_is_named()
    {
        var season = await Season.OpenAsync(platform);
        var request = await season.RequestAsync("namdo", "jeonnam", 100_000_000);

        var outcome = await season.SubmitAsync("namdo", "jeonnam", request with { Documents = [.. request.Documents.Skip(1)] });

        Assert.Equal(["document-missing"], Codes(outcome));
    }

    // Scenario A4: an electrical firm applies to the food programme.
    [Fact]
    public async Task A_firm_of_another_sector_is_told_the_rule_and_no_evaluation_begins()
    {
        var season = await Season.OpenAsync(platform);

        var outcome = await season.SubmitAsync("mokpo", "jeonnam", await season.RequestAsync("mokpo", "jeonnam", 100_000_000));

        var reason = Assert.Single(outcome.WhyNot);
        Assert.Equal("SECTOR", reason.Code);
        Assert.NotNull(reason.Source);
        await NothingStoredAsync(season);
        Assert.Equal(0, await season.CountAsync("evaluations"));
        Assert.Equal(0, await season.CountAsync("ledger_postings"));
    }

    // Scenario A1: 300 staff or 150 billion won, and only both over it are too much.
    [Theory]
    [InlineData(300, 200_000_000_000, true)]
    [InlineData(301, 150_000_000_000, true)]
    [InlineData(301, 150_000_000_001, false)]
    public async Task The_size_of_a_firm_is_too_much_only_when_both_limits_are_passed(int employees, long revenue, bool passes)
    {
        var season = await Season.OpenAsync(platform);
        await using (var connection = await platform.OpenAdminAsync())
        {
            await PlatformFixture.ExecuteAsync(
                connection, $"update firms set employees = {employees}, revenue = {revenue} where organisation_id = (select id from organisations where en = 'Daesung Tech')");
        }

        var outcome = await season.SubmitAsync("daesung", "kosmo", await season.RequestAsync("daesung", "kosmo", 120_000_000));

        Assert.Equal(passes ? [] : ["SIZE"], Codes(outcome));
    }

    [Fact]
    public async Task A_tier_with_national_money_opens_when_KOSMO_has_reserved_it()
    {
        var season = await Season.OpenAsync(platform);
        var request = await season.RequestAsync("namdo", "jeonnam", 400_000_000, "ADV");

        var before = await season.SubmitAsync("namdo", "jeonnam", request);
        await season.GrantAsync("jeonnam");
        var after = Accepted(await season.SubmitAsync("namdo", "jeonnam", request));

        Assert.Equal(["national-share-not-reserved"], Codes(before));
        Assert.Contains("KOSMO has not set central money aside", before.WhyNot[0].En, StringComparison.Ordinal);
        Assert.Equal("JEONNAM-2025-000001", after.ReceiptNumber);
        Assert.Equal(
            new Dictionary<Funder, long> { [Funder.National] = 200_000_000, [Funder.Province] = 60_000_000, [Funder.Municipality] = 60_000_000, [Funder.Firm] = 80_000_000 },
            await season.SharesAsync("jeonnam", after.ApplicationId));
    }

    // Scenario A3, at the rounding unit of 1,000 won.
    [Fact]
    public async Task Odd_totals_are_divided_to_the_won()
    {
        var season = await Season.OpenAsync(platform);
        await season.GrantAsync("jeonnam");

        var advanced = Accepted(await season.SubmitAsync("namdo", "jeonnam", await season.RequestAsync("namdo", "jeonnam", 345_678_000, "ADV")));
        var basic = Accepted(await season.SubmitAsync("baewon", "jeonnam", await season.RequestAsync("baewon", "jeonnam", 99_999_997)));

        Assert.Equal(
            new Dictionary<Funder, long> { [Funder.National] = 172_839_000, [Funder.Province] = 51_851_000, [Funder.Municipality] = 51_851_000, [Funder.Firm] = 69_137_000 },
            await season.SharesAsync("jeonnam", advanced.ApplicationId));
        Assert.Equal(
            new Dictionary<Funder, long> { [Funder.Province] = 29_999_000, [Funder.Municipality] = 29_999_000, [Funder.Firm] = 40_001_997 },
            await season.SharesAsync("jeonnam", basic.ApplicationId));
    }

    [Fact]
    public async Task A_preview_says_what_submission_would_and_stores_nothing()
    {
        var season = await Season.OpenAsync(platform);

        var preview = await season.PreviewAsync("namdo", "jeonnam", await season.RequestAsync("namdo", "jeonnam", 400_000_000, "ADV"));

        Assert.False(preview.MayBeSubmitted);
        Assert.Equal("Eligible", preview.Verdict);
        Assert.Equal("ADV", preview.Tier);
        Assert.Equal(["national-share-not-reserved"], preview.Reasons.Select(reason => reason.Code));
        Assert.Equal(200_000_000, preview.Shares.Single(share => share.Funder == Funder.National).Amount);
        await NothingStoredAsync(season);
        Assert.Equal(0, await season.CountAsync("submission_refusals"));
    }

    [Fact]
    public async Task Who_names_no_supplier_is_told_so_in_the_rules_words_together_with_all_else()
    {
        var season = await Season.OpenAsync(platform);
        var request = await season.RequestAsync("namdo", "jeonnam", 100_000_000);

        var alone = await season.SubmitAsync("namdo", "jeonnam", request with { SupplierBusinessNumber = null });
        var both = await season.PreviewAsync("namdo", "jeonnam", request with { SupplierBusinessNumber = null, Equipment = [] });

        var told = Assert.Single(alone.WhyNot);
        Assert.Equal(("SUPPLIER", "supplier.id"), (told.Code, told.Where));
        Assert.StartsWith("공급기업과 함께 신청해야 합니다.", told.Ko, StringComparison.Ordinal);
        Assert.Equal("Ineligible", both.Verdict);
        Assert.Null(both.Award);
        Assert.Contains("SUPPLIER", both.Reasons.Select(reason => reason.Code));
    }

    // Scenario A3: the city of the facility pays, not that of the head office.
    [Fact]
    public async Task The_municipality_of_the_facility_bears_the_municipal_share()
    {
        var season = await Season.OpenAsync(platform);

        var preview = await season.PreviewAsync("dolsan", "jeonnam", await season.RequestAsync("dolsan", "jeonnam", 100_000_000));

        Assert.Equal("Yeosu", preview.Shares.Single(share => share.Funder == Funder.Municipality).En);
    }

    [Fact]
    public async Task A_large_firm_that_set_money_aside_leads_in_the_call_of_a_province()
    {
        var season = await Season.OpenAsync(platform);
        var request = await season.RequestAsync("jinyang", "gyeongnam", 100_000_000, "JOINT", number: "2025-2");

        var receipt = Accepted(await season.SubmitAsync("jinyang", "gyeongnam", request, number: "2025-2"));

        var shares = await season.SharesAsync("gyeongnam", receipt.ApplicationId);
        Assert.Equal(30_000_000, shares[Funder.LeadFirm]);
    }

    [Fact]
    public async Task A_case_is_seen_by_its_firm_and_its_tenant_and_is_absent_for_all_others()
    {
        var season = await Season.OpenAsync(platform);
        var receipt = Accepted(await season.SubmitAsync("namdo", "jeonnam", await season.RequestAsync("namdo", "jeonnam", 100_000_000)));

        Assert.True(await SeesAsync(season, "namdo", "/company", receipt.ApplicationId));
        Assert.True(await SeesAsync(season, "jeonnam.officer", "/t/jeonnam", receipt.ApplicationId));
        Assert.True(await SeesAsync(season, "narae", "/supplier", receipt.ApplicationId));
        Assert.True(await SeesAsync(season, "centre.jnm", "/centre", receipt.ApplicationId));
        Assert.True(await SeesAsync(season, "kosmo.officer", "/oversight", receipt.ApplicationId));
        Assert.False(await SeesAsync(season, "baewon", "/company", receipt.ApplicationId));
        Assert.False(await SeesAsync(season, "gyeongnam.officer", "/t/gyeongnam", receipt.ApplicationId));
        Assert.False(await SeesAsync(season, "centre.gnm", "/centre", receipt.ApplicationId));
        Assert.False(await SeesAsync(season, "evaluator1", "/assess", receipt.ApplicationId));
    }

    private static async Task<bool> SeesAsync(Season season, string user, string path, Guid application)
    {
        var view = await season.AsAsync(user, path, (ViewApplication cases) => cases.RunAsync(application, Cancelled));
        var listed = await season.AsAsync(user, path, (ListApplications list) => list.RunAsync(new ListApplications.Query(), Cancelled));
        Assert.Equal(view is Outcome<ViewApplication.Case>.Done, listed.Rows.Any(row => row.Id == application));
        return view is Outcome<ViewApplication.Case>.Done;
    }

    private static async Task NothingStoredAsync(Season season)
    {
        foreach (var table in StoredTables)
        {
            Assert.Equal(0, await season.CountAsync(table));
        }
    }

    private static ApplicationReceipt Accepted(Outcome<ApplicationReceipt> outcome)
    {
        Assert.True(outcome.IsDone(out var receipt), string.Join(' ', Codes(outcome)));
        return receipt!;
    }

    private static IEnumerable<string> Codes(Outcome<ApplicationReceipt> outcome) => outcome.WhyNot.Select(reason => reason.Code);
}
