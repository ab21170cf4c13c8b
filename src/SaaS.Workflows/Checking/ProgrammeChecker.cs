using SaaS.Workflows.Definitions;

namespace SaaS.Workflows.Checking;

/// <summary>What must hold in a grant programme beyond a sound structure.</summary>
internal static class ProgrammeChecker
{
    public static IEnumerable<Problem> Check(WorkflowDefinition definition, CheckContext context)
    {
        _ = definition;
        _ = context;
        return [];
    }
}
