using System.Reflection;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;
using SaaS.Platform;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;

namespace SaaS.IntegrationTests.Jobs;

public sealed class JobTests(PlatformFixture platform)
{
    private const string Kind = "test.note";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_that_runs_twice_has_one_effect()
    {
        await platform.ResetAsync();
        var id = await WriteAsync("jeonnam");
        await using var services = Compose();
        var job = services.CreateScope().ServiceProvider.GetRequiredService<NoteJob>();

        await job.RunAsync("jeonnam", id, Cancelled);
        await job.RunAsync("jeonnam", id, Cancelled);

        Assert.Equal(1, await NotesAsync("jeonnam"));
    }

    [Fact]
    public async Task Ten_runs_of_a_job_at_once_have_one_effect()
    {
        await platform.ResetAsync();
        var id = await WriteAsync("jeonnam");
        await using var services = Compose();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => services.CreateScope().ServiceProvider.GetRequiredService<NoteJob>().RunAsync("jeonnam", id, Cancelled)));

        Assert.Equal(1, await NotesAsync("jeonnam"));
    }

    [Fact]
    public async Task A_step_that_throws_leaves_nothing_and_can_run_again()
    {
        await platform.ResetAsync();
        var id = await WriteAsync("jeonnam");
        var once = platform.Services.GetRequiredService<TenantJob>();
        Task Broken(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
        {
            NoteJob.Note(db, message);
            throw new InvalidOperationException("the lights went out");
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => once.RunOnceAsync("jeonnam", id, Broken, Cancelled));
        Assert.Equal(0, await NotesAsync("jeonnam"));
        await using var services = Compose();
        await services.CreateScope().ServiceProvider.GetRequiredService<NoteJob>().RunAsync("jeonnam", id, Cancelled);

        Assert.Equal(1, await NotesAsync("jeonnam"));
    }

    [Fact]
    public async Task Another_tenants_message_cannot_be_run()
    {
        await platform.ResetAsync();
        var id = await WriteAsync("jeonnam");
        await using var services = Compose();
        var job = services.CreateScope().ServiceProvider.GetRequiredService<NoteJob>();

        await Assert.ThrowsAsync<InvalidOperationException>(() => job.RunAsync("gyeongnam", id, Cancelled));
    }

    [Fact]
    public async Task A_job_without_a_tenant_is_not_enqueued()
    {
        await using var services = Compose();
        var client = services.GetRequiredService<IBackgroundJobClient>();

        Assert.Throws<BackgroundJobClientException>(() => client.Enqueue<NoteJob>(job => job.RunAsync("", Guid.Empty, CancellationToken.None)));
    }

    [Fact]
    public async Task The_worker_runs_what_a_transaction_wrote()
    {
        await platform.ResetAsync();
        using var worker = Worker();
        await worker.StartAsync(Cancelled);

        await WriteAsync("jeonnam");
        await WriteAsync("gyeongnam");

        await EventuallyAsync(async () => await NotesAsync("jeonnam") == 1 && await NotesAsync("gyeongnam") == 1);
        await worker.StopAsync(Cancelled);
    }

    [Fact]
    public async Task A_dispatcher_that_dies_between_handing_over_and_marking_costs_no_second_effect()
    {
        await platform.ResetAsync();
        var id = await WriteAsync("jeonnam");
        await using (var dying = Compose(services => services.AddSingleton<IBackgroundJobClient>(provider => new DyingClient(new BackgroundJobClient(provider.GetRequiredService<JobStorage>())))))
        {
            await Assert.ThrowsAsync<BackgroundJobClientException>(() => dying.GetRequiredService<DispatchOutbox>().RunAsync(Cancelled));
        }

        Assert.False(await MarkedAsync(id));
        await using (var services = Compose())
        {
            Assert.Equal(1, await services.GetRequiredService<DispatchOutbox>().RunAsync(Cancelled));
        }

        Assert.True(await MarkedAsync(id));
        using var worker = Worker();
        await worker.StartAsync(Cancelled);
        await EventuallyAsync(async () => await NotesAsync("jeonnam") > 0);
        await Task.Delay(TimeSpan.FromSeconds(1), Cancelled);
        await worker.StopAsync(Cancelled);

        Assert.Equal(1, await NotesAsync("jeonnam"));
    }

    [Fact]
    public async Task A_worker_that_died_while_it_took_jobs_stops_nobody_else()
    {
        await platform.ResetAsync();
        var locks = new List<string>();
        await using (var dead = Compose())
        {
            var connection = dead.GetRequiredService<JobStorage>().GetConnection();
            foreach (var _ in Enumerable.Range(0, 12))
            {
                var id = await WriteAsync("jeonnam");
                var job = dead.GetRequiredService<IBackgroundJobClient>().Create(DispatchOutbox.ToJob(new(Kind, typeof(NoteJob), JobQueue.Interactive), "jeonnam", id), new EnqueuedState(JobQueue.Interactive));
                locks.Add($"job:{job}:state-lock");
                connection.AcquireDistributedLock(locks[^1], TimeSpan.FromSeconds(1));
            }
        }

        await using (var admin = await platform.OpenAdminAsync())
        await using (var later = new NpgsqlCommand(
            "update hangfire.lock set acquired = acquired - interval '16 seconds' where exists (select from unnest($1) dead where resource like '%' || dead)", admin))
        {
            // Others that still shut down have locks as well.
            later.Parameters.Add(new() { Value = locks });
            Assert.Equal(12, await later.ExecuteNonQueryAsync(Cancelled));
        }

        using var worker = Worker();
        await worker.StartAsync(Cancelled);

        await EventuallyAsync(async () => await NotesAsync("jeonnam") == 12);
        await worker.StopAsync(Cancelled);
    }

    [Fact]
    public async Task What_was_handed_over_and_never_ended_is_swept_up()
    {
        await platform.ResetAsync();
        await WriteAsync("jeonnam");
        await using var services = Compose(services => services.AddSingleton<IBackgroundJobClient, ForgetfulClient>());
        var dispatch = services.GetRequiredService<DispatchOutbox>();
        Assert.Equal(1, await dispatch.RunAsync(Cancelled));
        Assert.Equal(0, await dispatch.RunAsync(Cancelled));

        Assert.Equal(0, await dispatch.SweepAsync(Cancelled));
        platform.Clock.Advance(Duration.FromSeconds(61));

        Assert.Equal(1, await dispatch.SweepAsync(Cancelled));
        Assert.Equal(1, await dispatch.RunAsync(Cancelled));
    }

    [Fact]
    public async Task A_busy_tenant_does_not_hold_up_a_quiet_one()
    {
        await platform.ResetAsync();
        foreach (var _ in Enumerable.Range(0, 300))
        {
            await WriteAsync("jeonnam");
        }

        await WriteAsync("gokseong");
        var client = new ForgetfulClient();
        await using var services = Compose(services => services.AddSingleton<IBackgroundJobClient>(client));

        await services.GetRequiredService<DispatchOutbox>().RunAsync(Cancelled);

        Assert.Contains("gokseong", client.Tenants.Take(2));
        Assert.Equal(16, client.Tenants.Count(tenant => tenant == "jeonnam"));
    }

    [Fact]
    public void Every_job_takes_a_tenant_and_an_id_and_nothing_else()
    {
        var signatures = typeof(IOutboxJob).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IOutboxJob)))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => $"{parameter.ParameterType.Name} {parameter.Name}"))})")
            .ToList();

        Assert.All(signatures, signature => Assert.EndsWith(".RunAsync(String tenant, Guid id, CancellationToken cancellationToken)", signature, StringComparison.Ordinal));
    }

    private ServiceProvider Compose(Action<IServiceCollection>? add = null) => platform.Compose(services =>
    {
        services.AddHangfireStorage().AddSingleton<DispatchOutbox>().AddOutboxJob<NoteJob>(Kind, JobQueue.Interactive);
        add?.Invoke(services);
    });

    private IHost Worker()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(platform.Environment);
        builder.Services.AddPlatform(builder.Configuration).AddJobServer().AddOutboxJob<NoteJob>(Kind, JobQueue.Interactive);
        builder.Services.AddSingleton<IClock>(platform.Clock);
        return builder.Build();
    }

    private async Task<Guid> WriteAsync(string tenant)
    {
        await using var db = platform.Planes.OpenTenant(tenant);
        var message = OutboxMessage.For(Kind, null, new { Text = "hello" }, platform.Clock.GetCurrentInstant());
        db.Outbox.Add(message);
        await db.SaveChangesAsync(Cancelled);
        return message.Id;
    }

    private async Task<int> NotesAsync(string tenant)
    {
        await using var db = platform.Planes.OpenTenant(tenant);
        return await db.AuditEntries.CountAsync(Cancelled);
    }

    private async Task<bool> MarkedAsync(Guid id)
    {
        await using var db = platform.Planes.OpenOversight();
        return await db.Outbox.AnyAsync(message => message.Id == id && message.DispatchedAt != null, Cancelled);
    }

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        for (var tries = 0; tries < 150; tries++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(100, Cancelled);
        }

        Assert.Fail("It did not happen within 15 seconds.");
    }

    public sealed class NoteJob(TenantJob once) : IOutboxJob
    {
        public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => once.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

        internal static void Note(GrantsDb db, OutboxMessage message) => db.AuditEntries.Add(new AuditEntry
        {
            Id = Guid.CreateVersion7(),
            At = PlatformFixture.Start,
            Action = "test.noted",
            Subject = "outbox",
            SubjectId = message.Id,
        });

        private static Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
        {
            Note(db, message);
            return Task.CompletedTask;
        }
    }

    /// <summary>Hands the job over, then fails as a killed process would.</summary>
    private sealed class DyingClient(IBackgroundJobClient real) : IBackgroundJobClient
    {
        public string Create(Job job, IState state)
        {
            real.Create(job, state);
            throw new BackgroundJobClientException("killed", new InvalidOperationException());
        }

        public bool ChangeState(string jobId, IState state, string expectedState) => real.ChangeState(jobId, state, expectedState);
    }

    /// <summary>Takes jobs and loses them.</summary>
    private sealed class ForgetfulClient : IBackgroundJobClient
    {
        public List<string> Tenants { get; } = [];

        public string Create(Job job, IState state)
        {
            Tenants.Add((string)job.Args[0]);
            return "1";
        }

        public bool ChangeState(string jobId, IState state, string expectedState) => true;
    }
}
