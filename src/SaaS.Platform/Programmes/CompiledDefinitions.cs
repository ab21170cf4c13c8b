using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Data;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;

namespace SaaS.Platform.Programmes;

/// <summary>Published versions ready to run. A version never changes, so each is compiled once in a process and shared by all.</summary>
public sealed class CompiledDefinitions
{
    /// <summary>More than all tenants use at once; beyond it the cache starts anew, which costs time and nothing else.</summary>
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<Guid, CompiledWorkflow> compiled = [];

    /// <summary>Reads the version from the database only when it is not at hand.</summary>
    /// <exception cref="InvalidOperationException">The reader sees no such version.</exception>
    public async Task<CompiledWorkflow> GetAsync(GrantsDb db, Guid versionId, CancellationToken cancellationToken)
    {
        if (compiled.TryGetValue(versionId, out var workflow))
        {
            return workflow;
        }

        var json = await db.Set<DefinitionVersion>().AsNoTracking()
            .Where(version => version.Id == versionId)
            .Select(version => version.Json)
            .SingleOrDefaultAsync(cancellationToken)
            ?? throw new InvalidOperationException($"There is no definition version {versionId} here.");
        return Add(versionId, WorkflowDefinition.Parse(json).Required);
    }

    private CompiledWorkflow Add(Guid versionId, WorkflowDefinition definition)
    {
        if (compiled.Count >= Most)
        {
            compiled.Clear();
        }

        return compiled.GetOrAdd(versionId, _ => CompiledWorkflow.Compile(definition));
    }
}
