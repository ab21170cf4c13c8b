using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;

namespace SaaS.Platform.Programmes;

/// <summary>Makes a definition ready to be simulated or tried, with the tenant's published definitions where it runs others. Nothing is stored.</summary>
public sealed class CompileDraft(CompiledDefinitions definitions)
{
    public async Task<CompiledWorkflow> RunAsync(DraftAuthor author, WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        var alone = CompiledWorkflow.Compile(definition);
        return alone.RunsOthers || alone.UsedDefinitions.Count > 0 ? await definitions.CompileAsync(author.Tenant, definition, cancellationToken) : alone;
    }
}
