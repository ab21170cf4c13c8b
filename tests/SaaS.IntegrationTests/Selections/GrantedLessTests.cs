using SaaS.IntegrationTests.Disbursements;
using SaaS.Platform.Applications;

namespace SaaS.IntegrationTests.Selections;

/// <summary>Jeonnam asks KOSMO for ten advanced projects, 2,000,000,000 won, and is granted 1,200,000,000.</summary>
public sealed class GrantedLessTests(PlatformFixture platform)
{
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

        await round.GrantAsync(400_000_000);
        await round.Season.RunJobsAsync();

        Assert.Equal([.. selected, "7 G Selected", "8 H Selected", "9 I Waiting CENTRAL"], await round.RankingAsync());
        Assert.Equal(ApplicationStatus.AwaitingCommitment, await round.StatusAsync("H"));
        Assert.Equal(ApplicationStatus.Waitlisted, await round.StatusAsync("I"));
        await round.Season.VerifyAsync();
    }
}
