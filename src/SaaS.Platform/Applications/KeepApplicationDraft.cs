using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Npgsql;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Applications;

/// <summary>Keeps what a firm has typed into an application, right or wrong, until it is sent: one draft for a firm and call.</summary>
public sealed class KeepApplicationDraft(GrantsDb db, PlaneDb planes, CurrentActor actor, IClock clock)
{
    private const int MostBytes = 64 * 1024;

    public sealed record Kept(Instant SavedAt);

    /// <param name="callId">The call that is filled in.</param>
    /// <param name="fields">The fields as they were typed, each with its values.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Outcome<Kept>> RunAsync(Guid callId, IReadOnlyDictionary<string, string[]> fields, CancellationToken cancellationToken)
    {
        if (actor is not { UserId: { } user, OrganisationId: { } firm } || (actor.Roles.Count > 0 && actor.Roles.All(role => role == MemberRole.Viewer)))
        {
            return new Outcome<Kept>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "신청 권한이 없습니다.", "Your role may not apply.")]);
        }

        var call = await db.Set<Call>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == callId, cancellationToken);
        if (call is null)
        {
            return Absent.Row;
        }

        var json = JsonSerializer.Serialize(fields);
        if (Encoding.UTF8.GetByteCount(json) > MostBytes)
        {
            return new Refusal("draft-too-large", "신청서가 너무 깁니다. 64 KB까지 저장할 수 있습니다.", "The form is too long: at most 64 KB can be kept.");
        }

        var now = clock.GetCurrentInstant();
        if (call.StandingAt(now) is not (CallStanding.Open or CallStanding.NotYetOpen))
        {
            return new Outcome<Kept>.Refused(RefusalKind.Conflict, [new Refusal("call-closed", "접수가 끝난 공고입니다. 더 저장할 수 없습니다.", "The call takes no applications any more, so nothing more is kept.")]);
        }

        await using var tenant = planes.OpenTenant(call.TenantId, user, firm);
        var draft = await tenant.Set<ApplicationDraft>().SingleOrDefaultAsync(row => row.CallId == callId && row.FirmId == firm, cancellationToken);
        if (draft is not null && draft.DefinitionVersionId != call.DefinitionVersionId)
        {
            draft.KeepLocked(json);
            await tenant.SaveChangesAsync(cancellationToken);
            return new Outcome<Kept>.Refused(RefusalKind.Conflict, [ChangedTerms.Refusal]);
        }

        if (draft is null)
        {
            draft = new ApplicationDraft(callId, firm, call.DefinitionVersionId);
            tenant.Add(draft);
        }

        draft.Keep(json, user, now);
        try
        {
            await tenant.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return new Outcome<Kept>.Refused(RefusalKind.Conflict, [new Refusal("draft-taken", "그사이 동료가 이 공고의 신청서를 저장했습니다. 새로 고쳐 이어 쓰세요.", "A colleague has kept a form for this call meanwhile. Load the page again and go on with it.")]);
        }

        return new Kept(now);
    }
}
