using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SaaS.Platform.Identity;
using SaaS.Platform.Programmes;

namespace SaaS.IntegrationTests.Programmes;

/// <summary>Officials at one draft at the same time, each served by another web process.</summary>
public sealed class DraftRoomTests(PlatformFixture platform) : IDisposable
{
    private readonly SemaphoreSlim heard = new(0);
    private int revision;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => heard.Dispose();

    [Fact]
    public async Task They_see_each_other_and_the_other_s_step_hear_what_is_saved_and_another_tenant_hears_nothing()
    {
        var season = await Season.OpenAsync(platform);
        await using var db = platform.Planes.OpenTenant("jeonnam");
        var programme = await db.Set<Programme>().Select(row => row.Id).SingleAsync(Cancelled);
        var (officer, approver, foreign) = (await AuthorAsync(season, "jeonnam.officer", "jeonnam"), await AuthorAsync(season, "jeonnam.approver", "jeonnam"), await AuthorAsync(season, "naju.officer", "naju"));
        using var here = Rooms();
        using var there = Rooms();
        await here.StartAsync(Cancelled);
        await there.StartAsync(Cancelled);
        var changes = 0;
        await using var stranger = await here.EnterAsync(foreign, programme, "close", () => changes++, _ => changes++, Cancelled);
        await using var mine = await here.EnterAsync(officer, programme, "tier", Tell, Save, Cancelled);
        var other = await there.EnterAsync(approver, programme, "evaluation", Tell, Save, Cancelled);

        await UntilAsync(() => mine.Others is [{ Step: "evaluation" }] && other.Others is [{ Step: "tier" }]);
        Assert.Equal(approver.UserId, mine.Others[0].UserId);
        Assert.NotEqual("", mine.Others[0].Ko);

        await other.MoveAsync("agreement");
        await UntilAsync(() => mine.Others is [{ Step: "agreement" }]);

        Assert.True((await platform.Services.GetRequiredService<ReadDraft>().RunAsync(officer, programme, Cancelled)).IsDone(out var draft));
        await platform.Services.GetRequiredService<SaveDraft>().RunAsync(officer, programme, draft.Json, draft.Revision, Cancelled);
        await UntilAsync(() => revision == 1);

        await other.DisposeAsync();
        await UntilAsync(() => mine.Others.Count == 0);
        Assert.Equal(0, changes);
        await here.StopAsync(Cancelled);
        await there.StopAsync(Cancelled);
    }

    private static Task<DraftAuthor> AuthorAsync(Season season, string user, string tenant)
        => season.AsAsync(user, "/t/" + tenant, (CurrentActor actor) => Task.FromResult(DraftAuthor.Of(actor)!));

    private DraftRooms Rooms() => new(platform.Settings, platform.Planes, NullLogger<DraftRooms>.Instance);

    private void Tell() => heard.Release();

    private void Save(int saved)
    {
        revision = saved;
        heard.Release();
    }

    private async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            Assert.True(await heard.WaitAsync(TimeSpan.FromSeconds(30), Cancelled), "Nothing was heard for 30 seconds.");
        }
    }
}
