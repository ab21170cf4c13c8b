using SaaS.Platform.Applications;
using SaaS.Workflows.Runtime;

namespace SaaS.Platform.Workflows;

/// <summary>What a burst says about its application: the stage at which the case now waits, or the result with which it closed.</summary>
internal static class CaseStatus
{
    private static readonly (string Stage, ApplicationStatus Status)[] Stages =
    [
        ("application", ApplicationStatus.Submitted),
        ("task", ApplicationStatus.AwaitingTask),
        ("evaluation", ApplicationStatus.UnderEvaluation),
        ("reservation", ApplicationStatus.AwaitingNationalShare),
        ("commitment", ApplicationStatus.AwaitingCommitment),
        ("agreement", ApplicationStatus.AwaitingAgreement),
        ("disbursement", ApplicationStatus.InProgress),
        ("inspection", ApplicationStatus.InProgress),
    ];

    /// <summary>With several open branches, the earliest stage speaks for the case. Null when the burst says nothing: the case stays where it was.</summary>
    public static ApplicationStatus? After(Burst burst)
    {
        foreach (var effect in burst.Effects)
        {
            if (effect.Kind == "close" && Enum.TryParse<ApplicationStatus>(effect.Payload["result"].Text, out var result))
            {
                return result;
            }
        }

        if (burst.State.SubStatus is WorkflowSubStatus.Faulted or WorkflowSubStatus.Cancelled)
        {
            return ApplicationStatus.Failed;
        }

        foreach (var (stage, status) in Stages)
        {
            foreach (var bookmark in burst.State.Bookmarks)
            {
                if (bookmark.Payload["stage"].Text == stage)
                {
                    return status;
                }
            }
        }

        return null;
    }
}
