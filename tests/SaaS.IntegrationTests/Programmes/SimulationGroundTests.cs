using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Identity;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Platform.Shares;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Simulation;

namespace SaaS.IntegrationTests.Programmes;

/// <summary>What an official can simulate with before he publishes.</summary>
public sealed class SimulationGroundTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_earlier_calls_applicants_go_through_the_draft_and_get_what_they_were_promised()
    {
        var (season, programme, officer) = await OpenAsync();
        Assert.True((await season.SubmitAsync("namdo", "jeonnam", await season.RequestAsync("namdo", "jeonnam", 100_000_000))).IsDone(out var receipt));

        var ground = await GroundAsync(officer, programme);
        var call = Assert.Single(ground.Calls);
        var applicants = await ApplicantsAsync(officer, call.Id);
        var compile = platform.Services.GetRequiredService<CompileDraft>();
        var draft = await compile.RunAsync(officer, await DefinitionAsync(officer, programme), Cancelled);
        var run = VersionSimulation.Run(
            draft, draft, SimulationPolicy.Approved, PlatformFixture.Start, FirmSource.Of(applicants.Jsonl, FirmFormat.Jsonl), SimulationPace.Full, Cancelled);

        Assert.Equal(("46", 1), (ground.Region, call.Applications));
        Assert.Equal((1, 1, 1), (run.Draft.Firms, run.Draft.Passed, run.Draft.Supported));
        var promised = await season.SharesAsync("jeonnam", receipt!.ApplicationId);
        Assert.Equal(promised.OrderBy(share => share.Key), run.Draft.Won.Where(share => share.Value > 0).OrderBy(share => share.Key));
        Assert.Equal(["남도식품"], applicants.Names.Values.Select(name => name.Ko));
        Assert.True(run.Difference!.IsNone);
    }

    [Fact]
    public async Task The_money_shown_is_that_of_the_programmes_newest_call()
    {
        var (season, programme, officer) = await OpenAsync();

        var budgets = (await GroundAsync(officer, programme)).Budgets;

        Assert.NotEmpty(budgets);
        await using var db = season.Platform.Planes.OpenTenant("jeonnam");
        var appropriated = (await db.Set<BudgetLine>().AsNoTracking().ToListAsync(Cancelled)).Sum(line => line.Appropriated.Amount);
        Assert.Equal(appropriated, budgets.Sum(budget => budget.Won));
    }

    [Fact]
    public async Task Another_tenants_official_finds_neither_the_ground_nor_the_applicants()
    {
        var (season, _, officer) = await OpenAsync();
        await season.SubmitAsync("namdo", "jeonnam", await season.RequestAsync("namdo", "jeonnam", 100_000_000));
        var call = await season.CallIdAsync("jeonnam", "2025-1");
        var foreign = await AuthorAsync(season, "gyeongnam.officer", "gyeongnam");
        var read = platform.Services.GetRequiredService<ReadEarlierApplicants>();

        Assert.IsType<Outcome<ReadEarlierApplicants.Applicants>.NotFound>(await read.RunAsync(foreign, call, Cancelled));
        Assert.False((await read.RunAsync(foreign with { Tenant = "jeonnam" }, call, Cancelled)).IsDone(out _));
        Assert.True((await read.RunAsync(officer, call, Cancelled)).IsDone(out _));
    }

    private async Task<(Season Season, Guid Programme, DraftAuthor Officer)> OpenAsync()
    {
        var season = await Season.OpenAsync(platform);
        await using var db = platform.Planes.OpenTenant("jeonnam");
        return (season, await db.Set<Programme>().Select(programme => programme.Id).SingleAsync(Cancelled), await AuthorAsync(season, "jeonnam.officer", "jeonnam"));
    }

    private static Task<DraftAuthor> AuthorAsync(Season season, string user, string tenant)
        => season.AsAsync(user, "/t/" + tenant, (CurrentActor actor) => Task.FromResult(DraftAuthor.Of(actor)!));

    private async Task<ReadSimulationGround.Ground> GroundAsync(DraftAuthor author, Guid programme)
    {
        Assert.True((await platform.Services.GetRequiredService<ReadSimulationGround>().RunAsync(author, programme, Cancelled)).IsDone(out var ground));
        return ground;
    }

    private async Task<ReadEarlierApplicants.Applicants> ApplicantsAsync(DraftAuthor author, Guid call)
    {
        Assert.True((await platform.Services.GetRequiredService<ReadEarlierApplicants>().RunAsync(author, call, Cancelled)).IsDone(out var applicants));
        return applicants;
    }

    private async Task<WorkflowDefinition> DefinitionAsync(DraftAuthor author, Guid programme)
    {
        Assert.True((await platform.Services.GetRequiredService<ReadDraft>().RunAsync(author, programme, Cancelled)).IsDone(out var draft));
        return WorkflowDefinition.Parse(draft.Json).Required;
    }
}
