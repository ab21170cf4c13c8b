using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SaaS.IntegrationTests.Inbox;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Inbox;
using SaaS.Platform.Organisations;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Designing;

namespace SaaS.IntegrationTests.Programmes;

/// <summary>A regional centre plans a programme together with the tenant, and sees nothing else of it.</summary>
public sealed class DraftGuestTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_centre_that_is_invited_finds_the_draft_in_its_inbox_edits_it_and_publishes_nothing()
    {
        var (season, programme, officer) = await OpenAsync();
        Assert.Empty(await season.WhoAsync(WaitingKind.DraftGuest));

        var guest = await InviteAsync(season, officer, programme);

        Assert.Equal(["centre.jnm"], await season.WhoAsync(WaitingKind.DraftGuest));
        var planner = await PlannerAsync(season, "centre.jnm");
        var draft = await season.DraftAsync(planner!, programme);
        var saved = await SaveAsync(planner!, programme, Design.Of(Parse(draft.Json)).SetInput("evaluation", "passMark", 65), draft.Revision);
        Assert.True(saved.IsDone(out _), string.Join("; ", saved.WhyNot.Select(reason => reason.En)));
        Assert.Equal(draft.Revision + 1, (await season.DraftAsync(officer, programme)).Revision);

        Assert.Equal(["role-missing"], (await PublishAsync(planner!, programme, draft.Revision + 1)).WhyNot.Select(reason => reason.Code));
        Assert.Equal(["role-missing"], (await Of<HandOverDraft>().RunAsync(planner!, programme, draft.Revision + 1, null, Cancelled)).WhyNot.Select(reason => reason.Code));
        Assert.Equal(["role-missing"], (await Of<InviteCentre>().RunAsync(planner!, programme, new(planner!.OrganisationId), Cancelled)).WhyNot.Select(reason => reason.Code));
        Assert.Contains("second-person-needed", (await PublishAsync(officer, programme, draft.Revision + 1)).WhyNot.Select(reason => reason.Code));
        Assert.Equal(guest, Assert.Single((await Of<InviteCentre>().ListAsync(officer, programme, Cancelled)).Welcome).Id);
    }

    [Fact]
    public async Task A_guest_that_is_withdrawn_sees_and_changes_the_draft_no_more()
    {
        var (season, programme, officer) = await OpenAsync();
        var guest = await InviteAsync(season, officer, programme);
        var planner = (await PlannerAsync(season, "centre.jnm"))!;
        var draft = await season.DraftAsync(planner, programme);

        Assert.True((await Of<InviteCentre>().WithdrawAsync(officer, programme, guest, Cancelled)).IsDone(out _));

        Assert.IsType<Outcome<ReadDraft.Draft>.NotFound>(await Of<ReadDraft>().RunAsync(planner, programme, Cancelled));
        Assert.Equal(["role-missing"], (await SaveAsync(planner, programme, Design.Of(Parse(draft.Json)).SetInput("evaluation", "passMark", 65), draft.Revision)).WhyNot.Select(reason => reason.Code));
        Assert.Empty(await season.WhoAsync(WaitingKind.DraftGuest));
        Assert.Null(await PlannerAsync(season, "centre.jnm"));
        Assert.IsType<Outcome<Guid>.NotFound>(await Of<InviteCentre>().WithdrawAsync(officer, programme, guest, Cancelled));
    }

    [Fact]
    public async Task A_guest_sees_the_one_draft_and_nothing_else_of_the_tenant_and_other_centres_nothing()
    {
        var (season, programme, officer) = await OpenAsync();
        await InviteAsync(season, officer, programme);
        var other = await season.StartDraftAsync(officer, "second");
        var planner = (await PlannerAsync(season, "centre.jnm"))!;

        Assert.IsType<Outcome<ReadDraft.Draft>.NotFound>(await Of<ReadDraft>().RunAsync(planner, other, Cancelled));
        await using (var db = platform.Planes.Open(new PlaneContext(Plane.Region, null, planner.OrganisationId, planner.UserId)))
        {
            Assert.Equal([programme], await db.Set<DefinitionDraft>().Select(draft => draft.ProgrammeId).ToListAsync(Cancelled));
        }

        Assert.True((await Of<ReadSimulationGround>().RunAsync(planner, programme, Cancelled)).IsDone(out var ground));
        Assert.Equal(([], []), (ground.Calls, ground.Budgets));
        Assert.Equal(["role-missing"], (await Of<ReadSimulationGround>().RunAsync(planner, other, Cancelled)).WhyNot.Select(reason => reason.Code));
        var (call, _) = (await season.CallIdAsync("jeonnam", "2025-1"), 0);
        Assert.Equal(["role-missing"], (await Of<ReadEarlierApplicants>().RunAsync(planner, call, Cancelled)).WhyNot.Select(reason => reason.Code));
        Assert.Null(await PlannerAsync(season, "centre.gnm"));
    }

    [Fact]
    public async Task Only_a_regional_centre_is_invited_once_and_by_those_who_design()
    {
        var (season, programme, officer) = await OpenAsync();
        await InviteAsync(season, officer, programme);
        var centre = await CentreAsync();

        Assert.Equal(["centre-invited"], (await Of<InviteCentre>().RunAsync(officer, programme, new(centre), Cancelled)).WhyNot.Select(reason => reason.Code));
        Assert.Equal(["centre-missing"], (await Of<InviteCentre>().RunAsync(officer, programme, new(officer.OrganisationId), Cancelled)).WhyNot.Select(reason => reason.Code));
        var finance = await season.AuthorAsync("jeonnam.finance");
        Assert.Equal(["role-missing"], (await Of<InviteCentre>().RunAsync(finance, programme, new(centre), Cancelled)).WhyNot.Select(reason => reason.Code));
        var foreign = await season.AuthorAsync("gyeongnam.officer");
        Assert.IsType<Outcome<InviteCentre.Guest>.NotFound>(await Of<InviteCentre>().RunAsync(foreign, programme, new(centre), Cancelled));
    }

    [Fact]
    public async Task A_draft_that_is_handed_over_waits_for_those_who_did_not_write_it_until_it_changes()
    {
        var (season, programme, officer) = await OpenAsync();
        var draft = await season.DraftAsync(officer, programme);
        Assert.Empty(await season.WhoAsync(WaitingKind.DraftToPublish));

        Assert.True((await Of<HandOverDraft>().RunAsync(officer, programme, draft.Revision, " 도 예산이 확정되었습니다. ", Cancelled)).IsDone(out _));

        Assert.Equal("도 예산이 확정되었습니다.", (await season.DraftAsync(officer, programme)).ReadyReason);
        Assert.Equal(["jeonnam.approver"], await season.WhoAsync(WaitingKind.DraftToPublish));
        Assert.Equal(programme, (await season.InboxAsync("jeonnam.approver")).Single(item => item.Kind is WaitingKind.DraftToPublish).ProgrammeId);
        var saved = await SaveAsync(officer, programme, Design.Of(Parse(draft.Json)).SetInput("evaluation", "passMark", 65), draft.Revision);
        Assert.True(saved.IsDone(out var after));
        Assert.Empty(await season.WhoAsync(WaitingKind.DraftToPublish));
        Assert.Null((await season.DraftAsync(officer, programme)).ReadyReason);

        // Looked over and sent to KOSMO it waits there, and with nobody of the tenant any more.
        Assert.True((await Of<HandOverDraft>().RunAsync(officer, programme, after.Revision, null, Cancelled)).IsDone(out _));
        var approver = await season.AuthorAsync("jeonnam.approver");
        Assert.True((await PublishAsync(approver, programme, after.Revision)).IsDone(out var asked));
        Assert.NotNull(asked.RequestId);
        Assert.Empty(await season.WhoAsync(WaitingKind.DraftToPublish));
        Assert.Equal(["kosmo.approver", "kosmo.officer"], await season.WhoAsync(WaitingKind.Publication));
        Assert.Equal(["draft-changed"], (await Of<HandOverDraft>().RunAsync(officer, programme, draft.Revision, null, Cancelled)).WhyNot.Select(reason => reason.Code));
    }

    private async Task<(Season Season, Guid Programme, DraftAuthor Officer)> OpenAsync()
    {
        var season = await Season.OpenAsync(platform);
        var officer = await season.AuthorAsync("jeonnam.officer");
        return (season, await season.StartDraftAsync(officer, "first"), officer);
    }

    private async Task<Guid> InviteAsync(Season season, DraftAuthor officer, Guid programme)
    {
        Assert.True((await Of<InviteCentre>().RunAsync(officer, programme, new(await CentreAsync()), Cancelled)).IsDone(out var guest));
        return guest.Id;
    }

    private async Task<Guid> CentreAsync()
    {
        await using var db = platform.Planes.OpenOversight();
        return await db.Organisations.Where(row => row.Kind == OrganisationKind.Centre && row.En == "Jeonnam regional centre").Select(row => row.Id).SingleAsync(Cancelled);
    }

    /// <summary>The planner as the page makes him out of what his plane shows; null where it shows no invitation.</summary>
    private static Task<DraftAuthor?> PlannerAsync(Season season, string user) => season.AsAsync(user, "/centre", async (CurrentActor actor) =>
    {
        await using var db = season.Platform.Planes.Open(actor.Context);
        return await db.Set<DraftGuest>().FirstOrDefaultAsync(Cancelled) is { } guest ? DraftAuthor.OfGuest(actor, guest) : null;
    });

    private Task<Outcome<SaveDraft.Saved>> SaveAsync(DraftAuthor author, Guid programme, Design design, int revision)
        => Of<SaveDraft>().RunAsync(author, programme, design.ToJson(), revision, Cancelled);

    private Task<Outcome<PublishDraft.Result>> PublishAsync(DraftAuthor author, Guid programme, int revision)
        => Of<PublishDraft>().RunAsync(author, programme, new PublishDraft.Request(revision, "시험"), Cancelled);

    private T Of<T>()
        where T : notnull => platform.Services.GetRequiredService<T>();

    private static WorkflowDefinition Parse(string json) => WorkflowDefinition.Parse(json).Required;
}
