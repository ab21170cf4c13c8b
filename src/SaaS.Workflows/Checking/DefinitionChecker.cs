using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;

namespace SaaS.Workflows.Checking;

/// <summary>Says everything that is wrong with a definition, all at once.</summary>
public static class DefinitionChecker
{
    /// <summary>All problems, in the order in which they stand in the definition. No error among them: it may be published.</summary>
    public static IReadOnlyList<Problem> Check(WorkflowDefinition definition, CheckContext? context = null)
    {
        context ??= CheckContext.Standard;
        var compiled = CompiledWorkflow.Compile(definition, catalogue: context.Catalogue);
        return [.. compiled.Problems, .. ProgrammeChecker.Check(definition, context)];
    }
}
