using SaaS.Workflows.Compilation;

namespace SaaS.Workflows.Runtime;

/// <summary>Running again what failed.</summary>
internal sealed partial class Execution
{
    public static Burst Retry(CompiledWorkflow workflow, InstanceState state, RetryFaulted retry)
    {
        if (WhyNoRetry(state) is { } refusal)
        {
            return new Burst { State = state, Refusal = refusal };
        }

        var execution = Rent(workflow, retry.Now, retry.NewId, retry.StepBudget);
        execution.Load(state);
        execution.SubStatus = WorkflowSubStatus.Suspended;
        execution._finishedAt = null;
        foreach (var failed in execution._activities.FindAll(activity => activity.Status == ActivityStatus.Faulted))
        {
            execution.RunAgain(failed);
        }

        execution.Run();
        return execution.End();
    }

    /// <summary>Null when the steps at which the instance faulted can run again.</summary>
    public static ResumeRefusal? WhyNoRetry(InstanceState state)
    {
        // Where others went on after an incident, what the step failed with is not kept.
        var failed = state.SubStatus == WorkflowSubStatus.Faulted ? state.Activities.Where(saved => saved.Status == ActivityStatus.Faulted).ToList() : [];
        if (failed.Count == 0)
        {
            return ResumeRefusal.NothingFailed;
        }

        // Work that was done, by the step itself or by others that run within it, is not done again.
        return failed.Exists(saved => saved.HasWorked || state.Activities.Any(child => child.Parent == saved.Instance)) ? ResumeRefusal.WorkWasDone : null;
    }

    // What it waited with was for the time before it failed.
    private void RunAgain(ActivityExecution activity)
    {
        ClearBookmarks(activity);
        _incidents.RemoveAll(incident => incident.ActivityInstance == activity.Instance);
        for (var each = activity; each is not null; each = each.Parent)
        {
            each.Faults--;
        }

        Queue.Add(new WorkItem(activity.Node, null, activity, null, activity.CameBack));
    }
}
