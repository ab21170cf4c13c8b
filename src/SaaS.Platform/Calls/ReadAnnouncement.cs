using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Data;
using SaaS.Platform.Shares;
using SaaS.Workflows;

namespace SaaS.Platform.Calls;

/// <summary>What an announcement says beside its definition: the national money that its tiers may count on, and the notices since. For anybody.</summary>
public sealed class ReadAnnouncement(PlaneDb planes)
{
    /// <param name="Granted">Central money by tier (won); zero keeps the tier closed. A tier that asks for none is not here.</param>
    public sealed record Announcement(IReadOnlyDictionary<string, Won> Granted, IReadOnlyList<Notice> Notices);

    public sealed record Notice(CallNoticeKind Kind, Instant At, string Reason, IReadOnlyList<Words> Changes, Instant ClosedBefore, Instant ClosesAt);

    public async Task<Announcement> RunAsync(Guid callId, CancellationToken cancellationToken)
    {
        await using var open = planes.Open(new PlaneContext(Plane.Public));
        var tenant = await open.Set<Call>().Where(call => call.Id == callId).Select(call => call.TenantId).SingleAsync(cancellationToken);
        var notices = await open.Set<CallNotice>().AsNoTracking().Where(notice => notice.CallId == callId).OrderByDescending(notice => notice.At).ToListAsync(cancellationToken);

        // What was granted is the tenant's and KOSMO's; what the public reads is how many projects it is enough for.
        await using var db = planes.OpenTenant(tenant);
        var granted = await db.Set<NationalGrant>().AsNoTracking().Where(grant => grant.CallId == callId).ToDictionaryAsync(grant => grant.Tier, grant => grant.Granted, cancellationToken);
        return new Announcement(granted, [.. notices.Select(notice => new Notice(notice.Kind, notice.At, notice.Reason, notice.Sentences(), notice.ClosedBefore, notice.ClosesAt))]);
    }
}
