using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;
using SaaS.Platform.Time;
using SaaS.Workflows;
using SaaS.Workflows.Checking;

namespace SaaS.Platform.Oversight;

/// <summary>KOSMO's page of guard rails: what holds, what is to come, what waits for a second person, how it came about, and who offends now.</summary>
public sealed class ListGuardRails(GrantsDb db, FindOffenders find, IClock clock)
{
    /// <param name="Before">What held for the same tiers until then; null for the first.</param>
    /// <param name="Approved">Null while it waits.</param>
    public sealed record Entry(
        Guid Id, GuardRail Rail, GuardRail? Before, string Reason, Guid? WrittenBy, Instant WrittenAt, bool? Approved, string? DecisionReason, Guid? DecidedBy, Instant? DecidedAt)
    {
        public IReadOnlyList<Words> Differences => GuardRailWords.Differences(Before?.Limits ?? new GuardRailLimits(), Rail.Limits);
    }

    /// <param name="VersionId">Null for a draft.</param>
    public sealed record Finding(
        string Tenant, string TenantKo, string TenantEn, Guid ProgrammeId, string Ko, string En, Guid? VersionId, int Version,
        IReadOnlyList<FindOffenders.OngoingCall> Calls, IReadOnlyList<Words> Sentences, Instant FoundAt);

    /// <summary>All that were ever written, the newest first.</summary>
    public async Task<IReadOnlyList<Entry>> HistoryAsync(CancellationToken cancellationToken)
    {
        var rows = await (
            from rail in db.Set<WrittenGuardRail>().AsNoTracking()
            join decided in db.Set<GuardRailDecision>() on rail.Id equals decided.GuardRailId into decisions
            from decision in decisions.DefaultIfEmpty()
            orderby rail.WrittenAt, rail.Id
            select new { Rail = rail, Decision = decision }).ToListAsync(cancellationToken);
        var entries = new List<Entry>();
        foreach (var row in rows)
        {
            var rail = row.Rail.ToRail();
            var before = entries.Where(earlier => earlier.Approved == true).Select(earlier => earlier.Rail);
            entries.Add(new Entry(
                row.Rail.Id, rail, GuardRails.On(before, rail.ValidFrom).For(rail.Model, rail.FromYear, rail.NationalMoney), row.Rail.Reason, row.Rail.WrittenBy, row.Rail.WrittenAt,
                row.Decision?.Approved, row.Decision?.Reason, row.Decision?.DecidedBy, row.Decision?.DecidedAt));
        }

        entries.Reverse();
        return entries;
    }

    /// <summary>What a change that waits would do.</summary>
    public async Task<WriteGuardRail.Preview> LookAsync(Entry waiting, CancellationToken cancellationToken)
        => await WriteGuardRail.LookAsync(waiting.Rail, await GuardRailsInForce.ReadAsync(db, waiting.Rail.ValidFrom, cancellationToken), waiting.Before, find, cancellationToken);

    /// <summary>What holds today.</summary>
    public Task<GuardRails> TodayAsync(CancellationToken cancellationToken) => GuardRailsInForce.ReadAsync(db, clock.TodayInKorea(), cancellationToken);

    /// <summary>Drafts and versions that the jobs found to offend, by tenant.</summary>
    public async Task<IReadOnlyList<Finding>> OffendersAsync(CancellationToken cancellationToken)
    {
        var rows = await (
            from finding in db.Set<GuardRailFinding>().AsNoTracking()
            where finding.ResolvedAt == null
            join tenant in db.Tenants on finding.TenantId equals tenant.Id
            join programme in db.Set<Programme>() on new { finding.TenantId, Id = finding.ProgrammeId } equals new { programme.TenantId, programme.Id }
            orderby finding.TenantId, programme.Slug, finding.Version
            select new { Finding = finding, tenant.Ko, tenant.En, ProgrammeKo = programme.Ko, ProgrammeEn = programme.En }).ToListAsync(cancellationToken);
        var now = clock.GetCurrentInstant();
        List<Guid> versions = [.. rows.Select(row => row.Finding.VersionId).OfType<Guid>()];
        var calls = (await db.Set<Call>().AsNoTracking()
            .Where(call => versions.Contains(call.DefinitionVersionId) && call.Status != CallStatus.Cancelled && call.ClosesAt > now).OrderBy(call => call.Number).ToListAsync(cancellationToken))
            .ToLookup(call => call.DefinitionVersionId, call => new FindOffenders.OngoingCall(call.Id, call.Number, call.StandingAt(now)));
        return [.. rows.Select(row => new Finding(
            row.Finding.TenantId, row.Ko, row.En, row.Finding.ProgrammeId, row.ProgrammeKo, row.ProgrammeEn, row.Finding.VersionId, row.Finding.Version,
            row.Finding.VersionId is { } version ? [.. calls[version]] : [], row.Finding.Broken(), row.Finding.FoundAt))];
    }
}
