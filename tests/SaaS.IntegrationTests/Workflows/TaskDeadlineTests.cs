using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Applications;
using SaaS.Platform.Calls;
using SaaS.Platform.Firms;
using SaaS.Platform.Jobs;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Platform.Tasks;
using SaaS.Platform.Workflows;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.IntegrationTests.Workflows;

/// <summary>A question to people that has a last day, which ends at midnight in Seoul: then the workflow goes the way of its time-out.</summary>
public sealed class TaskDeadlineTests(PlatformFixture platform)
{
    private const string Tenant = "jeonnam";

    // 14 days from 4 March.
    private static readonly Instant Midnight = Instant.FromUtc(2025, 3, 18, 15, 0);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_answers_and_the_case_goes_the_way_of_the_time_out_once()
    {
        var (season, application) = await AskedAsync(withinDays: 14);
        var asked = Assert.Single(await TasksAsync(season));
        Assert.Equal(new LocalDate(2025, 3, 18), asked.DueOn);

        platform.Clock.Reset(Midnight - Duration.FromMilliseconds(1));
        await season.RunJobsAsync();
        Assert.Equal(ApplicationStatus.AwaitingTask, (await season.ApplicationAsync(Tenant, application)).Status);
        platform.Clock.Reset(Midnight);
        var late = await AnswerAsync(season, asked.Id);
        await season.RunJobsAsync();
        var later = await AnswerAsync(season, asked.Id);
        await RunAgainAsync(season, "task.lapsed");

        Assert.Equal(["task-overdue"], late.WhyNot.Select(reason => reason.Code));
        Assert.Equal(["task-overdue"], later.WhyNot.Select(reason => reason.Code));
        Assert.Equal(ApplicationStatus.Declined, (await season.ApplicationAsync(Tenant, application)).Status);
        var task = Assert.Single(await TasksAsync(season));
        Assert.Equal(("TimedOut", Midnight), (task.Outcome, task.CompletedAt!.Value));
        Assert.Equal(["TimedOut"], await OutcomesAsync(application, "ask"));
    }

    [Fact]
    public async Task An_answer_on_the_last_day_counts_and_the_time_out_comes_to_nothing()
    {
        var (season, application) = await AskedAsync(withinDays: 14);
        var asked = Assert.Single(await TasksAsync(season));
        platform.Clock.Reset(Midnight - Duration.FromMilliseconds(1));

        Assert.Empty((await AnswerAsync(season, asked.Id)).WhyNot);
        platform.Clock.Advance(Duration.FromDays(1));
        await season.RunJobsAsync();

        Assert.Equal(ApplicationStatus.Completed, (await season.ApplicationAsync(Tenant, application)).Status);
        Assert.Equal(["Yes"], await OutcomesAsync(application, "ask"));
        Assert.Equal(["task-closed"], (await AnswerAsync(season, asked.Id)).WhyNot.Select(reason => reason.Code));
    }

    [Fact]
    public async Task A_question_without_a_last_day_waits_as_long_as_it_takes()
    {
        var (season, application) = await AskedAsync(withinDays: null);
        var asked = Assert.Single(await TasksAsync(season));

        platform.Clock.Advance(Duration.FromDays(400));
        await season.RunJobsAsync();

        Assert.Null(asked.DueOn);
        Assert.Equal(ApplicationStatus.AwaitingTask, (await season.ApplicationAsync(Tenant, application)).Status);
        Assert.Empty((await AnswerAsync(season, asked.Id)).WhyNot);
    }

