using SaaS.Domain.Money;
using SaaS.Platform.Applications;

namespace SaaS.IntegrationTests.Disbursements;

/// <summary>Whole cases on the real definitions, figures as in the acceptance scenarios.</summary>
public sealed class LastTrancheTests(PlatformFixture platform)
{
    [Fact]
    public async Task An_advanced_case_with_an_odd_total_is_paid_to_the_last_won_and_the_city_of_the_facility_pays()
    {
        var season = await Season.OpenAsync(platform);
        await season.GrantAsync("jeonnam");
        var application = await season.UpToAgreementAsync("dolsan", "jeonnam", 345_678_000, "ADV");

        await season.SignAllAsync(application, "jeonnam", "dolsan", "narae");
        await season.PayTrancheAsync(application, "dolsan");
        await season.InspectAsync(application, passes: true);
        await season.PayTrancheAsync(application, "dolsan");
        await season.InspectAsync(application, passes: true);
        await season.PayTrancheAsync(application, "dolsan");

        var money = await season.MoneyAsync(application);
        Assert.Equal(ApplicationStatus.Completed, money.Status);
        Assert.Equal(
            [
                (Funder.National, "스마트제조혁신추진단", 172_839_000L, "69135000 51851000 51853000"),
                (Funder.Province, "전라남도", 51_851_000L, "20740000 15555000 15556000"),
                (Funder.Municipality, "여수시", 51_851_000L, "20740000 15555000 15556000"),
                (Funder.Firm, "돌산갓김치", 69_137_000L, "27654000 20741000 20742000"),
            ],
            money.Funders.Select(funder => (funder.Funder, funder.OrganisationKo, funder.Paid, string.Join(' ', funder.Tranches))));
        Assert.All(money.Funders, funder => Assert.Equal(0, funder.Reserved + funder.Committed + funder.InKind));
        Assert.Equal((0, 0, 51_851_000), await season.BudgetAsync("jeonnam", Funder.Municipality, "여수시"));
        Assert.Equal((0, 0, 0), await season.BudgetAsync("jeonnam", Funder.Municipality, "나주시"));
        await season.VerifyAsync();
    }

    [Fact]
    public async Task What_a_large_firm_gives_in_kind_is_met_at_signature_and_never_paid_in_cash()
    {
        var season = await Season.OpenAsync(platform);
        var application = await season.UpToAgreementAsync("shinsung", "lg", 400_000_000, "JOINT", inKind: 30_000_000);

        await season.SignAllAsync(application, "lg", "shinsung", "narae");
        var atSignature = (await season.MoneyAsync(application)).Funders.Single(funder => funder.Funder == Funder.LeadFirm);
        await season.PayTrancheAsync(application, "shinsung");
        await season.InspectAsync(application, passes: true);
        await season.PayTrancheAsync(application, "shinsung");
        await season.InspectAsync(application, passes: true);
        await season.PayTrancheAsync(application, "shinsung");

        Assert.Equal((90_000_000, 30_000_000, 0), (atSignature.Committed, atSignature.InKind, atSignature.Paid));
        var money = await season.MoneyAsync(application);
        var lead = money.Funders.Single(funder => funder.Funder == Funder.LeadFirm);
        Assert.Equal((0, 30_000_000, 90_000_000), (lead.Committed, lead.InKind, lead.Paid));
        Assert.Equal([36_000_000, 27_000_000, 27_000_000], lead.Tranches);
        Assert.Equal(370_000_000, money.Funders.Sum(funder => funder.Paid));
        Assert.Equal(400_000_000, money.Funders.Sum(funder => funder.Paid + funder.InKind));
        await season.VerifyAsync();
    }
}
