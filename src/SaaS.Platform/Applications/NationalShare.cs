using Microsoft.EntityFrameworkCore;
using SaaS.Domain.Money;
using SaaS.Platform.Data;
using SaaS.Platform.Refusals;
using SaaS.Platform.Shares;
using SaaS.Workflows.Compilation;

namespace SaaS.Platform.Applications;

/// <summary>A tier that takes national money opens only when KOSMO has reserved some for it.</summary>
internal static class NationalShare
{
    private const string Reserves = "Grant.ReserveNationalShare";

    public static Refusal NotReserved(string tier) => new(
        "national-share-not-reserved",
        $"스마트제조혁신추진단(KOSMO)이 '{tier}' 유형의 국비를 아직 배정하지 않아 접수할 수 없습니다.",
        $"KOSMO has not set central money aside for the tier '{tier}' yet, so it takes no applications.",
        "requestedTier");

    /// <summary>True when the programme asks KOSMO for the national share of this tier.</summary>
    public static bool IsNeeded(CompiledWorkflow workflow, string? tier, IReadOnlyList<FunderShare> shares)
        => tier is not null
            && shares.Any(share => share.Funder == Funder.National)
            && workflow.Definition.Root.Flowchart.Activities.Any(activity => activity.Type == Reserves);

    /// <param name="db">Opened as the tenant: only the tenant and KOSMO see what was granted.</param>
    /// <param name="callId">The call.</param>
    /// <param name="tier">The tier.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<bool> IsGrantedAsync(GrantsDb db, Guid callId, string tier, CancellationToken cancellationToken)
        => await db.Set<NationalGrant>().AnyAsync(grant => grant.CallId == callId && grant.Tier == tier && grant.Granted > Won.Zero, cancellationToken);
}