    private async Task<(Season Season, Guid Application)> AskedAsync(int? withinDays)
    {
        var season = await Season.OpenAsync(platform);
        var version = await platform.PublishAsync(Tenant, Definition(withinDays));
        await using var db = platform.Planes.OpenTenant(Tenant);
        var workflow = await platform.Services.GetRequiredService<CompiledDefinitions>().GetAsync(db, version, Cancelled);
        var call = await db.Set<Call>().OrderBy(call => call.Number).Select(call => call.Id).FirstAsync(Cancelled);
        await using var everything = platform.Planes.OpenOversight();
        var facility = await everything.Set<Facility>().OrderBy(facility => facility.Id).FirstAsync(Cancelled);
        var application = new GrantApplication(new Submission
        {
            Id = Guid.CreateVersion7(),
            CallId = call,
            DefinitionVersionId = version,
            WorkflowInstanceId = Guid.CreateVersion7(),
            ReceiptNumber = "ASK-1",
            ArrivedAt = PlatformFixture.Start,
            FirmId = facility.FirmId,
            FacilityId = facility.Id,
            FirmNameKo = "기업",
            FirmNameEn = "Firm",
            Title = "과제",
            Solution = "MES",
            TotalCost = new Won(1_000_000),
            Tier = "BASIC",
            Facts = "{}",
            IdempotencyKey = "ask",
            RequestHash = "",
        });
        db.Add(application);
        platform.Services.GetRequiredService<WorkflowInstances>().AddStarted(
            db, application, WorkflowInstances.Start(workflow, application.WorkflowInstanceId, Value.Object(), platform.Clock.GetCurrentInstant()), "user:test");
        await db.SaveChangesAsync(Cancelled);
        await season.RunJobsAsync();
        return (season, application.Id);
    }

    private static JsonObject Definition(int? withinDays)
    {
        var ask = Plain.Activity("Grant.HumanTask", "ask");
        (ask["titleKo"], ask["titleEn"], ask["assignee"]) = ("의견", "Opinion", "Tenant");
        ask["answers"] = JsonNode.Parse("""[{ "code": "Yes", "ko": "예", "en": "Yes" }]""");
        if (withinDays is { } days)
        {
            ask["withinDays"] = days;
        }

        var definition = Plain.Sequence("asking", ask, Close("done", "Completed"), Close("late", "Declined"));
        var root = definition["root"]!.AsObject();
        root["type"] = "Elsa.Flowchart";
        root["connections"] = new JsonArray(Connection("Yes", "done"), Connection("TimedOut", "late"));
        return definition;
    }

    private static JsonObject Close(string id, string result)
    {
        var close = Plain.Activity("Grant.Close", id);
        close["result"] = result;
        return close;
    }

    private static JsonObject Connection(string port, string target) => new()
    {
        ["source"] = new JsonObject { ["activity"] = "ask", ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = target, ["port"] = "In" },
    };

    private static Task<IReadOnlyList<ListTasks.Row>> TasksAsync(Season season)
        => season.AsAsync("jeonnam.officer", "/t/jeonnam", (ListTasks list) => list.RunAsync(null, Cancelled));

    private static Task<Outcome<CompleteTask.Response>> AnswerAsync(Season season, Guid task)
        => season.AsAsync("jeonnam.officer", "/t/jeonnam", (CompleteTask complete) => complete.RunAsync(task, new("Yes", null), Cancelled));

    /// <summary>Hangfire may run a job twice.</summary>
    private async Task RunAgainAsync(Season season, string kind)
    {
        await using var db = platform.Planes.OpenTenant(Tenant);
        var message = await db.Outbox.AsNoTracking().SingleAsync(message => message.Kind == kind, Cancelled);
        await season.RunAsync(platform.Services.GetRequiredService<JobRegistry>().Find(kind)!, Tenant, message.Id);
        await season.RunJobsAsync();
    }

    private async Task<List<string?>> OutcomesAsync(Guid application, string activity)
    {
        await using var db = platform.Planes.OpenTenant(Tenant);
        return await (
            from line in db.Set<WorkflowJournalLine>()
            join instance in db.Set<WorkflowInstance>() on line.InstanceId equals instance.Id
            where instance.ApplicationId == application && line.ActivityId == activity && line.Event == nameof(JournalEvent.Completed)
            orderby line.Sequence
            select line.Outcome).ToListAsync(Cancelled);
    }
}
