using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SaaS.Domain.Money;
using SaaS.IntegrationTests.Workflows;
using SaaS.Platform.Applications;
using SaaS.Platform.Calls;
using SaaS.Platform.Firms;
using SaaS.Platform.Programmes;
using SaaS.Platform.Workflows;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.IntegrationTests.Jobs;

/// <summary>
/// A thousand instances with stages, timers and events, carried by real processes: two workers and the web are killed again and again, at
/// moments that have nothing to do with what they are doing. Each worker goes on with what it remembers of an instance, which the other may
/// have brought further meanwhile.
/// </summary>
public sealed class InstanceKillTests(PlatformFixture platform) : IDisposable
{
    private const string Tenant = "jeonnam";
    private const int Instances = 1_000;
    private const int Groups = 10;

    /// <summary>How long each worker and each web server lives. After the last of these they are left alone.</summary>
    private static readonly int[] WorkerLives = [2_300, 4_100, 3_700, 5_300, 2_900, 4_700];
    private static readonly int[] OtherWorkerLives = [6_100, 3_300, 5_700];
    private static readonly int[] WebLives = [3_100, 4_300, 2_700, 5_900];

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(240);

    private readonly ProductPrograms programs = new(platform);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_instances_all_finish_with_every_step_done_once_however_often_web_and_worker_are_killed()
    {
        await platform.ResetAsync();
        await programs.RunAsync("saas", "tenant", "apply", ProductPrograms.Tenants);
        await StartInstancesAsync();
        var watch = Stopwatch.StartNew();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        var worker = KeepAsync(() => programs.Start("SaaS.Worker"), WorkerLives, done.Token);
        var other = KeepAsync(() => programs.Start("SaaS.Worker"), OtherWorkerLives, done.Token);
        var web = KeepAsync(programs.StartWeb, WebLives, done.Token);
        var events = PublishAsync(done.Token);
        while (await RunningAsync() > 0 && watch.Elapsed < Limit)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), Cancelled);
        }

        await done.CancelAsync();
        var kills = (Worker: await worker, Other: await other, Web: await web);
        await events;

        Assert.Equal(0, await RunningAsync());
        Assert.InRange(kills.Worker, 4, WorkerLives.Length);
        Assert.InRange(kills.Other, 2, OtherWorkerLives.Length);
        Assert.InRange(kills.Web, 2, WebLives.Length);
        Assert.Equal([("Finished", Instances)], await CountsAsync("select sub_status, count(*) from workflow_instances group by 1"));
        Assert.Empty(await CountsAsync("select instance_id || ' ' || activity_id, count(*) from workflow_journal where event = 'Completed' group by 1 having count(*) <> 1"));
        Assert.Equal([("", Instances * 8)], await CountsAsync("select '', count(*) from workflow_journal where event = 'Completed'"));
        Assert.Empty(await CountsAsync("select '', count(*) from workflow_bookmarks having count(*) > 0"));
        Assert.Equal([("notice.given", Instances)], await CountsAsync("select action, count(distinct subject_id) from audit_entries where action = 'notice.given' group by 1 having count(*) = count(distinct subject_id)"));
        Assert.Equal([("Completed", Instances)], await CountsAsync("select status, count(*) from applications group by 1"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{Instances} instances in {watch.Elapsed.TotalSeconds:F0} s; workers killed {kills.Worker} and {kills.Other} times, web {kills.Web} times.");
        await platform.ResetAsync();
    }

    public void Dispose() => programs.Dispose();

    /// <summary>Stage, timer, event, stage, notice, close.</summary>
    private static JsonObject Walk()
    {
        var documents = Plain.Activity("Grant.ApplicationStage", "application");
        documents["documents"] = new JsonArray();
        var commitment = Plain.Activity("Grant.CommitShare", "commitment");
        (commitment["funder"], commitment["withinDays"]) = ("LeadFirm", 30);
        var notice = Plain.Activity("Grant.Notify", "notice");
        (notice["to"], notice["ko"], notice["en"]) = ("Firm", "알림", "Notice");
        var close = Plain.Activity("Grant.Close", "close");
        close["result"] = "Completed";
        return Plain.Sequence("walk", documents, Plain.Delay("wait", "00:00:03"), Plain.Event("go", "Go"), commitment, notice, close);
    }

    private async Task StartInstancesAsync()
    {
        var version = await platform.PublishAsync(Tenant, Walk());
        await using var look = platform.Planes.OpenTenant(Tenant);
        var call = await look.Set<Call>().OrderBy(call => call.Number).FirstAsync(Cancelled);
        var facility = await platform.Planes.OpenOversight().Set<Facility>().OrderBy(facility => facility.Id).FirstAsync(Cancelled);
        var workflow = await platform.Services.GetRequiredService<CompiledDefinitions>().GetAsync(look, version, Cancelled);
        var instances = platform.Services.GetRequiredService<WorkflowInstances>();
        foreach (var numbers in Enumerable.Range(1, Instances).Chunk(100))
        {
            await using var db = platform.Planes.OpenTenant(Tenant);
            foreach (var number in numbers)
            {
                var application = new GrantApplication(Submission(number, call.Id, version, facility));
                db.Add(application);
                instances.AddStarted(db, application, WorkflowRuntime.Start(workflow, new StartWorkflow
                {
                    InstanceId = application.WorkflowInstanceId,
                    CorrelationId = $"group {number % Groups}",
                    Input = Value.Object(),
                    Now = platform.Clock.GetCurrentInstant(),
                    NewId = Guid.CreateVersion7,
                }), "user:test");
            }

            await db.SaveChangesAsync(Cancelled);
        }
    }

    private static Submission Submission(int number, Guid call, Guid version, Facility facility) => new()
    {
        Id = Guid.CreateVersion7(),
        CallId = call,
        DefinitionVersionId = version,
        WorkflowInstanceId = Guid.CreateVersion7(),
        ReceiptNumber = $"KILL-{number:D6}",
        ArrivedAt = PlatformFixture.Start,
        FirmId = facility.FirmId,
        FacilityId = facility.Id,
        FirmNameKo = "기업",
        FirmNameEn = "Firm",
        Title = "과제",
        Solution = $"MES {number}",
        TotalCost = new Won(1_000_000),
        Tier = "BASIC",
        Facts = """{"documents": []}""",
        IdempotencyKey = $"kill {number}",
        RequestHash = "",
    };

    /// <summary>Keeps one process of a kind running: each is killed when its life is over, and another takes its place.</summary>
    private static async Task<int> KeepAsync(Func<Process> start, int[] lives, CancellationToken done)
    {
        var kills = 0;
        while (true)
        {
            using var process = start();
            try
            {
                await Task.Delay(kills < lives.Length ? lives[kills] : (int)Limit.TotalMilliseconds, done);
                await ProductPrograms.KillAsync(process);
                kills++;
            }
            catch (OperationCanceledException)
            {
                await ProductPrograms.KillAsync(process);
                return kills;
            }
        }
    }

    /// <summary>Somebody outside tells each group again and again to go, each time under an id of its own, and repeats what was not answered.</summary>
    private async Task PublishAsync(CancellationToken done)
    {
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = programs.Address, Timeout = TimeSpan.FromSeconds(5) };
        client.DefaultRequestHeaders.Add("X-Requested-With", "saas");
        for (var turn = 0; !done.IsCancellationRequested; turn++)
        {
            var body = new { id = Guid.CreateVersion7(), eventName = "Go", correlationId = $"group {turn % Groups}" };
            while (!done.IsCancellationRequested && !await SentAsync(client, body, done))
            {
                // The web server is down, or went down before it answered: the same again.
            }
        }
    }

    private static async Task<bool> SentAsync(HttpClient client, object body, CancellationToken done)
    {
        try
        {
            using var answer = await client.PostAsJsonAsync($"/api/t/{Tenant}/workflows/events", body, done);
            if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
            {
                using var signIn = await client.PostAsJsonAsync("/api/sign-in", new { user = $"{Tenant}.officer", password = "demo" }, done);
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(300), done);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None);
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<long> RunningAsync() => (await CountsAsync("select '', count(*) from workflow_instances where status = 'Running'"))[0].Item2
        + (await CountsAsync("select '', count(*) from outbox where done_at is null and kind in ('notify', 'close')"))[0].Item2;

    private async Task<List<(string, long)>> CountsAsync(string sql)
    {
        await using var admin = await platform.OpenAdminAsync();
        await using var select = new NpgsqlCommand(sql, admin);
        await using var reader = await select.ExecuteReaderAsync(Cancelled);
        var rows = new List<(string, long)>();
        while (await reader.ReadAsync(Cancelled))
        {
            rows.Add((reader.GetString(0), reader.GetInt64(1)));
        }

        return rows;
    }
}
