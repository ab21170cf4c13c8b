using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Definitions;

namespace SaaS.Platform.Programmes;

/// <summary>
/// Publishes a programme's draft as its next version. What changes money or rules is published by somebody who did not write it, and with
/// KOSMO's approval where national money is used. While a call is open its terms change only in favour of the applicants, unless KOSMO
/// grants the exception, whoever pays. Calls that are not closed follow the new version for new applications.
/// </summary>
public sealed class PublishDraft(PlaneDb planes, ApplyPublication apply, IClock clock)
{
    public const int LongestReason = 1_000;

    /// <summary>Firms have at least so many days between a correction that takes something from them and the end of the call.</summary>
    public const int DaysAfterCorrection = 14;

    /// <param name="Revision">The revision of the draft that the person saw.</param>
    /// <param name="Reason">Why; it stands in the programme's history.</param>
    /// <param name="National">Central money to set aside, by tier; where it is missing, what the quotas need.</param>
    /// <param name="Exception">Terms that get worse while a call is open; null to keep to the rule.</param>
    public sealed record Request(int? Revision, string? Reason, IReadOnlyList<NationalAsk>? National = null, WantedException? Exception = null);

    /// <param name="ClosesAt">Until when the open calls take applications then: Seoul time as <c>2025-04-30T18:00</c>.</param>
    /// <param name="EffectiveAt">From when; empty for the moment of KOSMO's decision.</param>
    public sealed record WantedException(string? ClosesAt, string? EffectiveAt = null);

    /// <param name="Version">The number of the new version.</param>
    /// <param name="Published">Null while KOSMO has to approve.</param>
    /// <param name="RequestId">KOSMO's file; null where nobody else has to approve.</param>
    public sealed record Result(Guid ProgrammeId, int Version, PublishDefinition.Published? Published, Guid? RequestId);

    public async Task<Outcome<Result>> RunAsync(DraftAuthor author, Guid programmeId, Request request, CancellationToken cancellationToken)
    {
        await using var db = author.Open(planes);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await author.WhyNotPublishAsync(db, cancellationToken) is { } forbidden)
        {
            return Refused(RefusalKind.Forbidden, forbidden);
        }

        // Of two who publish at once the second finds no draft.
        var draft = await db.Set<DefinitionDraft>()
            .FromSql($"select * from definition_drafts where tenant_id = {author.Tenant} and programme_id = {programmeId} for update")
            .SingleOrDefaultAsync(cancellationToken);
        if (draft is null)
        {
            return await db.Set<Programme>().AnyAsync(programme => programme.Id == programmeId, cancellationToken)
                ? Refused(RefusalKind.Conflict, new Refusal("draft-gone", "게시할 초안이 없습니다. 이미 게시되었거나 버려졌습니다.", "There is no draft to publish: it was published or discarded."))
                : Absent.Row;
        }

        if (draft.Revision != request.Revision)
        {
            return Refused(RefusalKind.Conflict, new Refusal("draft-changed", "그사이 초안이 바뀌었습니다. 달라진 점을 다시 확인하세요.", "The draft has changed meanwhile. Look at the differences again."));
        }

        var publication = await PlannedPublication.ReadAsync(db, programmeId, WorkflowDefinition.Parse(draft.Json).Required, clock.GetCurrentInstant(), cancellationToken);
        var check = new PublicationRules(publication, request, clock.GetCurrentInstant());
        if (check.Conflicts(draft.Authors.Contains(author.UserId)) is { Count: > 0 } conflicts)
        {
            return new Outcome<Result>.Refused(RefusalKind.Conflict, conflicts);
        }

        if (check.Mistakes() is { Count: > 0 } mistakes)
        {
            return mistakes;
        }

        var isNational = await db.Tenants.AnyAsync(tenant => tenant.Id == author.Tenant && tenant.Kind == TenantKind.National, cancellationToken);
        var outcome = publication.NeedsKosmo(isNational)
            ? await AskAsync(db, author, draft, publication, check, cancellationToken)
            : await PublishAsync(db, author, draft, publication, check.Reason, cancellationToken);
        if (outcome.IsDone(out _))
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return outcome;
    }

    private async Task<Outcome<Result>> PublishAsync(
        GrantsDb db, DraftAuthor author, DefinitionDraft draft, PlannedPublication publication, string reason, CancellationToken cancellationToken)
    {
        var outcome = await apply.RunAsync(db, publication, author.UserId, reason, null, cancellationToken);
        if (!outcome.IsDone(out var published))
        {
            return new Outcome<Result>.Refused(RefusalKind.Invalid, outcome.WhyNot);
        }

        db.Remove(draft);
        return new Result(draft.ProgrammeId, published.Version, published, null);
    }

    private async Task<Outcome<Result>> AskAsync(
        GrantsDb db, DraftAuthor author, DefinitionDraft draft, PlannedPublication publication, PublicationRules rules, CancellationToken cancellationToken)
    {
        if (await apply.ErrorsAsync(db, publication.Definition, cancellationToken) is { Count: > 0 } errors)
        {
            return errors;
        }

        var now = clock.GetCurrentInstant();
        foreach (var earlier in await db.Set<PublicationRequest>()
            .Where(row => row.ProgrammeId == draft.ProgrammeId && (row.Status == PublicationStatus.Waiting || row.Status == PublicationStatus.Granted)).ToListAsync(cancellationToken))
        {
            earlier.Withdraw();
        }

        await db.SaveChangesAsync(cancellationToken);
        var asked = new PublicationRequest(
            draft.ProgrammeId, publication.Before?.Id, publication.Version, publication.Definition.ToCanonicalJson(), draft.Revision, rules.Reason, author.UserId, now);
        asked.Ask(rules.National);
        if (publication.WorseWhileOpen.Count > 0)
        {
            asked.AskException(rules.EffectiveAt, rules.ClosesAt);
        }

        db.Add(asked);
        draft.LookedOver();
        db.AuditEntries.Add(AuditEntry.Of("publication.asked", "publication-request", asked.Id, author.UserId, now, new { version = asked.Version, exception = asked.IsException, reason = asked.Reason }));
        return new Result(draft.ProgrammeId, asked.Version, null, asked.Id);
    }

    private static Outcome<Result> Refused(RefusalKind kind, Refusal reason) => new Outcome<Result>.Refused(kind, [reason]);
}
