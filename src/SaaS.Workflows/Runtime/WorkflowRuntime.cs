using SaaS.Workflows.Compilation;

namespace SaaS.Workflows.Runtime;

/// <summary>Runs workflows. A pure function: the same definition, instance, input, time and ids give the same burst, and nothing outside is touched.</summary>
public static class WorkflowRuntime
{
    /// <summary>Starts an instance and runs it until it finishes or waits.</summary>
    public static Burst Start(CompiledWorkflow workflow, StartWorkflow start) => Execution.Start(workflow, start);

    /// <summary>Goes on from a bookmark until the instance finishes or waits again. The given state is not changed.</summary>
    public static Burst Resume(CompiledWorkflow workflow, InstanceState state, ResumeBookmark resume) => Execution.Resume(workflow, state, resume);

    /// <summary>
    /// Runs the failed steps of a faulted instance again where they stand, with the inputs and values that they failed with, and goes on from
    /// there. The given state is not changed.
    /// </summary>
    public static Burst Retry(CompiledWorkflow workflow, InstanceState state, RetryFaulted retry) => Execution.Retry(workflow, state, retry);

    /// <summary>Cancels an instance: it waits for nothing any more and is finished. A finished one stays as it is.</summary>
    public static Burst Cancel(CompiledWorkflow workflow, InstanceState state, NodaTime.Instant now) => Execution.Cancel(workflow, state, now);
}
