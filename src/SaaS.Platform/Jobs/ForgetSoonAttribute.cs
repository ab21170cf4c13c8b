using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;

namespace SaaS.Platform.Jobs;

/// <summary>For jobs that run again and again for every tenant: what went well is forgotten after minutes instead of a day, or it would fill Hangfire's tables.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ForgetSoonAttribute : JobFilterAttribute, IApplyStateFilter
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        if (context.NewState is SucceededState)
        {
            context.JobExpirationTimeout = Kept;
        }
    }

    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        // Nothing was done.
    }
}
