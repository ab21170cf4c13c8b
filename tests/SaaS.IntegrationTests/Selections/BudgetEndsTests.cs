using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SaaS.IntegrationTests.Disbursements;
using SaaS.Platform.Audit;
using SaaS.Platform.Jobs;
using SaaS.Platform.Selections;
using SaaS.Platform.Workflows;

namespace SaaS.IntegrationTests.Selections;

/// <summary>
/// The money ends in the middle of the ranking: central 800, province 240, Naju 60, Yeosu 120, Gokseong 60 million won; A and B in Naju,
/// C, D and E in Yeosu, F in Gokseong.
/// </summary>
public sealed class BudgetEndsTests(PlatformFixture platform)
{
    private static readonly string[] Skipped =
        ["1 A Selected", "2 B Waiting CITY:Naju", "3 C Selected", "4 D Selected", "5 E Waiting CITY:Yeosu", "6 F Selected"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_does_not_fit_is_skipped_and_the_others_take_the_money_to_the_last_won()
    {
        var round = await RankedAsync("Skip");

        Assert.Equal(Skipped, await round.RankingAsync());
        Assert.Equal([0, 0, 0, 0, 0], await LeftAsync(round));
        await round.Season.VerifyAsync();
    }

    [Fact]
    public async Task Or_the_selection_stops_at_the_first_who_does_not_fit()
    {
        var round = await RankedAsync("Stop");

        Assert.Equal(["1 A Selected", "2 B Waiting CITY:Naju", "3 C Waiting STOP", "4 D Waiting STOP", "5 E Waiting STOP", "6 F Waiting STOP"], await round.RankingAsync());
        Assert.Equal([600_000_000, 180_000_000, 0, 120_000_000, 60_000_000], await LeftAsync(round));
        await round.Season.VerifyAsync();
    }

    [Fact]
    public async Task When_A_gives_up_B_takes_its_place_and_not_E()
    {
        var round = await RankedAsync("Skip");

        await round.WithdrawAsync("A");

        Assert.Equal(["1 A Ended", "2 B Selected", "3 C Selected", "4 D Selected", "5 E Waiting CITY:Yeosu", "6 F Selected"], await round.RankingAsync());
        Assert.Equal([0, 0, 0, 0, 0], await LeftAsync(round));
        await round.Season.VerifyAsync();
    }

    [Fact]
    public async Task When_D_gives_up_E_takes_its_place_although_B_ranks_higher_and_the_file_says_why()
    {
        var round = await RankedAsync("Skip");

        await round.WithdrawAsync("D");

        Assert.Equal(["1 A Selected", "2 B Waiting CITY:Naju", "3 C Selected", "4 D Ended", "5 E Selected", "6 F Selected"], await round.RankingAsync());
        Assert.Equal([0, 0, 0, 0, 0], await LeftAsync(round));
        await using var db = platform.Planes.OpenTenant(Round.Tenant);
        var entry = await db.Set<AuditEntry>().SingleAsync(entry => entry.Action == "selection.promoted", Cancelled);
        Assert.Equal(round.Application("E"), entry.SubjectId);
        AssertPassedOver(JsonDocument.Parse(entry.Details).RootElement.GetProperty("passedOver"));
        var instance = (await round.Season.ApplicationAsync(Round.Tenant, round.Application("E"))).WorkflowInstanceId;
        var lines = await db.Set<WorkflowJournalLine>().Where(line => line.InstanceId == instance && line.ActivityId == "evaluation" && line.Payload != null).ToListAsync(Cancelled);
        var told = lines.Select(line => JsonDocument.Parse(line.Payload!).RootElement).Single(payload => payload.TryGetProperty("data", out _)).GetProperty("data");
        Assert.True(told.GetProperty("promoted").GetBoolean());
        Assert.Equal(5, told.GetProperty("rank").GetInt32());
        AssertPassedOver(told.GetProperty("passedOver"));
        await round.Season.VerifyAsync();
    }

    [Fact]
    public async Task Fifty_rankings_at_once_have_one_result()
    {
        var round = await ScoredAsync("Skip");
        platform.Clock.Reset(Instant.FromUtc(2025, 4, 4, 9, 0));
        var call = await round.Season.CallIdAsync(Round.Tenant, "2025-1");
        var messages = Enumerable.Range(0, 50).Select(_ => OutboxMessage.For(RankCallJob.Kind, null, new RankMessage(call), platform.Clock.GetCurrentInstant())).ToList();
        await using (var db = platform.Planes.OpenTenant(Round.Tenant))
        {
            db.Outbox.AddRange(messages);
            await db.SaveChangesAsync(Cancelled);
        }

        var registration = platform.Services.GetRequiredService<JobRegistry>().Find(RankCallJob.Kind)!;
        await Task.WhenAll(messages.Select(message => Task.Run(() => round.Season.RunAsync(registration, Round.Tenant, message.Id))));
        await round.Season.RunJobsAsync();

        Assert.Equal(Skipped, await round.RankingAsync());
        Assert.Equal([0, 0, 0, 0, 0], await LeftAsync(round));
        await round.Season.VerifyAsync();
    }

    [Fact]
    public async Task Equal_scores_are_told_apart_the_same_way_whoever_is_evaluated_first()
    {
        foreach (var order in new[] { "ABC", "CBA" })
        {
            var round = await Round.OpenAsync(platform, "AfterClosing");
            await round.GrantAsync(400_000_000);
            await round.ApplyAsync(("A", "Naju"), ("B", "Naju"), ("C", "Naju"));
            foreach (var firm in order)
            {
                await round.ScoreAsync($"{firm}", 80);
            }

            await round.CloseAsync();

            Assert.Equal(["1 A Selected", "2 B Selected", "3 C Waiting CENTRAL"], await round.RankingAsync());
        }
    }

    [Fact]
    public async Task Where_firms_are_selected_as_they_come_nobody_waits_for_others_and_the_waiting_list_is_by_rank()
    {
        var round = await Round.OpenAsync(platform, "AsTheyCome");
        await round.GrantAsync(200_000_000);
        await round.ApplyAsync(("A", "Naju"), ("B", "Naju"), ("C", "Naju"));

        await round.ScoreAsync("A", 61);
        Assert.Equal(["1 A Selected"], await round.RankingAsync());
        await round.ScoreAsync("B", 70);
        await round.ScoreAsync("C", 90);
        Assert.Equal(["1 C Waiting CENTRAL", "2 B Waiting CENTRAL", "3 A Selected"], await round.RankingAsync());

        await round.GrantAsync(200_000_000);
        await round.Season.RunJobsAsync();
        Assert.Equal(["1 C Selected", "2 B Waiting CENTRAL", "3 A Selected"], await round.RankingAsync());
        await round.Season.VerifyAsync();
    }

    private static void AssertPassedOver(JsonElement passedOver)
    {
        var over = Assert.Single(passedOver.EnumerateArray());
        Assert.Equal(2, over.GetProperty("rank").GetInt32());
        Assert.Equal(["CITY:Naju"], over.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()));
    }

