using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Programmes;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;

namespace SaaS.Platform.Workflows;

/// <summary>
/// What follows for running workflows when a definition is published or retracted, in the transaction of that act: its triggers are taken
/// up or given up, and the workflows that it uses as activities are pinned to the versions that they have now.
/// </summary>
public sealed class WorkflowPublication(CompiledDefinitions definitions, IClock clock)
{
    /// <summary>A version has become the published one; triggers of the one before are replaced.</summary>
    /// <param name="db">The tenant's context in a transaction; the caller saves.</param>
    /// <param name="version">The version, added to the context or saved before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task PublishedAsync(GrantsDb db, DefinitionVersion version, CancellationToken cancellationToken)
    {
        await RetractedAsync(db, version.DefinitionId, cancellationToken);
        var workflow = await definitions.CompileAsync(db.Tenant, WorkflowDefinition.Parse(version.Json).Required, cancellationToken);
        await PinAsync(db, version, workflow, cancellationToken);
        var now = clock.GetCurrentInstant();
        // An application starts its programme itself; nothing is to be found for it.
        foreach (var trigger in WorkflowTriggers.Of(workflow).Where(trigger => trigger.Name.StartsWith("Elsa.", StringComparison.Ordinal)))
        {
            var next = TriggerSchedule.Next(trigger.Name, trigger.Payload, now, isFirst: true);
            var row = new PublishedTrigger(version.DefinitionId, version.Id, trigger.ActivityId, trigger.Name, trigger.Hash, trigger.Payload.ToJson(), next);
            db.Add(row);
            if (next is { } at)
            {
                db.Outbox.Add(OutboxMessage.For(TriggerDueJob.Kind, null, new TriggerMessage(row.Id), now, at));
            }
        }
    }

    /// <summary>No version of the definition is published any more. Running instances go on with theirs.</summary>
    /// <param name="db">The tenant's context in a transaction; the caller saves.</param>
    /// <param name="definitionId">The id that all versions share.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task RetractedAsync(GrantsDb db, string definitionId, CancellationToken cancellationToken)
        => db.RemoveRange(await db.Set<PublishedTrigger>().Where(trigger => trigger.DefinitionId == definitionId).ToListAsync(cancellationToken));

    private static async Task PinAsync(GrantsDb db, DefinitionVersion version, CompiledWorkflow workflow, CancellationToken cancellationToken)
    {
        if (workflow.UsedDefinitions.Count == 0 || await db.Set<DefinitionUse>().AnyAsync(use => use.DefinitionVersionId == version.Id, cancellationToken))
        {
            return;
        }

        var published = await PublishedVersions.AllAsync(db, cancellationToken);
        var direct = workflow.UsedDefinitions.Where(id => id != version.DefinitionId && published.ContainsKey(id)).ToDictionary(id => id, id => published[id]);
        var used = direct.Values.ToList();
        foreach (var further in await db.Set<DefinitionUse>().AsNoTracking().Where(use => used.Contains(use.DefinitionVersionId)).ToListAsync(cancellationToken))
        {
            direct.TryAdd(further.UsedDefinitionId, further.UsedVersionId);
        }

        foreach (var (definitionId, versionId) in direct)
        {
            db.Add(new DefinitionUse(version.Id, definitionId, versionId));
        }
    }
}
