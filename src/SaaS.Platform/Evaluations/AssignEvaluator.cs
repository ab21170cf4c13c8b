using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;

namespace SaaS.Platform.Evaluations;

/// <summary>
/// Gives an application to an evaluator without a conflict: nobody who belongs to the firm, the supplier, the lead firm or the tenant, and
/// nobody who stepped back before. Among the least busy the choice is by lot; the lot is drawn from ids, so that it can be drawn again.
/// </summary>
public sealed class AssignEvaluator(IClock clock)
{
    /// <param name="db">The tenant's context in a transaction; the caller saves.</param>
    /// <param name="application">What is judged.</param>
    /// <param name="bookmarkId">Where the workflow waits.</param>
    /// <param name="criteria">JSON text of the criteria.</param>
    /// <param name="passMark">The least total that passes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InvalidOperationException">Nobody is free of conflict; the job tries again later.</exception>
    public async Task<Evaluation> RunAsync(
        GrantsDb db, GrantApplication application, Guid bookmarkId, string criteria, decimal passMark, CancellationToken cancellationToken)
    {
        var tenantOrganisation = await db.Tenants.Where(tenant => tenant.Id == db.Tenant).Select(tenant => tenant.OrganisationId).SingleAsync(cancellationToken);
        Guid?[] parties = [application.FirmId, application.SupplierId, application.LeadFirmId, tenantOrganisation];
        var before = db.Set<Evaluation>().Where(evaluation => evaluation.BookmarkId == bookmarkId).Select(evaluation => evaluation.EvaluatorId);
        var free = await db.Memberships.AsNoTracking()
            .Where(membership => membership.Role == MemberRole.Evaluator)
            .Select(membership => membership.UserId)
            .Distinct()
            .Where(user => !db.Memberships.Any(membership => membership.UserId == user && parties.Contains(membership.OrganisationId)) && !before.Contains(user))
            .Select(user => new { User = user, Open = db.Set<Evaluation>().Count(evaluation => evaluation.EvaluatorId == user && evaluation.SubmittedAt == null) })
            .ToListAsync(cancellationToken);
        var chosen = free
            .OrderBy(candidate => candidate.Open)
            .ThenBy(candidate => Lot(application.Id, candidate.User))
            .ThenBy(candidate => candidate.User)
            .FirstOrDefault()
            ?? throw new InvalidOperationException($"No evaluator is free of conflict for application {application.ReceiptNumber}.");
        var evaluation = new Evaluation(application.Id, bookmarkId, chosen.User, criteria, passMark, clock.GetCurrentInstant());
        db.Add(evaluation);
        return evaluation;
    }

    /// <summary>The same case and person always draw the same lot.</summary>
    internal static ulong Lot(Guid application, Guid user)
    {
        Span<byte> ids = stackalloc byte[32];
        application.TryWriteBytes(ids);
        user.TryWriteBytes(ids[16..]);
        Span<byte> lot = stackalloc byte[32];
        SHA256.HashData(ids, lot);
        return BinaryPrimitives.ReadUInt64BigEndian(lot);
    }
}
