using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain;
using SaaS.Platform.Applications;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;
using SaaS.Workflows;

namespace SaaS.Platform.Selections;

/// <summary>Where one application stands among those who passed their evaluation, as the reader's plane sees it.</summary>
/// <param name="Number">Its place on the waiting list, from 1; null when it is not on it.</param>
public sealed record Standing(
    CandidateStanding Is, SelectionMode Selection, decimal Score, int? Rank, int? Number, bool IsPromoted, IReadOnlyList<Reason> Reasons)
{
    internal static Standing Of(Candidate candidate) => new(
        candidate.Standing, candidate.Selection, candidate.Score, candidate.Rank, candidate.WaitingNumber, candidate.IsPromoted, candidate.WhyWaiting());
}

/// <summary>The rankings of a tenant's calls, tier by tier, and the standing of one application.</summary>
public sealed class ReadRanking(GrantsDb db, IClock clock)
{
    public sealed record Row(Guid ApplicationId, string ReceiptNumber, string FirmKo, string FirmEn, string Title, ApplicationStatus Status, Standing Standing);

    /// <param name="Name">What the call's programme calls the tier.</param>
    /// <param name="BeforeResult">Applications that have no result of their evaluation yet.</param>
    /// <param name="MayBeRankedNow">The call is over, some have passed, and nothing but missing results holds the ranking up.</param>
    public sealed record Tier(Guid CallId, string CallKo, string CallEn, string Code, Words Name, bool IsClosed, bool StopsOthers, int BeforeResult, bool MayBeRankedNow, IReadOnlyList<Row> Rows);

    /// <summary>Null when the application did not pass an evaluation that ranks, or the reader does not see that.</summary>
    public async Task<Standing?> OfApplicationAsync(Guid applicationId, CancellationToken cancellationToken)
        => db.Context.Plane is Plane.Tenant or Plane.Company or Plane.Region or Plane.Oversight
            && await db.Set<Candidate>().AsNoTracking().SingleOrDefaultAsync(candidate => candidate.ApplicationId == applicationId, cancellationToken) is { } candidate
                ? Standing.Of(candidate)
                : null;

    /// <param name="callId">Null for all calls of the tenant.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<Tier>> RunAsync(Guid? callId, CancellationToken cancellationToken)
    {
        var rows = await (
            from candidate in db.Set<Candidate>().AsNoTracking()
            where callId == null || candidate.CallId == callId
            join application in db.Set<GrantApplication>() on candidate.ApplicationId equals application.Id
            join call in db.Set<Call>() on candidate.CallId equals call.Id
            select new { Candidate = candidate, application.ReceiptNumber, application.FirmNameKo, application.FirmNameEn, application.Title, application.Status, Call = call })
            .ToListAsync(cancellationToken);
        var calls = rows.Select(row => row.Call.Id).Distinct().ToList();
        var open = await db.Set<GrantApplication>()
            .Where(application => calls.Contains(application.CallId) && RankCallJob.BeforeResult.Contains(application.Status)
                && !db.Set<Candidate>().Any(candidate => candidate.ApplicationId == application.Id))
            .GroupBy(application => new { application.CallId, application.Tier })
            .Select(group => new { group.Key.CallId, group.Key.Tier, Count = group.Count() })
            .ToListAsync(cancellationToken);
        var names = await TierNames.ReadAsync(db, rows.Select(row => row.Call.DefinitionVersionId), cancellationToken);
        var now = clock.GetCurrentInstant();
        return
        [
            .. rows.GroupBy(row => (row.Call.Id, row.Candidate.Tier)).OrderByDescending(tier => tier.First().Call.ClosesAt).ThenBy(tier => tier.Key.Tier, StringComparer.Ordinal).Select(tier =>
            {
                var call = tier.First().Call;
                var before = open.Find(each => each.CallId == tier.Key.Id && each.Tier == tier.Key.Tier)?.Count ?? 0;
                var isClosed = call.StandingAt(now) == CallStanding.Closed;
                return new Tier(
                    call.Id, call.Ko, call.En, tier.Key.Tier, names.Of(call.DefinitionVersionId, tier.Key.Tier), isClosed, tier.First().Candidate.StopsOthers, before,
                    isClosed && before > 0 && tier.All(row => row.Candidate.Standing == CandidateStanding.Passed),
                    [
                        .. tier.OrderBy(row => row.Candidate.Rank ?? int.MaxValue).ThenByDescending(row => row.Candidate.Score).ThenBy(row => row.ReceiptNumber, StringComparer.Ordinal)
                            .Select(row => new Row(row.Candidate.ApplicationId, row.ReceiptNumber, row.FirmNameKo, row.FirmNameEn, row.Title, row.Status, Standing.Of(row.Candidate))),
                    ]);
            }),
        ];
    }
}
