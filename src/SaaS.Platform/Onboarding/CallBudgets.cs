using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Selections;
using SaaS.Platform.Shares;

namespace SaaS.Platform.Onboarding;

/// <summary>Brings the budget lines of a call, and the national money asked for it, up to its file. What was reserved or granted stays.</summary>
internal static class CallBudgets
{
    /// <summary>How the body that grants national money is asked for; no tenant can have such an id.</summary>
    public const string NationalBody = "";

    /// <exception cref="DbUpdateException">At saving: a line became smaller than what is bound on it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Less national money is asked for than was granted.</exception>
    public static async Task ApplyAsync(GrantsDb db, Call call, CallFile file, Func<string, Guid> funder, Instant now, CancellationToken cancellationToken)
    {
        var lines = await db.Set<BudgetLine>().Where(line => line.CallId == call.Id).ToListAsync(cancellationToken);
        foreach (var budget in file.Budgets ?? [])
        {
            var kind = Enum.Parse<Funder>(budget.Funder!);
            var organisation = funder(budget.Organisation!);
            var appropriated = new Won(budget.Appropriated!.Value);
            if (lines.Find(line => line.Funder == kind && line.FunderOrganisationId == organisation && line.Tier == budget.Tier) is { } line)
            {
                if (appropriated > line.Appropriated)
                {
                    await RankCallJob.AskIfAnyWaitsAsync(db, call.Id, now, cancellationToken);
                }

                line.Appropriate(appropriated);
            }
            else
            {
                db.Add(new BudgetLine(call.Id, budget.Tier, kind, organisation, appropriated));
            }
        }

        var grants = await db.Set<NationalGrant>().Where(grant => grant.CallId == call.Id).ToListAsync(cancellationToken);
        foreach (var wanted in file.NationalGrants ?? [])
        {
            var asked = new Won(wanted.Asked!.Value);
            if (grants.Find(grant => grant.Tier == wanted.Tier) is { } grant)
            {
                grant.Ask(asked);
            }
            else
            {
                var granted = new Won(wanted.Granted ?? 0);
                grant = new NationalGrant(call.Id, wanted.Tier!, asked);
                db.Add(grant);
                if (granted > Won.Zero)
                {
                    // The national budget law gave it: no person of KOSMO decided.
                    grant.Grant(granted, Guid.Empty, now);
                    db.Add(new BudgetLine(call.Id, wanted.Tier, Funder.National, funder(NationalBody), granted));
                }
            }
        }
    }
}
