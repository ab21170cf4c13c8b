using SaaS.Domain.Money;
using SaaS.IntegrationTests.Disbursements;
using SaaS.Platform.Agreements;
using SaaS.Platform.Applications;
using SaaS.Platform.Refusals;

namespace SaaS.IntegrationTests.Agreements;

public sealed class AgreementTests(PlatformFixture platform)
{
    [Fact]
    public async Task A_declined_agreement_gives_every_won_back_to_its_budget()
    {
        var season = await Season.OpenAsync(platform);
        await season.GrantAsync("jeonnam");
        var application = await season.UpToAgreementAsync("namdo", "jeonnam", 400_000_000, "ADV");
        var before = await season.BudgetAsync("jeonnam", Funder.Municipality, "나주시");
        var agreement = (await season.MoneyAsync(application)).Agreement!.Id;

        var declined = await season.SignAsync("namdo", "/company", agreement, sign: false);
        await season.RunJobsAsync();

        Assert.Empty(declined.WhyNot);
        Assert.Equal((0, 60_000_000, 0), before);
        var money = await season.MoneyAsync(application);
        Assert.Equal(ApplicationStatus.Declined, money.Status);
        Assert.All(money.Funders, funder => Assert.Equal(0, funder.Reserved + funder.Committed + funder.Paid));
        foreach (var (funder, body) in new[] { (Funder.Municipality, "나주시"), (Funder.Province, "전라남도"), (Funder.National, "스마트제조혁신추진단") })
        {
            Assert.Equal((0, 0, 0), await season.BudgetAsync("jeonnam", funder, body));
        }

        await season.VerifyAsync();
    }

    [Fact]
    public async Task Each_party_signs_once_and_nobody_else_signs()
    {
        var season = await Season.OpenAsync(platform);
        var application = await season.UpToAgreementAsync("baewon", "jeonnam", 100_000_000, "BASIC");
        var agreement = (await season.MoneyAsync(application)).Agreement!.Id;

        var first = await season.SignAsync("baewon", "/company", agreement);
        var second = await season.SignAsync("baewon", "/company", agreement);
        var stranger = await season.SignAsync("namdo", "/company", agreement);
        var wrongRole = await season.SignAsync("jeonnam.finance", "/t/jeonnam", agreement);
        var otherSupplier = await season.SignAsync("mirae", "/supplier", agreement);

        Assert.True(first.IsDone(out var signed));
        Assert.Equal(2, signed!.Missing);
        Assert.Equal(["agreement-concluded"], second.WhyNot.Select(reason => reason.Code));
        Assert.IsType<Outcome<SignAgreement.Response>.NotFound>(stranger);
        Assert.Equal(["role-missing"], wrongRole.WhyNot.Select(reason => reason.Code));
        Assert.IsType<Outcome<SignAgreement.Response>.NotFound>(otherSupplier);
        Assert.Equal(ApplicationStatus.AwaitingAgreement, (await season.MoneyAsync(application)).Status);
    }
}
