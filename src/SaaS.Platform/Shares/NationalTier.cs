using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;
using SaaS.Platform.Programmes;

namespace SaaS.Platform.Shares;

/// <summary>Writes down what a call asks of the national budget, with what KOSMO has set aside for it already.</summary>
internal static class NationalTier
{
    /// <param name="db">The tenant's context in a transaction; the caller saves.</param>
    /// <param name="callId">The call; none of the tiers has been asked for there.</param>
    /// <param name="asks">By tier.</param>
    /// <param name="decidedBy">Who granted; null where nobody has.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task OpenAsync(GrantsDb db, Guid callId, IReadOnlyList<NationalAsk> asks, Guid? decidedBy, Instant now, CancellationToken cancellationToken)
    {
        var kosmo = await db.Tenants.Where(tenant => tenant.Kind == TenantKind.National).Select(tenant => tenant.OrganisationId).SingleAsync(cancellationToken);
        foreach (var ask in asks)
        {
            var grant = new NationalGrant(callId, ask.Tier, new Won(ask.Asked));
            db.Add(grant);
            if (decidedBy is { } person && ask.Granted is { } granted and > 0)
            {
                grant.Grant(new Won(granted), person, now);
                db.Add(new BudgetLine(callId, ask.Tier, Funder.National, kosmo, grant.Granted));
            }
        }
    }
}
