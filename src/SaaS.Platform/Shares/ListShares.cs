using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain;
using SaaS.Domain.Money;
using SaaS.Platform.Applications;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Organisations;
using SaaS.Platform.Programmes;
using SaaS.Platform.Selections;
using SaaS.Workflows;

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
    /// <param name="TierName">What the call's programme calls the tier.</param>
    /// <param name="Reserved">Set aside for selected cases, bound or paid out of what was granted (won).</param>
    /// <param name="Waiting">Who is on the waiting list of the tier, by rank.</param>
    public sealed record Item(
        Guid Id, string Tenant, string TenantKo, string TenantEn, Guid CallId, string CallKo, string CallEn, string Tier, Words TierName, long Asked, long Granted, long Reserved,
        Instant? DecidedAt, IReadOnlyList<Waiting> Waiting);

    /// <summary>A firm on the waiting list.</summary>
    /// <param name="Amount">Central money that it needs (won).</param>
    /// <param name="More">What must be granted beyond what is left, for this firm and those above it that wait for central money (won).</param>
    /// <param name="Reasons">What it waits for, with codes such as CENTRAL.</param>
    public sealed record Waiting(Guid ApplicationId, int Number, int Rank, decimal Score, string FirmKo, string FirmEn, long Amount, long More, IReadOnlyList<Reason> Reasons);

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
        var waiting = await (
            from candidate in db.Set<Candidate>().AsNoTracking()
            where candidate.Standing == CandidateStanding.Waiting
            join application in db.Set<GrantApplication>() on new { candidate.TenantId, Id = candidate.ApplicationId } equals new { application.TenantId, application.Id }
            join share in db.Set<ApplicationShare>().Where(share => share.Funder == Funder.National)
                on new { candidate.TenantId, candidate.ApplicationId } equals new { share.TenantId, share.ApplicationId }
            orderby candidate.WaitingNumber
            select new { Candidate = candidate, application.FirmNameKo, application.FirmNameEn, share.Amount })
            .ToListAsync(cancellationToken);
        var tiers = await TierNames.ReadAsync(db, rows.Select(row => row.Call.DefinitionVersionId), cancellationToken);
        return [.. rows.Select(row => new Item(
            row.Grant.Id, row.Tenant.Id, row.Tenant.Ko, row.Tenant.En, row.Call.Id, row.Call.Ko, row.Call.En, row.Grant.Tier, tiers.Of(row.Call.DefinitionVersionId, row.Grant.Tier),
            row.Grant.Asked.Amount, row.Grant.Granted.Amount, row.Line is { } line ? (line.Appropriated - line.Free).Amount : 0, row.Grant.DecidedAt,
            Queue(row.Grant, row.Line)))];

        List<Waiting> Queue(NationalGrant grant, BudgetLine? line)
        {
            var needed = -(line?.Free.Amount ?? 0);
            var queue = new List<Waiting>();
            foreach (var row in waiting.Where(row => row.Candidate.TenantId == grant.TenantId && row.Candidate.CallId == grant.CallId && row.Candidate.Tier == grant.Tier))
            {
                var reasons = row.Candidate.WhyWaiting();
                needed += reasons is [{ Code: "CENTRAL" }] ? row.Amount.Amount : 0;
                queue.Add(new Waiting(
                    row.Candidate.ApplicationId, row.Candidate.WaitingNumber ?? 0, row.Candidate.Rank ?? 0, row.Candidate.Score, row.FirmNameKo, row.FirmNameEn, row.Amount.Amount,
                    Math.Max(0, needed), reasons));
            }

            return queue;
        }
    }
}
