using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;

namespace SaaS.Platform.Agreements;

/// <summary>An agreement that not all have signed ends with its case: nobody signs it any more.</summary>
internal static class EndAgreement
{
    /// <param name="db">A tenant's context inside a transaction that holds the case's instance, so that no agreement is drawn up meanwhile.</param>
    /// <param name="applicationId">The case.</param>
    /// <param name="now">When it ends.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>False when all have signed: such an agreement stands, and binds its parties.</returns>
    public static async Task<bool> RunAsync(GrantsDb db, Guid applicationId, Instant now, CancellationToken cancellationToken)
    {
        var agreements = await db.Set<Agreement>()
            .FromSql($"select * from agreements where tenant_id = {db.Tenant} and application_id = {applicationId} for update")
            .ToListAsync(cancellationToken);
        foreach (var agreement in agreements.Where(agreement => agreement.Status == AgreementStatus.AwaitingSignatures))
        {
            agreement.Conclude(AgreementStatus.Cancelled, now);
        }

        return !agreements.Exists(agreement => agreement.Status == AgreementStatus.Signed);
    }
}
