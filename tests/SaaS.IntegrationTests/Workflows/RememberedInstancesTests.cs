using NodaTime;
using SaaS.Platform.Workflows;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.IntegrationTests.Workflows;

/// <summary>What a process remembers of running instances is for one job at a time.</summary>
public sealed class RememberedInstancesTests : IDisposable
{
    private const string Tenant = "jeonnam";
    private const int Jobs = 4;

    private readonly RememberedInstances memory = new();

    [Fact]
    public void An_instance_is_given_to_one_job_alone_also_of_four_that_ask_at_the_same_moment()
    {
        const int rounds = 3000;
        var given = new int[rounds];
        Guid[] instances = [.. Enumerable.Range(0, rounds).Select(_ => Waiting())];
        using var together = new Barrier(Jobs);
        Thread[] jobs =
        [
            .. Enumerable.Range(0, Jobs).Select(_ => new Thread(() =>
            {
                for (var round = 0; round < rounds; round++)
                {
                    together.SignalAndWait();
                    if (memory.Take(Tenant, instances[round]) is not null)
                    {
                        Interlocked.Increment(ref given[round]);
                    }
                }
            })),
        ];

        Array.ForEach(jobs, job => job.Start());
        Array.ForEach(jobs, job => job.Join());

        Assert.All(given, times => Assert.Equal(1, times));
    }

    [Fact]
    public void Another_tenant_is_given_nothing() => Assert.Null(memory.Take("busan", Waiting()));

    public void Dispose() => memory.Dispose();

    private Guid Waiting()
    {
        var instance = new WorkflowInstance(Guid.NewGuid(), null, Guid.NewGuid());
        typeof(WorkflowInstance).GetProperty(nameof(WorkflowInstance.TenantId))!.SetValue(instance, Tenant);
        var start = Instant.FromUtc(2025, 3, 4, 0, 0);
        memory.Keep(instance, new InstanceState
        {
            Id = instance.Id,
            DefinitionId = "walk",
            DefinitionVersionId = "v1",
            DefinitionVersion = 1,
            SubStatus = WorkflowSubStatus.Suspended,
            Input = Value.Object(),
            Output = Value.Object(),
            Variables = Value.Object(),
            Bookmarks = [new Bookmark(Guid.NewGuid(), "Elsa.Event", "", Value.Object(), "first", 1, start)],
            Incidents = [],
            CreatedAt = start,
            UpdatedAt = start,
            Bursts = 1,
        });
        return instance.Id;
    }
}
