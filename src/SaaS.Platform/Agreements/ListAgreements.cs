using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Shares;

namespace SaaS.Platform.Agreements;

/// <summary>The agreements that the reader's organisation is a party to, and the agreement of one case.</summary>
public sealed class ListAgreements(GrantsDb db, CurrentActor actor)
{
    /// <param name="Parties">Who signs, and when they did.</param>
    /// <param name="MaySign">The reader's organisation has not signed yet.</param>
    public sealed record Item(
        Guid Id, string Tenant, Guid ApplicationId, LocalDate DueOn, AgreementStatus Status, Instant? ConcludedAt, IReadOnlyList<Party> Parties, bool MaySign);

    public sealed record Party(string Name, Guid OrganisationId, Instant? SignedAt);

    public async Task<Item?> OfApplicationAsync(Guid applicationId, CancellationToken cancellationToken)
        => (await ReadAsync(db.Set<Agreement>().Where(agreement => agreement.ApplicationId == applicationId), cancellationToken)).LastOrDefault();

    /// <summary>Those that wait for the reader's signature. On the co-funders' plane: with what its share says of the case.</summary>
    public async Task<IReadOnlyList<Waiting>> WaitingForMeAsync(CancellationToken cancellationToken)
        => await (
            from signature in db.Set<AgreementSignature>().AsNoTracking()
            where signature.OrganisationId == actor.OrganisationId && signature.SignedAt == null
            join agreement in db.Set<Agreement>() on new { signature.TenantId, Id = signature.AgreementId } equals new { agreement.TenantId, agreement.Id }
            where agreement.Status == AgreementStatus.AwaitingSignatures
            join share in db.Set<ApplicationShare>().Where(share => share.FunderOrganisationId == actor.OrganisationId)
                on new { agreement.TenantId, agreement.ApplicationId } equals new { share.TenantId, share.ApplicationId } into shares
            from share in shares.DefaultIfEmpty()
            orderby agreement.DueOn, agreement.Id
            select new Waiting(agreement.Id, agreement.TenantId, agreement.ApplicationId, signature.Party, agreement.DueOn, share!.ReceiptNumber, share.ApplicationTitle, share.FirmName))
            .ToListAsync(cancellationToken);

    public sealed record Waiting(
        Guid AgreementId, string Tenant, Guid ApplicationId, string Party, LocalDate DueOn, string? ReceiptNumber, string? Title, string? FirmName);

    private async Task<List<Item>> ReadAsync(IQueryable<Agreement> agreements, CancellationToken cancellationToken)
    {
        var rows = await (
            from agreement in agreements.AsNoTracking()
            join signature in db.Set<AgreementSignature>() on new { agreement.TenantId, AgreementId = agreement.Id } equals new { signature.TenantId, signature.AgreementId }
            orderby agreement.CreatedAt, signature.Party
            select new { Agreement = agreement, Signature = signature })
            .ToListAsync(cancellationToken);
        return [.. rows.GroupBy(row => row.Agreement.Id).Select(group =>
        {
            var agreement = group.First().Agreement;
            return new Item(
                agreement.Id, agreement.TenantId, agreement.ApplicationId, agreement.DueOn, agreement.Status, agreement.ConcludedAt,
                [.. group.Select(row => new Party(row.Signature.Party, row.Signature.OrganisationId, row.Signature.SignedAt))],
                agreement.Status == AgreementStatus.AwaitingSignatures
                    && group.Any(row => row.Signature.OrganisationId == actor.OrganisationId && row.Signature.SignedAt is null));
        })];
    }
}
