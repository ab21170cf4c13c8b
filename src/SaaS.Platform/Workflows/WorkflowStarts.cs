using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Platform.Workflows;

/// <summary>What an instance that belongs to no application is started with.</summary>
public sealed record WorkflowStart
{
    public required Guid VersionId { get; init; }

    /// <summary>Given beforehand, so that the same start twice makes one instance.</summary>
    public required Guid InstanceId { get; init; }

    /// <summary>The trigger that was hit; null when nobody but the caller wanted it.</summary>
    public string? TriggerActivityId { get; init; }

    public string? CorrelationId { get; init; }

    public Guid? ParentInstanceId { get; init; }

    public JsonElement? Input { get; init; }
}

/// <summary>Starts instances that belong to no application, and keeps to what their definition says of how many may run.</summary>
public sealed class WorkflowStarts(CompiledDefinitions definitions, WorkflowInstances instances, IClock clock)
{
    /// <param name="db">The tenant's context in a transaction; the caller saves.</param>
    /// <param name="start">What to start.</param>
    /// <param name="actor">For the journal.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>False when it was started before, or when the definition's activation strategy allows no further instance now.</returns>
    public async Task<bool> RunAsync(GrantsDb db, WorkflowStart start, string actor, CancellationToken cancellationToken)
    {
        if (await db.Set<WorkflowInstance>().AnyAsync(instance => instance.Id == start.InstanceId, cancellationToken))
        {
            return false;
        }

        var workflow = await definitions.GetAsync(db, start.VersionId, cancellationToken);

        // As in Elsa, the strategy guards what triggers start; a workflow that another one asks for by name is started.
        if (start.TriggerActivityId is not null && !await MayRunAsync(db, workflow, start.CorrelationId, cancellationToken))
        {
            return false;
        }

        var burst = WorkflowRuntime.Start(workflow, new StartWorkflow
        {
            InstanceId = start.InstanceId,
            CorrelationId = start.CorrelationId,
            ParentInstanceId = start.ParentInstanceId,
            TriggerActivityId = start.TriggerActivityId,
            Input = start.Input is { } input ? Value.From(input) : Value.Object(),
            Now = clock.GetCurrentInstant(),
            NewId = Guid.CreateVersion7,
        });
        instances.AddStarted(db, start.VersionId, burst, actor);
        return true;
    }

    // The lock is held until the transaction ends: of two that start at once, the second sees the first.
    private static async Task<bool> MayRunAsync(GrantsDb db, CompiledWorkflow workflow, string? correlationId, CancellationToken cancellationToken)
    {
        var definitionId = workflow.Definition.DefinitionId;
        var (key, running) = ActivationOf(workflow) switch
        {
            Activation.Singleton => ($"definition {definitionId}", Running(db).Where(instance => instance.DefinitionId == definitionId)),
            Activation.CorrelatedSingleton => (
                $"definition {definitionId} {correlationId}",
                Running(db).Where(instance => instance.DefinitionId == definitionId && instance.CorrelationId == correlationId)),
            Activation.Correlated when correlationId is not null => ($"correlation {correlationId}", Running(db).Where(instance => instance.CorrelationId == correlationId)),
            _ => ("", null),
        };
        if (running is null)
        {
            return true;
        }

        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({db.Tenant + " " + key}, 0))", cancellationToken);
        return !await running.AnyAsync(cancellationToken);
    }

    private static IQueryable<WorkflowInstance> Running(GrantsDb db)
        => db.Set<WorkflowInstance>().Where(instance => instance.Status == nameof(WorkflowStatus.Running));

    private static Activation ActivationOf(CompiledWorkflow workflow)
    {
        var type = workflow.Definition.Json.TryGetProperty("options", out var options) && options.ValueKind == JsonValueKind.Object
            && options.TryGetProperty("activationStrategyType", out var strategy) && strategy.ValueKind == JsonValueKind.String
            ? strategy.GetString()!.Split(',')[0].Split('.')[^1]
            : "";
        return type switch
        {
            "SingletonStrategy" => Activation.Singleton,
            "CorrelatedSingletonStrategy" => Activation.CorrelatedSingleton,
            "CorrelationStrategy" => Activation.Correlated,
            _ => Activation.Always,
        };
    }

    private enum Activation
    {
        Always,

        /// <summary>One at a time of the definition.</summary>
        Singleton,

        /// <summary>One at a time of the definition and correlation id.</summary>
        CorrelatedSingleton,

        /// <summary>One at a time of the correlation id, whatever the definition.</summary>
        Correlated,
    }
}
