using SaaS.Workflows.Checking;
using SaaS.Workflows.Comparison;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Programmes;

namespace SaaS.Web.Designer;

/// <summary>What is costly to reckon of a design.</summary>
/// <param name="Problems">All findings of the checker.</param>
/// <param name="Differences">How it differs from the published version, in words.</param>
/// <param name="Outline">The programme as people read it.</param>
public sealed record DesignFindings(IReadOnlyList<Problem> Problems, IReadOnlyList<Difference> Differences, ProgrammeOutline Outline)
{
    /// <param name="before">What it is compared with.</param>
    /// <param name="design">The design.</param>
    /// <param name="context">What it is checked against.</param>
    public static DesignFindings Of(WorkflowDefinition before, WorkflowDefinition design, CheckContext context)
        => new(DefinitionChecker.Check(design, context), DefinitionDifferences.Between(before, design), ProgrammeOutline.Read(design));
}
