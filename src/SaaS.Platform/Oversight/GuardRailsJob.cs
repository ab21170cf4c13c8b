using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Workflows;

namespace SaaS.Platform.Oversight;

/// <summary>
/// Holds a tenant's programmes to the guard rails that are decided, those still to come included, and writes down what it finds: it stands
/// in the inbox of the tenant's people and on KOSMO's page until it is put right.
/// </summary>
public sealed class GuardRailsJob(TenantJob job, FindOffenders find, IClock clock) : IOutboxJob
{
    public const string Kind = "guard-rails.check";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    /// <summary>Has a tenant's programmes looked at.</summary>
    internal static OutboxMessage For(Instant now) => OutboxMessage.For(Kind, null, new { }, now);

    /// <summary>Whether a programme offends, as far as is known: what is saved or published there may put it right.</summary>
    internal static Task<bool> ConcernsAsync(GrantsDb db, Guid programmeId, CancellationToken cancellationToken)
        => db.Set<GuardRailFinding>().AnyAsync(finding => finding.ProgrammeId == programmeId && finding.ResolvedAt == null, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        // Of two runs at once the second sees what the first wrote.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(1520828422, hashtext({db.Tenant}))", cancellationToken);
        var now = clock.GetCurrentInstant();
        var (_, offenders) = await find.OfTenantAsync(db, await GuardRailsInForce.ReadToComeAsync(db, cancellationToken), cancellationToken);
        var open = (await db.Set<GuardRailFinding>().Where(finding => finding.ResolvedAt == null).ToListAsync(cancellationToken))
            .ToDictionary(finding => (finding.ProgrammeId, finding.VersionId));
        foreach (var offender in offenders)
        {
            List<Words> sentences = [.. offender.Problems.Select(problem => new Words(problem.Ko, problem.En))];
            if (open.Remove((offender.ProgrammeId, offender.VersionId), out var known))
            {
                known.Say(sentences);
            }
            else
            {
                db.Add(new GuardRailFinding(offender.ProgrammeId, offender.VersionId, offender.Version, sentences, now));
            }
        }

        foreach (var settled in open.Values)
        {
            settled.Resolve(now);
        }
    }
}
