using SaaS.Workflows.Runtime;

namespace SaaS.Platform.Workflows;

/// <summary>What came of a resume. A refusal changed nothing.</summary>
/// <param name="Burst">What the workflow did.</param>
public sealed record ResumeOutcome(Burst Burst)
{
    public ResumeRefusal? Refusal => Burst.Refusal;

    public bool IsDone => Burst.Refusal is null;
}
