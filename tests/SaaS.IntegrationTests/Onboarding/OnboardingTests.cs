using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SaaS.IntegrationTests.Access;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Invitations;
using SaaS.Platform.Onboarding;
using SaaS.Platform.Organisations;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;

namespace SaaS.IntegrationTests.Onboarding;

public sealed class OnboardingTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sejong_is_taken_in_with_one_form_and_its_official_opens_an_empty_list_of_programmes()
    {
        await using var sejong = await Sejong.OpenAsync(platform);
        Assert.True((await sejong.AcceptAsync(await sejong.TokenAsync("admin@sejong.go.kr"))).IsDone(out var accepted));
        await using var website = new Website(platform);

        var page = await website.SendAsync(HttpMethod.Get, "/t/sejong/programmes", website.CookieOf(accepted.UserId, accepted.SecurityStamp, accepted.OrganisationId));

        Assert.Equal(200, page.Code);
        Assert.Contains("세종 스마트공장", page.Body, StringComparison.Ordinal);
        Assert.Contains("data-brand=\"teal\"", page.Body, StringComparison.Ordinal);
        await using var db = platform.Planes.OpenTenant("sejong");
        Assert.Empty(await db.Set<Programme>().ToListAsync(Cancelled));
        var tenant = await db.Tenants.SingleAsync(row => row.Id == "sejong", Cancelled);
        Assert.Equal((TenantKind.Municipality, "36"), (tenant.Kind, tenant.RegionCode));
        Assert.Equal(["invitation.accepted", "person.invited", "person.invited", "tenant.onboarded"], await db.AuditEntries.OrderBy(entry => entry.Action).Select(entry => entry.Action).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task Everything_that_is_wrong_in_the_form_is_said_at_once_and_nothing_is_kept()
    {
        await using var sejong = await Sejong.PrepareAsync(platform);

        var outcome = await sejong.OnboardAsync(new OnboardTenant.Request(
            "Sejong!", "Province", "세종", "", null, "46170", "305-83-01233", null, null, "yellow", "ko",
            [new("no address", [MemberRole.Viewer]), new("b@example.kr", []), new("b@example.kr", [MemberRole.Operator])]));

        Assert.Equal(
            ["tenant-id", "name-missing", "business-number-check", "region-missing", "municipality-unknown", "colour-unknown", "email-form", "roles-missing", "email-twice", "roles-missing", "administrator-missing"],
            outcome.WhyNot.Select(reason => reason.Code));
        Assert.Equal(0, await sejong.Season.CountAsync("invitations"));
        Assert.Equal(0, await sejong.Season.CountAsync("tenants where id = 'Sejong!'"));
    }

    [Fact]
    public async Task A_name_or_a_number_that_is_taken_is_refused_and_leaves_nothing_behind()
    {
        await using var sejong = await Sejong.OpenAsync(platform);

        var again = await sejong.OnboardAsync(Sejong.Request);
        var other = await sejong.OnboardAsync(Sejong.Request with { Id = "sejong-2" });

        Assert.Equal(["tenant-taken", "number-taken"], again.WhyNot.Select(reason => reason.Code));
        Assert.Equal(["number-taken"], other.WhyNot.Select(reason => reason.Code));
        Assert.Equal(2, await sejong.Season.CountAsync("invitations"));
    }

    [Theory]
    [InlineData("kosmo.operator")]
    [InlineData("kosmo.finance")]
    public async Task Only_officials_of_the_national_operator_take_tenants_in(string user)
    {
        await using var sejong = await Sejong.PrepareAsync(platform);

        var outcome = await sejong.OnboardAsync(Sejong.Request, user);

        Assert.Equal(RefusalKind.Forbidden, ((Outcome<OnboardTenant.Response>.Refused)outcome).Kind);
    }

    [Fact]
    public async Task No_other_tenant_can_add_tenants_people_or_members_whatever_sql_it_sends()
    {
        await using var sejong = await Sejong.OpenAsync(platform);
        await using var db = platform.Planes.OpenTenant("jeonnam");
        var organisation = await db.Tenants.Where(tenant => tenant.Id == "jeonnam").Select(tenant => tenant.OrganisationId).SingleAsync(Cancelled);
        var user = await sejong.Season.UserAsync("jeonnam.finance");

        await RefusedAsync(db => db.Tenants.Add(new Tenant { Id = "mine", Kind = TenantKind.Province, Ko = "가", En = "a", OrganisationId = organisation }));
        await RefusedAsync(db => db.Organisations.Add(new Organisation { Id = Guid.CreateVersion7(), Kind = OrganisationKind.Province, Ko = "가", En = "a" }));
        await RefusedAsync(db => db.Users.Add(new User { Id = Guid.CreateVersion7(), UserName = "x", NormalizedUserName = "X", Ko = "가", En = "a" }));
        await RefusedAsync(db => db.Memberships.Add(new Membership { UserId = user, OrganisationId = organisation, Role = MemberRole.Approver }));

        async Task RefusedAsync(Action<GrantsDb> add)
        {
            await using var tenant = platform.Planes.OpenTenant("jeonnam");
            add(tenant);
            var refused = await Assert.ThrowsAsync<DbUpdateException>(() => tenant.SaveChangesAsync(Cancelled));
            Assert.Contains("row-level security", refused.InnerException!.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_designer_edits_drafts_but_does_not_publish_and_an_approver_does()
    {
        await using var sejong = await Sejong.PrepareAsync(platform);
        var invited = await sejong.Season.AsAsync("jeonnam.officer", "/t/jeonnam", (InvitePeople invite) => invite.RunAsync(
            "jeonnam",
            new InvitePeople.Request([new("design@jeonnam.go.kr", [MemberRole.Designer]), new("view@jeonnam.go.kr", [MemberRole.Viewer]), new("head@jeonnam.go.kr", [MemberRole.Approver])]),
            Cancelled));
        Assert.Empty(invited.WhyNot);
        await sejong.RunMailAsync();
        foreach (var email in new[] { "design@jeonnam.go.kr", "view@jeonnam.go.kr", "head@jeonnam.go.kr" })
        {
            Assert.Empty((await sejong.AcceptAsync(await sejong.TokenAsync(email))).WhyNot);
        }

        var programme = await ProgrammeAsync("jeonnam");
        var saved = await SaveAsync(sejong, "design@jeonnam.go.kr", programme);
        Assert.Empty(saved.WhyNot);
        Assert.Equal(["role-missing"], (await SaveAsync(sejong, "view@jeonnam.go.kr", programme)).WhyNot.Select(reason => reason.Code));
        Assert.Equal(["role-missing"], (await PublishAsync(sejong, "design@jeonnam.go.kr", programme)).WhyNot.Select(reason => reason.Code));
        Assert.Equal(["role-missing"], (await PublishAsync(sejong, "view@jeonnam.go.kr", programme)).WhyNot.Select(reason => reason.Code));
        Assert.DoesNotContain("role-missing", (await PublishAsync(sejong, "head@jeonnam.go.kr", programme)).WhyNot.Select(reason => reason.Code));
    }

    private async Task<Guid> ProgrammeAsync(string tenant)
    {
        await using var db = platform.Planes.OpenTenant(tenant);
        return await db.Set<Programme>().Select(programme => programme.Id).FirstAsync(Cancelled);
    }

    private static async Task<Outcome<SaveDraft.Saved>> SaveAsync(Sejong sejong, string user, Guid programme)
    {
        var author = await AuthorAsync(sejong, user);
        Assert.True((await sejong.Services.GetRequiredService<ReadDraft>().RunAsync(author, programme, Cancelled)).IsDone(out var draft));
        return await sejong.Services.GetRequiredService<SaveDraft>().RunAsync(author, programme, draft.Json, draft.Revision, Cancelled);
    }

    private static async Task<Outcome<PublishDraft.Result>> PublishAsync(Sejong sejong, string user, Guid programme)
        => await sejong.Services.GetRequiredService<PublishDraft>().RunAsync(await AuthorAsync(sejong, user), programme, new PublishDraft.Request(1, null), Cancelled);

    private static Task<DraftAuthor> AuthorAsync(Sejong sejong, string user)
        => sejong.Season.AsAsync(user, "/t/jeonnam", (CurrentActor actor) => Task.FromResult(DraftAuthor.Of(actor)!));
}
