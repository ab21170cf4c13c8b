using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;
using SaaS.Platform.Programmes;

namespace SaaS.Web.Pages.Public;

/// <summary>A published call of any tenant, as the public sees it in lists.</summary>
public sealed record CallSummary
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required string Ko { get; init; }

    public required string En { get; init; }

    public required Instant OpensAt { get; init; }

    public required Instant ClosesAt { get; init; }

    public required CallStanding Standing { get; init; }

    public required ProgrammeModel Model { get; init; }

    public required string TenantId { get; init; }

    public required TenantKind TenantKind { get; init; }

    public required string TenantKo { get; init; }

    public required string TenantEn { get; init; }

    public string? RegionCode { get; init; }

    public required int BudgetYear { get; init; }
}

/// <summary>Reads the calls that anybody may see, soonest to close first.</summary>
public sealed class PublicCalls(PlaneDb planes, IClock clock)
{
    public async Task<IReadOnlyList<CallSummary>> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        await using var db = planes.Open(new PlaneContext(Plane.Public));
        var rows = await (
            from call in db.Set<Call>().AsNoTracking()
            join programme in db.Set<Programme>() on new { call.TenantId, Id = call.ProgrammeId } equals new { programme.TenantId, programme.Id }
            join tenant in db.Tenants on call.TenantId equals tenant.Id
            select new { Call = call, programme.Model, Tenant = tenant }).ToListAsync(cancellationToken);
        return [.. rows
            .Select(row => new CallSummary
            {
                Id = row.Call.Id,
                Number = row.Call.Number,
                Ko = row.Call.Ko,
                En = row.Call.En,
                OpensAt = row.Call.OpensAt,
                ClosesAt = row.Call.ClosesAt,
                Standing = row.Call.StandingAt(now),
                Model = row.Model,
                TenantId = row.Tenant.Id,
                TenantKind = row.Tenant.Kind,
                TenantKo = row.Tenant.Ko,
                TenantEn = row.Tenant.En,
                RegionCode = row.Tenant.RegionCode,
                BudgetYear = row.Call.BudgetYear,
            })
            .OrderBy(call => call.Standing)
            .ThenBy(call => call.ClosesAt)];
    }
}
