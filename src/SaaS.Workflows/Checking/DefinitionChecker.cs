using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;

namespace SaaS.Workflows.Checking;

/// <summary>Says everything that is wrong with a definition, all at once.</summary>
public static class DefinitionChecker
{
    /// <summary>All problems. No error among them: it may be published.</summary>
    public static IReadOnlyList<Problem> Check(WorkflowDefinition definition, CheckContext? context = null)
    {
        context ??= CheckContext.Standard;
        var compiled = CompiledWorkflow.Compile(definition, context.Resolver, context.Catalogue);
        var problems = new ProblemList();
        StructureChecker.Check(compiled, problems);
        foreach (var flowchart in compiled.Activities)
        {
            if (flowchart.HasGraph)
            {
                FlowchartChecker.Check(flowchart, problems);
            }
        }

        StorageChecker.Check(compiled, problems);
        problems.Add(compiled.Problems);
        problems.Add(ProgrammeChecker.Check(compiled, context.Rails));
        return problems.All;
    }

    /// <summary>The guard rails that a definition breaks, and nothing else that may be wrong with it.</summary>
    /// <param name="workflow">Compiled, so that one compilation serves any number of rails.</param>
    /// <param name="rails">Those to be held to.</param>
    public static IReadOnlyList<Problem> CheckRails(CompiledWorkflow workflow, GuardRails rails) => ProgrammeChecker.CheckRails(workflow, rails);
}
