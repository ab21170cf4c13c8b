using SaaS.Workflows.Runtime;

namespace SaaS.Platform.Workflows;

/// <summary>What came of a resume. A refusal changed nothing.</summary>
/// <param name="Refusal">Null when the workflow went on.</param>
public sealed record ResumeOutcome(ResumeRefusal? Refusal)
{
    public bool IsDone => Refusal is null;
}
