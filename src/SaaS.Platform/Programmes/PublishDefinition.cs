using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Oversight;
using SaaS.Platform.Refusals;
using SaaS.Platform.Time;
using SaaS.Platform.Workflows;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Definitions;

namespace SaaS.Platform.Programmes;

/// <summary>
/// Publishes a definition as the next version of its programme. A published version never changes; the same canonical JSON as the newest
/// version makes no new one. Calls that are open then follow the new version for new applications; those already made keep theirs.
/// </summary>
public sealed class PublishDefinition(WorkflowPublication publication, UpdateConsumers consumers, IClock clock)
{
    /// <param name="ProgrammeId">The programme, made if it was not there.</param>
    /// <param name="VersionId">The version that now counts.</param>
    /// <param name="Version">Its number.</param>
    /// <param name="Hash">SHA-256 of its canonical JSON.</param>
    /// <param name="IsNew">False when nothing had changed.</param>
    public sealed record Published(Guid ProgrammeId, Guid VersionId, int Version, string Hash, bool IsNew);

    /// <param name="db">The tenant's context in a transaction; the caller saves.</param>
    /// <param name="definition">What to publish.</param>
    /// <param name="publishedBy">The person; null for the operator's command.</param>
    /// <param name="reason">Why; null for the operator's command.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Outcome<Published>> RunAsync(GrantsDb db, WorkflowDefinition definition, Guid? publishedBy, string? reason, CancellationToken cancellationToken)
    {
        var errors = DefinitionCheck.Errors(definition, await GuardRailsInForce.ReadAsync(db, clock.TodayInKorea(), cancellationToken));
        if (errors.Any(error => error.Rail is null))
        {
            return Refused(errors);
        }

        var (slug, model, ko, en) = DefinitionCheck.Describe(definition);
        var programme = await db.Set<Programme>().SingleOrDefaultAsync(programme => programme.Slug == slug, cancellationToken);
        var newest = programme is null ? null : await db.Set<DefinitionVersion>().AsNoTracking()
            .Where(version => version.ProgrammeId == programme.Id)
            .OrderByDescending(version => version.Version)
            .Select(version => new { version.Id, version.Version, version.Hash, IsRetracted = db.Set<DefinitionRetraction>().Any(retraction => retraction.DefinitionVersionId == version.Id) })
            .FirstOrDefaultAsync(cancellationToken);
        var json = definition.ToCanonicalJson();
        if (newest is { IsRetracted: false } && newest.Hash == DefinitionVersion.HashOf(json))
        {
            // It keeps the guard rails of the day on which it was published.
            return new Published(programme!.Id, newest.Id, newest.Version, newest.Hash, IsNew: false);
        }

        if (errors.Count > 0)
        {
            return Refused(errors);
        }

        if (programme is null)
        {
            programme = new Programme(slug, model, ko, en);
            db.Add(programme);
        }

        programme.Describe(model, ko, en);
        var next = new DefinitionVersion(programme.Id, definition.DefinitionId, (newest?.Version ?? 0) + 1, json, clock.GetCurrentInstant(), publishedBy, reason);
        db.Add(next);
        await publication.PublishedAsync(db, next, cancellationToken);
        await consumers.RunAsync(db, next, publishedBy, cancellationToken);
        if (await GuardRailsJob.ConcernsAsync(db, programme.Id, cancellationToken))
        {
            db.Outbox.Add(GuardRailsJob.For(clock.GetCurrentInstant()));
        }

        return new Published(programme.Id, next.Id, next.Version, next.Hash, IsNew: true);
    }

    private static List<Refusal> Refused(IReadOnlyList<Problem> errors) => [.. errors.Select(error => new Refusal(error.Code, error.Ko, error.En, error.Pointer))];
}
