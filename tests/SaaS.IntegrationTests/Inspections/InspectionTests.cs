using SaaS.Domain.Money;
using SaaS.IntegrationTests.Disbursements;
using SaaS.Platform.Applications;
using SaaS.Platform.Inspections;
using SaaS.Platform.Refusals;

namespace SaaS.IntegrationTests.Inspections;

public sealed class InspectionTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_project_passes_only_with_every_item_met_and_all_that_is_wrong_is_said_at_once()
    {
        var (season, application) = await UpToInspectionAsync();
        var (inspector, inspection) = await season.OpenInspectionAsync(application);
        var other = inspector == "inspector1" ? "inspector2" : "inspector1";
        var findings = new Dictionary<string, bool?> { [inspection.Checklist[0].Code] = false, ["NO-SUCH"] = true };

        var wrong = await season.AsAsync(inspector, "/assess", (RecordInspection record) => record.RunAsync(inspection.Id, new(true, findings, null), Cancelled));
        var silent = await season.AsAsync(inspector, "/assess", (RecordInspection record) => record.RunAsync(inspection.Id, new(null, null, null), Cancelled));
        var foreign = await season.AsAsync(other, "/assess", (RecordInspection record) => record.RunAsync(inspection.Id, new(false, null, "부적합"), Cancelled));

        Assert.Equal(
            ["item-not-met", .. Enumerable.Repeat("item-missing", inspection.Checklist.Count - 1), "item-unknown"],
            wrong.WhyNot.Select(reason => reason.Code));
        Assert.Equal("result-missing", silent.WhyNot[0].Code);
        Assert.Equal(inspection.Checklist.Count + 1, silent.WhyNot.Count);
        Assert.IsType<Outcome<RecordInspection.Response>.NotFound>(foreign);
    }

    [Fact]
    public async Task A_failed_inspection_ends_the_case_keeps_what_is_paid_and_gives_the_rest_back()
    {
        var (season, application) = await UpToInspectionAsync();

        await season.InspectAsync(application, passes: false);

        var money = await season.MoneyAsync(application);
        Assert.Equal(ApplicationStatus.Failed, money.Status);
        Assert.Equal(
            [(Funder.Province, 12_000_000L, 0L), (Funder.Municipality, 12_000_000L, 0L), (Funder.Firm, 16_000_000L, 0L)],
            money.Funders.Select(funder => (funder.Funder, funder.Paid, funder.Reserved + funder.Committed)));
        Assert.Equal((0, 0, 12_000_000), await season.BudgetAsync("jeonnam", Funder.Province, "전라남도"));
        await season.VerifyAsync();
    }

    private async Task<(Season Season, Guid Application)> UpToInspectionAsync()
    {
        var season = await Season.OpenAsync(platform);
        var application = await season.UpToAgreementAsync("baewon", "jeonnam", 100_000_000, "BASIC");
        await season.SignAllAsync(application, "jeonnam", "baewon", "narae");
        await season.PayTrancheAsync(application, "baewon");
        return (season, application);
    }
}
