using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SaaS.IntegrationTests.Access;
using SaaS.Platform.Identity;
using SaaS.Platform.Invitations;
using SaaS.Platform.Refusals;

namespace SaaS.IntegrationTests.Onboarding;

public sealed class InvitationTests(PlatformFixture platform)
{
    private const string Email = "admin@sejong.go.kr";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_accepts_signs_in_with_the_address_and_has_the_offered_roles()
    {
        await using var sejong = await Sejong.OpenAsync(platform);

        Assert.True((await sejong.AcceptAsync(await sejong.TokenAsync(Email))).IsDone(out var accepted));

        Assert.NotNull((await sejong.Services.GetRequiredService<SignIn>().HandleAsync(Email, Sejong.Password, Cancelled)).Principal);
        var person = await sejong.Services.GetRequiredService<LoadActor>().HandleAsync(accepted.UserId, Cancelled);
        Assert.Equal("이세종", person!.Ko);
        Assert.Equal([MemberRole.Designer, MemberRole.Administrator], Assert.Single(person.Memberships).Roles.Order());
        Assert.Equal(InvitationStanding.Accepted, (await sejong.InvitedAsync(Email)).Standing);
    }

    [Fact]
    public async Task An_invitation_used_twice_is_refused_also_when_two_use_it_at_once()
    {
        await using var sejong = await Sejong.OpenAsync(platform);
        var token = await sejong.TokenAsync(Email);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => sejong.AcceptAsync(token)));
        var later = await sejong.AcceptAsync(token);

        Assert.Single(outcomes, outcome => outcome.IsDone(out _));
        Assert.IsType<Outcome<AcceptInvitation.Accepted>.NotFound>(later);
        Assert.Equal(1, await sejong.Season.CountAsync($"users where user_name = '{Email}'"));
    }

    [Fact]
    public async Task An_expired_invitation_is_refused_and_one_sent_again_is_not()
    {
        await using var sejong = await Sejong.OpenAsync(platform);
        var old = await sejong.TokenAsync(Email);
        platform.Clock.Advance(Duration.FromDays(7));

        Assert.IsType<Outcome<AcceptInvitation.Accepted>.NotFound>(await sejong.AcceptAsync(old));
        Assert.Equal(InvitationStanding.Expired, (await sejong.InvitedAsync(Email)).Standing);
        Assert.Empty((await ChangeAsync(sejong, change => change.SendAgainAsync)).WhyNot);
        await sejong.RunMailAsync();

        Assert.IsType<Outcome<AcceptInvitation.Accepted>.NotFound>(await sejong.AcceptAsync(old));
        Assert.True((await sejong.AcceptAsync(await sejong.TokenAsync(Email))).IsDone(out _));
    }

    [Fact]
    public async Task A_withdrawn_invitation_is_refused_and_cannot_be_sent_again()
    {
        await using var sejong = await Sejong.OpenAsync(platform);
        var token = await sejong.TokenAsync(Email);

        Assert.Empty((await ChangeAsync(sejong, change => change.WithdrawAsync)).WhyNot);

        Assert.IsType<Outcome<AcceptInvitation.Accepted>.NotFound>(await sejong.AcceptAsync(token));
        Assert.Equal(["invitation-ended"], (await ChangeAsync(sejong, change => change.SendAgainAsync)).WhyNot.Select(reason => reason.Code));
    }

    [Fact]
    public async Task A_short_password_or_no_name_is_refused_and_the_link_still_holds()
    {
        await using var sejong = await Sejong.OpenAsync(platform);
        var token = await sejong.TokenAsync(Email);

        Assert.Equal(["name-missing", "password-short"], (await sejong.AcceptAsync(token, "short", " ")).WhyNot.Select(reason => reason.Code));
        Assert.True((await sejong.AcceptAsync(token)).IsDone(out _));
    }

    [Fact]
    public async Task Somebody_known_joins_with_the_password_that_he_has_and_with_no_other()
    {
        await using var sejong = await Sejong.OpenAsync(platform);
        Assert.True((await sejong.AcceptAsync(await sejong.TokenAsync(Email))).IsDone(out var accepted));
        var invited = await sejong.Season.AsAsync("jeonnam.officer", "/t/jeonnam", (InvitePeople invite) => invite.RunAsync(
            "jeonnam", new InvitePeople.Request([new(Email, [MemberRole.Viewer])]), Cancelled));
        Assert.Empty(invited.WhyNot);
        await sejong.RunMailAsync();
        var token = await sejong.TokenAsync(Email);

        Assert.Equal(["password-wrong"], (await sejong.AcceptAsync(token, "another password")).WhyNot.Select(reason => reason.Code));
        Assert.True((await sejong.AcceptAsync(token)).IsDone(out var again));

        Assert.Equal(accepted.UserId, again.UserId);
        var person = await sejong.Services.GetRequiredService<LoadActor>().HandleAsync(accepted.UserId, Cancelled);
        Assert.Equal(["jeonnam", "sejong"], person!.Memberships.Select(membership => membership.TenantId).Order());
    }

    [Fact]
    public async Task The_mail_is_sent_once_although_its_job_runs_twice()
    {
        await using var sejong = await Sejong.OpenAsync(platform);
        var first = await sejong.LettersAsync();
        platform.Clock.Advance(Duration.FromMinutes(1));

        await sejong.RunMailAsync();

        Assert.Equal(2, first.Count);
        Assert.Equal(first, await sejong.LettersAsync());
    }

    [Fact]
    public async Task The_database_keeps_no_token_only_its_hash()
    {
        await using var sejong = await Sejong.OpenAsync(platform);
        var token = await sejong.TokenAsync(Email);

        foreach (var table in new[] { "invitations", "outbox", "audit_entries" })
        {
            Assert.Equal(0, await sejong.Season.CountAsync($"{table} t where t::text like '%{token}%'"));
        }

        Assert.Equal(1, await sejong.Season.CountAsync($"invitations where token_hash = sha256('{token}')"));
    }

    [Fact]
    public async Task Another_tenants_people_page_is_like_one_that_does_not_exist()
    {
        await using var sejong = await Sejong.OpenAsync(platform);
        Assert.True((await sejong.AcceptAsync(await sejong.TokenAsync(Email))).IsDone(out var accepted));
        await using var website = new Website(platform);
        var cookie = website.CookieOf(accepted.UserId, accepted.SecurityStamp, accepted.OrganisationId);

        var own = await website.SendAsync(HttpMethod.Get, "/t/sejong/people", cookie);
        var foreign = await website.SendAsync(HttpMethod.Get, "/t/jeonnam/people", cookie);
        var absent = await website.SendAsync(HttpMethod.Get, "/t/nowhere/people", cookie);

        Assert.Equal((200, 404), (own.Code, foreign.Code));
        Assert.Equal(absent.Without(["nowhere"]), foreign.Without(["jeonnam"]));
    }

    [Fact]
    public async Task Only_an_administrator_invites_and_only_into_the_own_tenant()
    {
        await using var sejong = await Sejong.OpenAsync(platform);
        var request = new InvitePeople.Request([new("friend@example.kr", [MemberRole.Approver])]);

        foreach (var (user, into) in new[] { ("jeonnam.finance", "jeonnam"), ("jeonnam.approver", "jeonnam"), ("jeonnam.officer", "sejong") })
        {
            var outcome = await sejong.Season.AsAsync(user, "/t/jeonnam", (InvitePeople invite) => invite.RunAsync(into, request, Cancelled));
            Assert.Equal(["role-missing"], outcome.WhyNot.Select(reason => reason.Code));
        }
    }

    private static async Task<Outcome<ChangeInvitation.Response>> ChangeAsync(Sejong sejong, Func<ChangeInvitation, Func<Guid, CancellationToken, Task<Outcome<ChangeInvitation.Response>>>> act)
    {
        var id = (await sejong.InvitedAsync(Email)).Id;
        return await sejong.Season.AsAsync("kosmo.officer", "/oversight", (ChangeInvitation change) => act(change)(id, Cancelled));
    }
}
