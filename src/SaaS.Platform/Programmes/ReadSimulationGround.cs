using Microsoft.EntityFrameworkCore;
using SaaS.Domain.Money;
using SaaS.Platform.Applications;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;
using SaaS.Platform.Refusals;
using SaaS.Platform.Shares;

namespace SaaS.Platform.Programmes;

/// <summary>What a tenant can simulate with: its region, the calls whose applicants it knows, and the money of the programme's last call.</summary>
public sealed class ReadSimulationGround(PlaneDb planes)
{
    /// <param name="Region">Code of the tenant's region; null for one that has none.</param>
    /// <param name="Municipality">Code of the tenant's municipality, where it is one.</param>
    /// <param name="Calls">Calls with applications, the newest first.</param>
    /// <param name="Budgets">Money of the programme's newest call that has any.</param>
    public sealed record Ground(string? Region, string? Municipality, IReadOnlyList<EarlierCall> Calls, IReadOnlyList<FunderBudget> Budgets);

    /// <summary>A call whose applicants can be taken.</summary>
    public sealed record EarlierCall(Guid Id, string Number, string Ko, string En, int BudgetYear, int Applications);

    /// <param name="Funder">Whose money.</param>
    /// <param name="Municipality">The place that it is for; null for all.</param>
    /// <param name="Won">What was appropriated, over all tiers.</param>
    public sealed record FunderBudget(Funder Funder, string? Municipality, long Won);

    public async Task<Outcome<Ground>> RunAsync(DraftAuthor author, Guid programmeId, CancellationToken cancellationToken)
    {
        await using var db = author.Open(planes);
        if (await author.WhyNotAsync(db, programmeId, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var organisation = await db.Set<Organisation>().AsNoTracking().SingleAsync(row => row.Id == author.OrganisationId, cancellationToken);
        if (author.GuestOf is not null)
        {
            // A guest plans the draft: who applied before and what money there was is the tenant's.
            return new Ground(organisation.RegionCode, organisation.MunicipalityCode, [], []);
        }

        var calls = await db.Set<Call>().AsNoTracking()
            .Where(call => db.Set<GrantApplication>().Any(application => application.CallId == call.Id))
            .OrderByDescending(call => call.OpensAt)
            .Select(call => new EarlierCall(call.Id, call.Number, call.Ko, call.En, call.BudgetYear, db.Set<GrantApplication>().Count(application => application.CallId == call.Id)))
            .ToListAsync(cancellationToken);
        return new Ground(organisation.RegionCode, organisation.MunicipalityCode, calls, await BudgetsAsync(db, programmeId, cancellationToken));
    }

    private static async Task<IReadOnlyList<FunderBudget>> BudgetsAsync(GrantsDb db, Guid programmeId, CancellationToken cancellationToken)
    {
        var newest = await db.Set<Call>().AsNoTracking()
            .Where(call => call.ProgrammeId == programmeId && db.Set<BudgetLine>().Any(line => line.CallId == call.Id))
            .OrderByDescending(call => call.OpensAt)
            .Select(call => (Guid?)call.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (newest is null)
        {
            return [];
        }

        var lines = await db.Set<BudgetLine>().AsNoTracking()
            .Where(line => line.CallId == newest)
            .Join(db.Set<Organisation>(), line => line.FunderOrganisationId, owner => owner.Id, (line, owner) => new { line.Funder, line.Appropriated, owner.MunicipalityCode })
            .ToListAsync(cancellationToken);
        return [.. lines
            .GroupBy(line => (line.Funder, Place: line.Funder == Funder.Municipality ? line.MunicipalityCode : null))
            .Select(group => new FunderBudget(group.Key.Funder, group.Key.Place, group.Sum(line => line.Appropriated.Amount)))
            .OrderBy(budget => budget.Funder).ThenBy(budget => budget.Municipality, StringComparer.Ordinal)];
    }
}
