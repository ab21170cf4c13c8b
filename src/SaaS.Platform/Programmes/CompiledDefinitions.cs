using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Data;
using SaaS.Platform.Workflows;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;

namespace SaaS.Platform.Programmes;

/// <summary>Published versions ready to run. A version never changes, so each is compiled once in a process and shared by all.</summary>
public sealed class CompiledDefinitions(PlaneDb planes)
{
    /// <summary>More than all tenants use at once; beyond it the cache starts anew, which costs time and nothing else.</summary>
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<Guid, CompiledWorkflow> compiled = [];
    private readonly ConditionalWeakTable<CompiledWorkflow, StrongBox<Guid>> versions = [];
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, CompiledWorkflow>> published = [];

    /// <summary>
    /// Reads the version from the database only when it is not at hand. Workflows that it uses as activities are those that were published
    /// when it was; workflows that it executes or dispatches are those that are published now.
    /// </summary>
    /// <exception cref="InvalidOperationException">The reader sees no such version.</exception>
    public async Task<CompiledWorkflow> GetAsync(GrantsDb db, Guid versionId, CancellationToken cancellationToken)
    {
        var workflow = await CompileAsync(db, versionId, cancellationToken);
        if (workflow.RunsOthers)
        {
            var tenant = await db.Set<DefinitionVersion>().Where(version => version.Id == versionId).Select(version => version.TenantId).SingleAsync(cancellationToken);
            await RefreshAsync(tenant, cancellationToken);
        }

        return workflow;
    }

    /// <summary>The version that a workflow was compiled from.</summary>
    /// <exception cref="InvalidOperationException">It was not compiled here.</exception>
    internal Guid VersionOf(CompiledWorkflow workflow) => versions.TryGetValue(workflow, out var id)
        ? id.Value
        : throw new InvalidOperationException($"'{workflow.Definition}' is no published version.");

    /// <summary>Compiles what is not saved yet as it will run, with the tenant's published definitions as they are now.</summary>
    internal async Task<CompiledWorkflow> CompileAsync(string tenant, WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        await RefreshAsync(tenant, cancellationToken);
        return CompiledWorkflow.Compile(definition, id => Published(tenant, id));
    }

    private CompiledWorkflow? Published(string tenant, string definitionId) => published.GetValueOrDefault(tenant)?.GetValueOrDefault(definitionId);

    private async Task<CompiledWorkflow> CompileAsync(GrantsDb db, Guid versionId, CancellationToken cancellationToken)
    {
        if (compiled.TryGetValue(versionId, out var known))
        {
            return known;
        }

        var row = await db.Set<DefinitionVersion>().AsNoTracking()
            .Where(version => version.Id == versionId)
            .Select(version => new { version.Json, version.TenantId })
            .SingleOrDefaultAsync(cancellationToken)
            ?? throw new InvalidOperationException($"There is no definition version {versionId} here.");
        var used = await UsedAsync(row.TenantId, versionId, row.Json, cancellationToken);
        var isCompiled = false;
        var workflow = CompiledWorkflow.Compile(
            WorkflowDefinition.Parse(row.Json).Required,
            id => !isCompiled && used.TryGetValue(id, out var pinned) ? pinned : Published(row.TenantId, id));
        isCompiled = true;
        if (compiled.Count >= Most)
        {
            compiled.Clear();
        }

        var kept = compiled.GetOrAdd(versionId, workflow);
        versions.AddOrUpdate(kept, new StrongBox<Guid>(versionId));
        return kept;
    }

    // Whoever may read a definition may run what it uses, also where those rows are the tenant's alone.
    private async Task<IReadOnlyDictionary<string, CompiledWorkflow>> UsedAsync(string tenant, Guid versionId, string json, CancellationToken cancellationToken)
    {
        var used = new Dictionary<string, CompiledWorkflow>();
        if (json.Contains("workflowDefinitionId", StringComparison.Ordinal))
        {
            await using var db = planes.OpenTenant(tenant);
            foreach (var pin in await db.Set<DefinitionUse>().AsNoTracking().Where(use => use.DefinitionVersionId == versionId).ToListAsync(cancellationToken))
            {
                used[pin.UsedDefinitionId] = await CompileAsync(db, pin.UsedVersionId, cancellationToken);
            }
        }

        return used;
    }

    private async Task RefreshAsync(string tenant, CancellationToken cancellationToken)
    {
        await using var db = planes.OpenTenant(tenant);
        var current = new Dictionary<string, CompiledWorkflow>();
        foreach (var (definitionId, versionId) in await PublishedVersions.AllAsync(db, cancellationToken))
        {
            current[definitionId] = await CompileAsync(db, versionId, cancellationToken);
        }

        published[tenant] = current;
    }
}
