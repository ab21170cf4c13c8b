using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SaaS.Platform.Data;
using SaaS.Platform.Workflows;

namespace SaaS.Benchmarks;

/// <summary>A case whose workflow waits for its evaluation.</summary>
internal sealed record WaitingCase(Guid ApplicationId, Guid InstanceId, Guid BookmarkId);

/// <summary>
/// Going on with a case, whole: run the definition from the bookmark to its next wait, save state, journal, bookmarks and outbox, commit;
/// once as a job does it with an instance that its process brought to this wait, and once with an instance that others did: it is locked
/// and read first. Each against one raw round trip that writes the same rows; each round has a case of its own.
/// </summary>
public static class BurstBenchmark
{
    private const int Rounds = 250;

    public static async Task<IReadOnlyList<Result>> RunAsync(Ground ground, CancellationToken cancellationToken)
    {
        var instances = ground.Services.GetRequiredService<WorkflowInstances>();
        var waiting = new Queue<WaitingCase>();
        for (var n = 0; n <= 8 * Rounds; n++)
        {
            waiting.Enqueue(await UpToEvaluationAsync());
        }

        await ground.SettleAsync(cancellationToken);
        var raw = await RawBurst.LikeAsync(ground, waiting.Dequeue(), next => GoOnAsync(next, "Selected", new Recollection()), cancellationToken);
        return
        [
            await CompareAsync("persisted burst", 1.5, () => new Recollection()),
            await CompareAsync("persisted burst of an instance that is read first", 1.5, () => null),
        ];

        Task<Result> CompareAsync(string name, double target, Func<Recollection?> recollection) => Comparison.RunAsync(
            name,
            target,
            $"one raw round trip, {raw.Rows} rows",
            Rounds,
            () => GoOnAsync(waiting.Dequeue(), "Selected", recollection()),
            () => raw.WriteAsync(ground.AsTenant, waiting.Dequeue(), cancellationToken),
            cancellationToken);

        async Task<WaitingCase> UpToEvaluationAsync()
        {
            var application = (await ground.SubmitAsync(cancellationToken)).ApplicationId;
            await GoOnAsync(await WaitingAsync(ground, application, cancellationToken), "Accepted", null);
            return await WaitingAsync(ground, application, cancellationToken);
        }

        async Task GoOnAsync(WaitingCase next, string outcome, Recollection? recollection)
        {
            await using var db = ground.Planes.OpenTenant(Ground.Tenant);
            db.Recollection = recollection;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var resumed = await instances.ResumeAsync(db, next.InstanceId, next.BookmarkId, outcome, null, "job:bench", cancellationToken);
            if (!resumed.IsDone || recollection is { WasUsed: false })
            {
                throw new InvalidOperationException($"The workflow did not go on as it was to: {resumed.Refusal}");
            }

            await db.SaveAndCommitAsync(transaction, cancellationToken);
        }
    }

    private static async Task<WaitingCase> WaitingAsync(Ground ground, Guid application, CancellationToken cancellationToken)
    {
        await using var command = ground.Admin.CreateCommand(
            "select i.id, b.id from workflow_instances i join workflow_bookmarks b on b.tenant_id = i.tenant_id and b.instance_id = i.id where i.tenant_id = $1 and i.application_id = $2");
        command.Parameters.Add(new NpgsqlParameter { Value = Ground.Tenant });
        command.Parameters.Add(new NpgsqlParameter { Value = application });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new WaitingCase(application, reader.GetGuid(0), reader.GetGuid(1));
    }
}
