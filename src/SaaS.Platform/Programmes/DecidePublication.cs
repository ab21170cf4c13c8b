using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Definitions;

namespace SaaS.Platform.Programmes;

/// <summary>
/// KOSMO approves a tenant's version, together with the national money that it sets aside for the tiers, or refuses it. What it approves
/// counts at once, or from the moment that was asked for.
/// </summary>
public sealed class DecidePublication(GrantsDb db, CurrentActor actor, PlaneDb planes, ApplyPublication apply, IClock clock)
{
    /// <param name="Approve">Must be said.</param>
    /// <param name="Reason">Needed for a refusal and for an exception.</param>
    /// <param name="Granted">Won by tier, at most what was asked; a tier that is not named gets all that was asked.</param>
    public sealed record Request(bool? Approve, string? Reason, IReadOnlyDictionary<string, long>? Granted = null);

    /// <param name="Version">The number of the version that counts now; null where it does not.</param>
    public sealed record Response(Guid Id, PublicationStatus Status, int? Version);

    public async Task<Outcome<Response>> RunAsync(Guid requestId, Request request, CancellationToken cancellationToken)
    {
        var seen = await db.Set<PublicationRequest>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == requestId, cancellationToken);
        if (seen is null)
        {
            return Absent.Row;
        }

        if (actor is not { UserId: { } user, OrganisationId: { } kosmo } || (!actor.Is(MemberRole.Officer) && !actor.Is(MemberRole.Approver)) || seen.RequestedBy == user)
        {
            return new Outcome<Response>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "이 게시를 승인할 권한이 없습니다.", "You may not decide on this publication.")]);
        }

        if (Mistakes(seen, request).ToList() is { Count: > 0 } mistakes)
        {
            return mistakes;
        }

        await using var tenant = planes.OpenTenant(seen.TenantId, user, kosmo);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);

        // The draft first, as those do who publish it.
        var draft = await tenant.Set<DefinitionDraft>()
            .FromSql($"select * from definition_drafts where tenant_id = {seen.TenantId} and programme_id = {seen.ProgrammeId} for update")
            .SingleOrDefaultAsync(cancellationToken);
        var row = await tenant.Set<PublicationRequest>()
            .FromSql($"select * from publication_requests where tenant_id = {seen.TenantId} and id = {requestId} for update")
            .SingleAsync(cancellationToken);
        if (row.Status is not PublicationStatus.Waiting)
        {
            return Conflict("publication-decided", "이미 결정했거나 철회된 요청입니다.", "This request was decided on before, or withdrawn.");
        }

        var now = clock.GetCurrentInstant();
        var reason = string.IsNullOrWhiteSpace(request.Reason) ? null : request.Reason.Trim();
        tenant.AuditEntries.Add(AuditEntry.Of(
            request.Approve == true ? "publication.approved" : "publication.refused", "publication-request", row.Id, user, now, new { version = row.Version, exception = row.IsException, reason }));
        if (request.Approve != true)
        {
            row.Decide(PublicationStatus.Refused, user, now, reason);
        }
        else
        {
            row.Ask([.. row.Asks().Select(ask => ask with { Granted = request.Granted?.TryGetValue(ask.Tier, out var granted) == true ? granted : ask.Asked })]);
            row.Decide(PublicationStatus.Granted, user, now, reason);
            if (row.EffectiveAt is { } effective && effective > now)
            {
                tenant.Outbox.Add(OutboxMessage.For(PublicationDueJob.Kind, null, new PublicationDue(row.Id), now, effective));
            }
            else if (await CountAsync(tenant, row, draft, apply, clock, cancellationToken) is { Count: > 0 } reasons)
            {
                return new Outcome<Response>.Refused(RefusalKind.Conflict, reasons);
            }
        }

        await tenant.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response(row.Id, row.Status, row.Status is PublicationStatus.Published ? row.Version : null);
    }

    /// <summary>Makes the version of an approved request count.</summary>
    /// <returns>Why it cannot; empty when it does.</returns>
    internal static async Task<IReadOnlyList<Refusal>> CountAsync(
        GrantsDb tenant, PublicationRequest row, DefinitionDraft? draft, ApplyPublication apply, IClock clock, CancellationToken cancellationToken)
    {
        var publication = await PlannedPublication.ReadAsync(tenant, row.ProgrammeId, WorkflowDefinition.Parse(row.Json).Required, clock.GetCurrentInstant(), cancellationToken);
        if (publication.Before?.Id != row.BaseVersionId)
        {
            return [new Refusal(
                "base-changed",
                "그사이 다른 판이 게시되어 달라진 점이 요청과 같지 않습니다. 기관이 다시 요청해야 합니다.",
                "Another version was published meanwhile, so that the differences are not those of the request. The tenant has to ask anew.")];
        }

        if (!row.IsException && publication.WorseWhileOpen.Count > 0)
        {
            return [new Refusal(
                "terms-worse-while-open",
                "그사이 공고가 접수를 시작하여 조건이 기업에 불리하게 바뀌게 되었습니다. 기관이 예외로 다시 요청해야 합니다.",
                "A call has opened meanwhile, so that the terms would get worse for firms. The tenant has to ask for the exception.")];
        }

        var outcome = await apply.RunAsync(tenant, publication, row.RequestedBy, row.Reason, row, cancellationToken);
        if (!outcome.IsDone(out var published))
        {
            return outcome.WhyNot;
        }

        row.Publish(published.VersionId);
        if (draft?.Revision == row.Revision)
        {
            tenant.Remove(draft);
        }

        return [];
    }

    private static IEnumerable<Refusal> Mistakes(PublicationRequest row, Request request)
    {
        if (request.Approve is null)
        {
            yield return new Refusal("decision-missing", "승인 또는 거절을 고르세요.", "Choose to approve or to refuse.", "approve");
        }

        if (string.IsNullOrWhiteSpace(request.Reason) && (request.Approve == false || row.IsException))
        {
            yield return new Refusal(
                "reason-missing", "거절하거나 예외를 허락하는 까닭을 쓰세요. 기관이 그대로 봅니다.", "Say why it is refused, or why the exception is granted. The tenant reads it.", "reason");
        }

        if (request.Reason is { Length: > PublishDraft.LongestReason })
        {
            yield return new Refusal("reason-too-long", $"까닭은 {PublishDraft.LongestReason:N0}자까지 쓸 수 있습니다.", $"The reason may have {PublishDraft.LongestReason:N0} characters.", "reason");
        }

        if (request.Approve != true)
        {
            yield break;
        }

        var asks = row.Asks();
        foreach (var (tier, granted) in request.Granted ?? new Dictionary<string, long>())
        {
            if (asks.FirstOrDefault(ask => ask.Tier == tier) is not { } ask)
            {
                yield return new Refusal("tier-unknown", $"'{tier}' 유형의 국비는 요청하지 않았습니다.", $"No central money was asked for the tier '{tier}'.", "granted");
            }
            else if (granted < 0 || granted > ask.Asked)
            {
                yield return new Refusal(
                    "grant-out-of-range", $"배정액은 0원 이상, 요청한 {ask.Asked:N0}원 이하여야 합니다.", $"The grant must be between 0 and the {ask.Asked:N0} won that were asked for.", $"granted.{tier}");
            }
        }
    }

    private static Outcome<Response> Conflict(string code, string ko, string en) => new Outcome<Response>.Refused(RefusalKind.Conflict, [new Refusal(code, ko, en)]);
}
