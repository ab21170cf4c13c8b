using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SaaS.Platform.Workflows;

namespace SaaS.Benchmarks;

/// <summary>A case whose workflow waits at its first stage.</summary>
internal sealed record WaitingCase(Guid ApplicationId, Guid InstanceId, Guid BookmarkId);

/// <summary>
/// Going on with a case, whole: lock and read instance and application, run the definition from the bookmark to its next wait, save state,
/// journal, bookmarks and outbox, commit. Against one raw round trip that writes the same rows; each round has a case of its own.
/// </summary>
public static class BurstBenchmark
{
    private const int Rounds = 250;

    public static async Task<IReadOnlyList<Result>> RunAsync(Ground ground, CancellationToken cancellationToken)
    {
        var waiting = new Queue<WaitingCase>();
        for (var n = 0; n <= 4 * Rounds; n++)
        {
            waiting.Enqueue(await WaitingAsync(ground, cancellationToken));
        }

        await ground.SettleAsync(cancellationToken);
        var instances = ground.Services.GetRequiredService<WorkflowInstances>();
        var raw = await RawBurst.LikeAsync(ground, waiting.Dequeue(), GoOnAsync, cancellationToken);
        return
        [
            await Comparison.RunAsync(
                "persisted burst",
                1.5,
                $"one raw round trip, {raw.Rows} rows",
                Rounds,
                () => GoOnAsync(waiting.Dequeue()),
                () => raw.WriteAsync(ground.AsTenant, waiting.Dequeue(), cancellationToken),
                cancellationToken),
        ];

        async Task GoOnAsync(WaitingCase next)
        {
            await using var db = ground.Planes.OpenTenant(Ground.Tenant);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var resumed = await instances.ResumeAsync(db, next.InstanceId, next.BookmarkId, "Accepted", null, "job:bench", cancellationToken);
            if (!resumed.IsDone)
            {
                throw new InvalidOperationException($"The workflow did not go on: {resumed.Refusal}");
            }

            await db.SaveAndCommitAsync(transaction, cancellationToken);
        }
    }

    private static async Task<WaitingCase> WaitingAsync(Ground ground, CancellationToken cancellationToken)
    {
        var application = (await ground.SubmitAsync(cancellationToken)).ApplicationId;
        await using var command = ground.Admin.CreateCommand(
            "select i.id, b.id from workflow_instances i join workflow_bookmarks b on b.tenant_id = i.tenant_id and b.instance_id = i.id where i.tenant_id = $1 and i.application_id = $2");
        command.Parameters.Add(new NpgsqlParameter { Value = Ground.Tenant });
        command.Parameters.Add(new NpgsqlParameter { Value = application });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new WaitingCase(application, reader.GetGuid(0), reader.GetGuid(1));
    }
}
