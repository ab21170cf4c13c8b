using Microsoft.EntityFrameworkCore;
using SaaS.IntegrationTests.Disbursements;
using SaaS.Platform.Applications;
using SaaS.Platform.Inbox;
using SaaS.Platform.Selections;
using SaaS.Platform.Shares;
using SaaS.Workflows;

namespace SaaS.IntegrationTests.Selections;

/// <summary>Jeonnam asks KOSMO for ten advanced projects, 2,000,000,000 won, and is granted 1,200,000,000.</summary>
public sealed class GrantedLessTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static readonly (string Firm, string City)[] Nine =
    [
        ("A", "Naju"), ("B", "Yeosu"), ("C", "Naju"), ("D", "Yeosu"), ("E", "Gokseong"), ("F", "Naju"), ("G", "Yeosu"), ("H", "Naju"), ("I", "Gokseong"),
    ];

    [Fact]
    public async Task Six_are_selected_the_seventh_waits_for_central_money_and_a_later_grant_promotes_two()
    {
        var round = await Round.OpenAsync(platform, "AfterClosing");
        await round.GrantAsync(1_200_000_000);
        await round.ApplyAsync(Nine);
        foreach (var (firm, points) in new[] { ("I", 70), ("H", 72), ("G", 74), ("F", 76), ("E", 78), ("D", 80), ("C", 82), ("B", 84), ("A", 86) })
        {
            await round.ScoreAsync(firm, points);
        }

        Assert.All(await round.RankingAsync(), line => Assert.EndsWith(" Passed", line, StringComparison.Ordinal));
        await round.CloseAsync();

        string[] selected = ["1 A Selected", "2 B Selected", "3 C Selected", "4 D Selected", "5 E Selected", "6 F Selected"];
        Assert.Equal([.. selected, "7 G Waiting CENTRAL", "8 H Waiting CENTRAL", "9 I Waiting CENTRAL"], await round.RankingAsync());
        Assert.Equal(ApplicationStatus.AwaitingCommitment, await round.StatusAsync("F"));
        Assert.Equal(ApplicationStatus.Waitlisted, await round.StatusAsync("G"));
        Assert.Equal(0, await round.LeftAsync("KOSMO"));
        Assert.Equal(
            ["1 G rank 7 needs 200000000 CENTRAL up to 200000000", "2 H rank 8 needs 200000000 CENTRAL up to 400000000", "3 I rank 9 needs 200000000 CENTRAL up to 600000000"],
            await SeenByKosmoAsync(round));
        Assert.Equal(["G Waitlisted", "H Waitlisted", "I Waitlisted"], await InboxesAsync(round));

        await round.GrantAsync(400_000_000);
        await round.Season.RunJobsAsync();

        Assert.Equal([.. selected, "7 G Selected", "8 H Selected", "9 I Waiting CENTRAL"], await round.RankingAsync());
        Assert.Equal(ApplicationStatus.AwaitingCommitment, await round.StatusAsync("H"));
        Assert.Equal(ApplicationStatus.Waitlisted, await round.StatusAsync("I"));
        Assert.Equal(["1 I rank 9 needs 200000000 CENTRAL up to 200000000"], await SeenByKosmoAsync(round));
        Assert.Equal(["G Promoted", "H Promoted", "I Waitlisted"], await InboxesAsync(round));
        await round.Season.VerifyAsync();
    }

    [Fact]
    public async Task KOSMO_and_the_tenant_read_a_tier_by_the_name_that_its_programme_gives_it()
    {
        var round = await Round.OpenAsync(platform, "AfterClosing");
        await round.GrantAsync(400_000_000);
        await round.ApplyAsync(("A", "Naju"));
        await round.ScoreAsync("A", 80);

        var grants = await round.Season.AsAsync("kosmo.officer", "/oversight", (ListNationalGrants list) => list.RunAsync(Cancelled));
        var ranking = await round.Season.AsAsync("jeonnam.officer", "/t/jeonnam", (ReadRanking read) => read.RunAsync(null, Cancelled));

        Assert.Equal(new Words("고도화", "Advanced"), grants.Single(grant => grant is { Tenant: Round.Tenant, Tier: "ADV" }).TierName);
        Assert.Equal(new Words("고도화", "Advanced"), Assert.Single(ranking).Name);
    }

    /// <summary>What a later grant would do, where KOSMO decides on it.</summary>
    private static async Task<IReadOnlyList<string>> SeenByKosmoAsync(Round round)
    {
        var grants = await round.Season.AsAsync("kosmo.officer", "/oversight", (ListNationalGrants list) => list.RunAsync(Cancelled));
        return [.. grants.SelectMany(grant => grant.Waiting)
            .Select(firm => $"{firm.Number} {firm.FirmEn} rank {firm.Rank} needs {firm.Amount} {string.Join(' ', firm.Reasons.Select(reason => reason.Code))} up to {firm.More}")];
    }

    /// <summary>What the representatives of the firms find in their inboxes about the selection.</summary>
    private async Task<IReadOnlyList<string>> InboxesAsync(Round round)
    {
        await using var db = platform.Planes.OpenTenant(Round.Tenant);
        var items = await db.Set<Waiting>().FromSqlRaw(WaitingSql.OfTenant, platform.Clock.GetCurrentInstant()).ToListAsync(Cancelled);
        return [.. items.Where(item => item.Kind is WaitingKind.Waitlisted or WaitingKind.Promoted).Select(item => $"{item.FirmEn} {item.Kind}").Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task A_closed_call_is_ranked_without_those_who_have_no_result_when_the_tenant_says_so_and_they_join_it_later()
    {
        var round = await Round.OpenAsync(platform, "AfterClosing");
        await round.GrantAsync(400_000_000);
        await round.ApplyAsync(("A", "Naju"), ("B", "Yeosu"), ("C", "Naju"));
        await round.ScoreAsync("B", 80);
        await round.ScoreAsync("C", 70);
        var call = await round.Season.CallIdAsync(Round.Tenant, "2025-1");

        var early = await round.Season.AsAsync("jeonnam.officer", "/t/jeonnam", (RankNow rank) => rank.RunAsync(call, Cancelled));
        await round.CloseAsync();
        Assert.Equal(["B Passed", "C Passed"], await round.RankingAsync());
        var seen = Assert.Single(await round.Season.AsAsync("jeonnam.officer", "/t/jeonnam", (ReadRanking read) => read.RunAsync(null, Cancelled)));
        var now = await round.Season.AsAsync("jeonnam.officer", "/t/jeonnam", (RankNow rank) => rank.RunAsync(call, Cancelled));
        await round.Season.RunJobsAsync();

        Assert.Equal(["call-open"], early.WhyNot.Select(reason => reason.Code));
        Assert.Equal((1, true), (seen.BeforeResult, seen.MayBeRankedNow));
        Assert.Empty(now.WhyNot);
        Assert.Equal(["1 B Selected", "2 C Selected"], await round.RankingAsync());
        await round.ScoreAsync("A", 90);
        Assert.Equal(["1 A Waiting CENTRAL", "2 B Selected", "3 C Selected"], await round.RankingAsync());
        await round.Season.VerifyAsync();
    }
}
