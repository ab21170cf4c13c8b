using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;

namespace SaaS.Web.Pages.Tenant;

/// <summary>What a tenant's first page shows: its calls with what came in, and how its applications stand.</summary>
public sealed class TenantFigures(GrantsDb db, IClock clock)
{
    public sealed record CallRow(Guid Id, Guid ProgrammeId, string Number, string Ko, string En, CallStanding Standing, Instant ClosesAt, int Applications, long TotalCost);

    public sealed record Figures(IReadOnlyDictionary<ApplicationStatus, int> ByStatus, IReadOnlyList<CallRow> Calls);

    public async Task<Figures> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var byStatus = await db.Set<GrantApplication>().AsNoTracking()
            .GroupBy(application => application.Status)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
        var costs = (await db.Set<GrantApplication>().AsNoTracking()
            .Select(application => new { application.CallId, application.TotalCost })
            .ToListAsync(cancellationToken)).ToLookup(row => row.CallId, row => row.TotalCost.Amount);
        var calls = await db.Set<Call>().AsNoTracking().OrderByDescending(call => call.ClosesAt).ToListAsync(cancellationToken);
        return new Figures(byStatus, [.. calls.Select(call => new CallRow(
            call.Id, call.ProgrammeId, call.Number, call.Ko, call.En, call.StandingAt(now), call.ClosesAt, costs[call.Id].Count(), costs[call.Id].Sum()))]);
    }
}
