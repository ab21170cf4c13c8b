using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using Npgsql;
using SaaS.Platform.Data;
using SaaS.Platform.Oversight;
using SaaS.Platform.Refusals;
using SaaS.Platform.Time;
using SaaS.Workflows.Definitions;

namespace SaaS.Platform.Programmes;

/// <summary>Saves a draft, finished or not. Whoever saves names the revision that he saw: nobody overwrites another's work unseen.</summary>
public sealed class SaveDraft(PlaneDb planes, IClock clock)
{
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd HH:mm");

    /// <param name="Revision">To be named at the next save.</param>
    public sealed record Saved(Guid ProgrammeId, int Revision, Instant SavedAt);

    /// <param name="author">Who saves.</param>
    /// <param name="programmeId">The programme.</param>
    /// <param name="json">The definition; its <c>definitionId</c> is the programme's.</param>
    /// <param name="revision">What <see cref="ReadDraft"/> or the last save said; 0 for the first.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Outcome<Saved>> RunAsync(DraftAuthor author, Guid programmeId, string json, int revision, CancellationToken cancellationToken)
    {
        await using var db = author.Open(planes);
        if (await author.WhyNotAsync(db, programmeId, cancellationToken) is { } forbidden)
        {
            return new Outcome<Saved>.Refused(RefusalKind.Forbidden, [forbidden]);
        }

        var definitionId = await DefinitionIdAsync(db, programmeId, cancellationToken);
        if (definitionId is null)
        {
            return Absent.Row;
        }

        var parsed = WorkflowDefinition.Parse(json);
        if (parsed.Definition is not { } definition)
        {
            return parsed.Problems.Select(problem => new Refusal(problem.Code, problem.Ko, problem.En, problem.Pointer)).ToList();
        }

        if (definition.DefinitionId != definitionId)
        {
            return new Refusal(
                "definition-id-changed", $"정의의 definitionId는 '{definitionId}'이어야 합니다.", $"The definition's definitionId must be '{definitionId}'.", "/definitionId");
        }

        await using var tenant = author.OpenToWrite(planes);
        return await StoreAsync(tenant, author, programmeId, definition, revision, cancellationToken);
    }

    private async Task<Outcome<Saved>> StoreAsync(
        GrantsDb db, DraftAuthor author, Guid programmeId, WorkflowDefinition definition, int revision, CancellationToken cancellationToken)
    {
        var draft = await db.Set<DefinitionDraft>().SingleOrDefaultAsync(draft => draft.ProgrammeId == programmeId, cancellationToken);
        if ((draft?.Revision ?? 0) != revision || (draft is null && author.GuestOf is not null))
        {
            return await ConflictAsync(db, programmeId, cancellationToken);
        }

        var json = definition.Json.GetRawText();
        var now = clock.GetCurrentInstant();
        if (draft is null)
        {
            draft = new DefinitionDraft(programmeId, definition.DefinitionId, json, author.UserId, now);
            db.Add(draft);
        }
        else
        {
            draft.Save(json, author.UserId, now);
        }

        if (await GuardRailsJob.ConcernsAsync(db, programmeId, cancellationToken))
        {
            db.Outbox.Add(GuardRailsJob.For(now));
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            return await ConflictAsync(db, programmeId, cancellationToken);
        }

        await DraftRooms.SayAsync(db, author.Tenant, programmeId, draft.Revision, cancellationToken);
        return new Saved(programmeId, draft.Revision, now);
    }

    /// <summary>Null when the tenant has no such programme.</summary>
    private static async Task<string?> DefinitionIdAsync(GrantsDb db, Guid programmeId, CancellationToken cancellationToken)
        => await db.Set<DefinitionDraft>().Where(draft => draft.ProgrammeId == programmeId).Select(draft => draft.DefinitionId).SingleOrDefaultAsync(cancellationToken)
            ?? await db.Set<DefinitionVersion>().Where(version => version.ProgrammeId == programmeId)
                .OrderByDescending(version => version.Version).Select(version => version.DefinitionId).FirstOrDefaultAsync(cancellationToken);

    private static async Task<Outcome<Saved>> ConflictAsync(GrantsDb db, Guid programmeId, CancellationToken cancellationToken)
    {
        var other = await db.Set<DefinitionDraft>().AsNoTracking().Where(draft => draft.ProgrammeId == programmeId).Select(draft => (Instant?)draft.SavedAt).SingleOrDefaultAsync(cancellationToken);
        return new Outcome<Saved>.Refused(RefusalKind.Conflict, [other is { } at
            ? new Refusal(
                "draft-changed",
                $"그사이 다른 사람이 이 초안을 저장했습니다({Minute.Format(at.InZone(Seoul.Zone).LocalDateTime)}). 다시 열어 달라진 점을 확인하세요.",
                $"Somebody else saved this draft meanwhile ({Minute.Format(at.InZone(Seoul.Zone).LocalDateTime)}). Open it again and look at what changed.")
            : new Refusal(
                "draft-gone",
                "그사이 이 초안이 게시되었거나 버려졌습니다. 다시 열어 주세요.",
                "This draft was published or discarded meanwhile. Please open it again.")]);
    }
}
