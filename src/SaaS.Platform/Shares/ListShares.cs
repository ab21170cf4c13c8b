using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Shares;

/// <summary>The shares of a funder: what waits for its decision first, then the rest.</summary>
public sealed class ListShares(GrantsDb db, CurrentActor actor)
{
    /// <param name="AwaitsDecision">The body must commit or refuse.</param>
    /// <param name="BudgetFree">What is left on the line that it was set aside on (won); null when it is set aside on none.</param>
    public sealed record Item(
        Guid Id, string Tenant, string TenantKo, string TenantEn, Guid ApplicationId, string ReceiptNumber, string Title, string FirmName, Funder Funder,
        long Amount, long InKind, int BasisPoints, ShareStatus Status, bool AwaitsDecision, LocalDate? DueOn, long? BudgetFree);

    public async Task<IReadOnlyList<Item>> RunAsync(CancellationToken cancellationToken)
    {
        var rows = await (
            from share in db.Set<ApplicationShare>().AsNoTracking()
            where share.FunderOrganisationId == actor.OrganisationId
            join tenant in db.Set<Tenant>() on share.TenantId equals tenant.Id
            from line in db.Set<BudgetLine>().Where(line => line.TenantId == share.TenantId && line.Id == share.BudgetLineId).DefaultIfEmpty()
            orderby share.BookmarkId == null || share.DecidedAt != null, share.ReceiptNumber
            select new { Share = share, tenant.Ko, tenant.En, Line = line })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new Item(
            row.Share.Id, row.Share.TenantId, row.Ko, row.En, row.Share.ApplicationId, row.Share.ReceiptNumber, row.Share.ApplicationTitle, row.Share.FirmName, row.Share.Funder,
            row.Share.Amount.Amount, row.Share.InKind.Amount, row.Share.BasisPoints, row.Share.Status, row.Share.AwaitsDecision, row.Share.DueOn, row.Line?.Free.Amount))];
    }

    /// <summary>Null when it is not there, or another body's.</summary>
    public async Task<Item?> FindAsync(Guid shareId, CancellationToken cancellationToken)
        => (await RunAsync(cancellationToken)).FirstOrDefault(item => item.Id == shareId);
}

/// <summary>KOSMO's list of what tenants ask of the national budget.</summary>
public sealed class ListNationalGrants(GrantsDb db)
{
    /// <param name="Reserved">Set aside for selected cases, bound or paid out of what was granted (won).</param>
    public sealed record Item(
        Guid Id, string Tenant, string TenantKo, string TenantEn, Guid CallId, string CallKo, string CallEn, string Tier, long Asked, long Granted, long Reserved, Instant? DecidedAt);

    public async Task<IReadOnlyList<Item>> RunAsync(CancellationToken cancellationToken)
    {
        var rows = await (
            from grant in db.Set<NationalGrant>().AsNoTracking()
            join tenant in db.Set<Tenant>() on grant.TenantId equals tenant.Id
            join call in db.Set<Call>() on new { grant.TenantId, Id = grant.CallId } equals new { call.TenantId, call.Id }
            from line in db.Set<BudgetLine>()
                .Where(line => line.TenantId == grant.TenantId && line.CallId == grant.CallId && line.Tier == grant.Tier && line.Funder == Funder.National)
                .DefaultIfEmpty()
            orderby grant.Granted, tenant.Id, grant.Tier
            select new { Grant = grant, Tenant = tenant, Call = call, Line = line })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new Item(
            row.Grant.Id, row.Tenant.Id, row.Tenant.Ko, row.Tenant.En, row.Call.Id, row.Call.Ko, row.Call.En, row.Grant.Tier,
            row.Grant.Asked.Amount, row.Grant.Granted.Amount, row.Line is { } line ? (line.Appropriated - line.Free).Amount : 0, row.Grant.DecidedAt))];
    }
}
