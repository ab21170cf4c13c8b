using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Audit;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Oversight;
using SaaS.Platform.Refusals;
using SaaS.Platform.Shares;
using SaaS.Platform.Time;
using SaaS.Workflows.Definitions;

namespace SaaS.Platform.Programmes;

/// <summary>
/// Makes a version count: it is stored, calls that are not closed follow it for new applications, and what changed in an announced call is
/// said there as a dated correction. Applications already made keep the version that they started with.
/// </summary>
public sealed class ApplyPublication(PublishDefinition publish, IClock clock)
{
    /// <summary>What the checker has against it today.</summary>
    internal async Task<List<Refusal>> ErrorsAsync(GrantsDb db, WorkflowDefinition definition, CancellationToken cancellationToken)
        => [.. DefinitionCheck.Errors(definition, await GuardRailsInForce.ReadAsync(db, clock.TodayInKorea(), cancellationToken)).Select(error => new Refusal(error.Code, error.Ko, error.En, error.Pointer))];

    /// <param name="db">The tenant's context in a transaction; the caller saves.</param>
    /// <param name="publication">What is to be published.</param>
    /// <param name="by">The person of the tenant.</param>
    /// <param name="reason">Why.</param>
    /// <param name="request">KOSMO's file, where it approved.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async Task<Outcome<PublishDefinition.Published>> RunAsync(
        GrantsDb db, PlannedPublication publication, Guid by, string reason, PublicationRequest? request, CancellationToken cancellationToken)
    {
        var outcome = await publish.RunAsync(db, publication.Definition, by, reason, cancellationToken);
        if (!outcome.IsDone(out var published))
        {
            return outcome;
        }

        var now = clock.GetCurrentInstant();
        foreach (var call in publication.Calls)
        {
            var before = call.ClosesAt;
            call.UseVersion(published.VersionId);
            if (request?.ClosesAt is { } closesAt && closesAt > call.ClosesAt && publication.OpenCalls.Contains(call))
            {
                call.Extend(closesAt);
            }

            if (call.Status is CallStatus.Announced && publication.Differences.Count > 0)
            {
                db.Add(CallNotice.Correction(call.Id, reason, [.. publication.Differences.Select(difference => difference.Sentence)], published.Version, before, call.ClosesAt, by, now));
            }
        }

        if (request is not null && publication.Calls is [.., var newest] && request.Asks() is { Count: > 0 } asks)
        {
            await NationalTier.OpenAsync(db, newest.Id, asks, request.DecidedBy, now, cancellationToken);
            request.SpendOn(newest.Id);
        }

        db.AuditEntries.Add(AuditEntry.Of("programme.published", "definition-version", published.VersionId, by, now, new { version = published.Version, reason, approvedBy = request?.DecidedBy }));
        return published;
    }
}
