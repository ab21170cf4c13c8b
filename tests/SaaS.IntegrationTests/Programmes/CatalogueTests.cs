using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Applications;
using SaaS.Platform.Programmes;

namespace SaaS.IntegrationTests.Programmes;

/// <summary>Announced programmes of <c>workflows/catalogue</c>, taken by a tenant; rules and shares look at what a firm was awarded before.</summary>
public sealed class CatalogueTests(PlatformFixture platform) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("catalogue-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static string Catalogue => Path.Combine(Season.Tenants, "..", "workflows", "catalogue");

    [Fact]
    public async Task A_tenant_can_take_every_programme_of_the_catalogue()
    {
        var season = await Season.OpenAsync(platform);
        var files = Directory.EnumerateFiles(Catalogue, "*.json").Where(file => !file.EndsWith(".cases.json", StringComparison.Ordinal)).ToList();

        Assert.Empty((await season.ApplyAsync(Tenant("", [.. files.Select(file => Path.GetFileNameWithoutExtension(file))]))).Problems);

        await using var db = platform.Planes.OpenTenant("newland");
        Assert.Equal(
            files.Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal),
            (await db.Set<Programme>().Select(programme => programme.Slug).ToListAsync(Cancelled)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_top_up_gives_a_tenth_of_the_national_grant_that_the_firm_was_awarded_this_year()
    {
        var season = await TakeAsync("top-uls-2021");
        var request = await season.RequestAsync("namdo", "newland", 60_000_000, null);

        var before = await season.PreviewAsync("namdo", "newland", request);
        Assert.Equal(["AWARD", "PART"], before.Reasons.Select(reason => reason.Code));
        Assert.Equal(new("", 0, 0), before.Award);
        await AwardedAsync(season, "namdo", "kosmo", 123_456_788, "BASIC");
        var shown = await season.PreviewAsync("namdo", "newland", request);

        // KOSMO gives 50 million at most; a tenth of that is the region's.
        Assert.Empty(shown.Reasons);
        Assert.Equal(new("BASIC", 50_000_000, 73_456_788), shown.Award);
        Assert.Equal([(Funder.Province, 5_000_000), (Funder.Firm, 55_000_000)], shown.Shares.Select(share => (share.Funder, share.Amount)));
    }

    [Fact]
    public async Task What_the_firm_gives_in_kind_lowers_a_top_up_on_its_cash()
    {
        var season = await TakeAsync("top-icn");
        await AwardedAsync(season, "namdo", "kosmo", 100_000_000, "BASIC");
        var request = await season.RequestAsync("namdo", "newland", 50_000_000, null);

        var cash = await season.PreviewAsync("namdo", "newland", request);
        var partly = await season.PreviewAsync("namdo", "newland", request with { FirmInKind = 20_000_000 });
        var impossible = await season.PreviewAsync("namdo", "newland", request with { FirmInKind = 50_000_001 });

        Assert.Equal([(Funder.Province, 10_000_000), (Funder.Firm, 40_000_000)], cash.Shares.Select(share => (share.Funder, share.Amount)));
        Assert.Equal([(Funder.Province, 6_000_000), (Funder.Firm, 44_000_000)], partly.Shares.Select(share => (share.Funder, share.Amount)));
        Assert.Equal(["in-kind-impossible"], impossible.Reasons.Select(reason => reason.Code));
    }

    [Fact]
    public async Task A_firm_waits_two_full_years_before_the_same_programme_supports_it_again()
    {
        var season = await TakeAsync("loc-cbk-small-2025");
        var request = await season.RequestAsync("namdo", "newland", 30_000_000, null);
        var first = await SubmitAsync(season, "namdo", request);
        Assert.Empty((await season.PreviewAsync("namdo", "newland", request)).Reasons);

        await SetAsync(first, "InProgress");
        Assert.Equal(["COOLING-OFF"], (await season.PreviewAsync("namdo", "newland", request)).Reasons.Select(reason => reason.Code));
        platform.Clock.Reset(PlatformFixture.Start + Duration.FromDays(364 + 365));
        Assert.Equal(["COOLING-OFF"], (await season.PreviewAsync("namdo", "newland", request)).Reasons.Select(reason => reason.Code));
        platform.Clock.Reset(PlatformFixture.Start + Duration.FromDays(365 + 365));
        Assert.Empty((await season.PreviewAsync("namdo", "newland", request)).Reasons);
    }

    [Fact]
    public async Task A_firm_that_lost_its_award_does_not_wait()
    {
        var season = await TakeAsync("loc-cbk-small-2025");
        var request = await season.RequestAsync("namdo", "newland", 30_000_000, null);

        await SetAsync(await SubmitAsync(season, "namdo", request), "Declined");

        Assert.Empty((await season.PreviewAsync("namdo", "newland", request)).Reasons);
    }

    [Fact]
    public async Task An_award_of_the_same_year_elsewhere_is_seen_whoever_gave_it()
    {
        var season = await TakeAsync("loc-cbk-small-2025");
        await AwardedAsync(season, "namdo", "kosmo", 100_000_000, "ADV1");

        var shown = await season.PreviewAsync("namdo", "newland", await season.RequestAsync("namdo", "newland", 30_000_000, null));

        Assert.Equal(["SAME-YEAR"], shown.Reasons.Select(reason => reason.Code));
        var other = await season.PreviewAsync("baewon", "newland", await season.RequestAsync("baewon", "newland", 30_000_000, null));
        Assert.Empty(other.Reasons);
    }

    [Fact]
    public async Task A_ceiling_over_all_projects_leaves_what_was_not_given_before()
    {
        // The same ceiling on the region's own money, so that nobody has to reserve any.
        var season = await TakeAsync("loc-cbk-small-2025", text => text
            .Replace("\"funder\": \"Province\",", "\"funder\": \"Province\", \"cumulativeCap\": 40000000, \"overflowTo\": \"Firm\",", StringComparison.Ordinal)
            .Replace("\"minBp\": 9000", "\"minBp\": 0", StringComparison.Ordinal).Replace("\"maxBp\": 1000,", "\"maxBp\": 10000,", StringComparison.Ordinal)
            .Replace("\"operator\": \"ge\", \"value\": 2,", "\"operator\": \"ge\", \"value\": 0,", StringComparison.Ordinal));
        var request = await season.RequestAsync("namdo", "newland", 30_000_000, null);

        await SetAsync(await SubmitAsync(season, "namdo", request), "Completed");
        var second = await season.PreviewAsync("namdo", "newland", request);

        Assert.Empty(second.Reasons);
        Assert.Equal([(Funder.Province, 13_000_000), (Funder.Firm, 17_000_000)], second.Shares.Select(share => (share.Funder, share.Amount)));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<Guid> SubmitAsync(Season season, string firm, ApplicationRequest request, string tenant = "newland")
    {
        var outcome = await season.SubmitAsync(firm, tenant, request);
        Assert.True(outcome.IsDone(out var receipt), string.Join(' ', outcome.WhyNot.Select(reason => reason.Code)));
        return receipt!.ApplicationId;
    }

    private async Task AwardedAsync(Season season, string firm, string tenant, long cost, string tier)
        => await SetAsync(await SubmitAsync(season, firm, await season.RequestAsync(firm, tenant, cost, tier), tenant), "InProgress");

    // The stages between are walked elsewhere.
    private async Task SetAsync(Guid application, string status)
    {
        await using var connection = await platform.OpenAdminAsync();
        await using var command = new Npgsql.NpgsqlCommand("update applications set status = $1 where id = $2", connection);
        command.Parameters.AddWithValue(status);
        command.Parameters.AddWithValue(application);
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancelled));
    }

    /// <summary>A province that takes one programme, its region's code changed to where the firms of the season are.</summary>
    private async Task<Season> TakeAsync(string programme, Func<string, string>? change = null)
    {
        var season = await Season.OpenAsync(platform);
        var applied = await season.ApplyAsync(Tenant(
            $$"""
            { "programme": "{{programme}}", "number": "2025-1", "ko": "공고", "en": "Call", "opensAt": "2025-02-24T09:00", "closesAt": "2029-12-31T18:00", "budgetYear": 2025,
              "budgets": [{ "tier": null, "funder": "Province", "organisation": "newland", "appropriated": 1000000000 }], "nationalGrants": [] }
            """,
            [programme],
            text => (change ?? (same => same))(System.Text.RegularExpressions.Regex.Replace(text, "\"value\": \\[\"(28|31|43)\"\\]", "\"value\": [\"46\"]"))));
        Assert.Empty(applied.Problems);
        return season;
    }

    private string Tenant(string call, IReadOnlyList<string> programmes, Func<string, string>? change = null)
    {
        var tenant = Path.Combine(folder, "newland");
        Directory.CreateDirectory(Path.Combine(tenant, "programmes"));
        File.WriteAllText(
            Path.Combine(tenant, "tenant.json"),
            $$"""
            { "id": "newland", "kind": "Province", "ko": "새도", "en": "Newland", "region": "46", "municipality": null,
              "organisation": { "businessNumber": "124-83-00008", "ko": "새도", "en": "Newland" },
              "people": [{ "user": "newland.officer", "ko": "새도 담당자", "en": "Newland officer", "role": "Officer" }], "calls": [{{call}}] }
            """);
        foreach (var programme in programmes)
        {
            var text = File.ReadAllText(Path.Combine(Catalogue, programme + ".json"));
            File.WriteAllText(Path.Combine(tenant, "programmes", programme + ".json"), change is null ? text : change(text));
        }

        return tenant;
    }
}