    private static async Task<IReadOnlyList<long>> LeftAsync(Round round) =>
        [await round.LeftAsync("KOSMO"), await round.LeftAsync("Jeollanam-do"), await round.LeftAsync("Naju"), await round.LeftAsync("Yeosu"), await round.LeftAsync("Gokseong")];

    private async Task<Round> RankedAsync(string whenShort)
    {
        var round = await ScoredAsync(whenShort);
        await round.CloseAsync();
        return round;
    }

    private async Task<Round> ScoredAsync(string whenShort)
    {
        var round = await Round.OpenAsync(platform, "AfterClosing", whenShort);
        await round.GrantAsync(800_000_000);
        foreach (var (body, amount) in new[] { ("Jeollanam-do", 240_000_000), ("Naju", 60_000_000), ("Yeosu", 120_000_000), ("Gokseong", 60_000_000) })
        {
            await round.BudgetAsync(body, amount);
        }

        await round.ApplyAsync(("F", "Gokseong"), ("E", "Yeosu"), ("D", "Yeosu"), ("C", "Yeosu"), ("B", "Naju"), ("A", "Naju"));
        foreach (var (firm, points) in new[] { ("A", 95), ("B", 90), ("C", 85), ("D", 80), ("E", 75), ("F", 70) })
        {
            await round.ScoreAsync(firm, points);
        }

        return round;
    }
}
