using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SaaS.Platform.Identity;
using SaaS.Platform.Organisations;

namespace SaaS.IntegrationTests.Identity;

public sealed class SignInTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private SignIn SignIn => platform.Services.GetRequiredService<SignIn>();

    [Fact]
    public async Task The_right_password_signs_in_whatever_the_case_of_the_name()
    {
        await platform.ResetAsync();
        var id = await platform.PersonAsync("kim");

        var outcome = await SignIn.HandleAsync("KIM", People.Password, Cancelled);

        Assert.Equal(id, SignInClaims.From(outcome.Principal!)!.UserId);
    }

    [Theory]
    [InlineData("kim", "wrong")]
    [InlineData("nobody", People.Password)]
    [InlineData("", "")]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer(string name, string password)
    {
        await platform.ResetAsync();
        await platform.PersonAsync("kim");

        Assert.Equal(new SignInOutcome(null, null), await SignIn.HandleAsync(name, password, Cancelled));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_for_ten_minutes()
    {
        await platform.ResetAsync();
        await platform.PersonAsync("kim");
        for (var tries = 0; tries < 5; tries++)
        {
            await SignIn.HandleAsync("kim", "wrong", Cancelled);
        }

        Assert.NotNull((await SignIn.HandleAsync("kim", People.Password, Cancelled)).LockedUntil);
        platform.Clock.Advance(Duration.FromMinutes(10));
        Assert.NotNull((await SignIn.HandleAsync("kim", People.Password, Cancelled)).Principal);
    }

    [Fact]
    public async Task Adding_a_person_again_keeps_the_password_and_sets_the_memberships()
    {
        await platform.ResetAsync();
        var firm = await platform.OrganisationAsync(OrganisationKind.Firm, "대성식품");
        var centre = await platform.OrganisationAsync(OrganisationKind.Centre, "전남센터");
        var id = await platform.PersonAsync("kim", (firm, MemberRole.Representative));

        Assert.Equal(id, await platform.PersonAsync("kim", (centre, MemberRole.Officer)));

        var person = await platform.Services.GetRequiredService<LoadActor>().HandleAsync(id, Cancelled);
        Assert.Equal([centre], person!.Memberships.Select(membership => membership.OrganisationId));
    }
}
