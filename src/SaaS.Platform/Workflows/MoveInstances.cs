using NodaTime;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Workflows;

/// <summary>Has every instance moved to another version that the dry run found movable. Each moves in a job of its own, and is looked at anew there.</summary>
public sealed class MoveInstances(GrantsDb db, CurrentActor actor, PlaneDb planes, PlanMoves plan, OutboxSignal signal, IClock clock)
{
    private const int LongestReason = 1_000;

    /// <param name="From">A version number, as in <see cref="PlanMoves"/>.</param>
    /// <param name="To">Likewise.</param>
    /// <param name="Reason">For the file; asked for.</param>
    public sealed record Request(int? From, int? To, string? Reason);

    /// <param name="Asked">How many will be moved.</param>
    /// <param name="Staying">How many cannot, as the plan says why.</param>
    public sealed record Response(int Asked, int Staying);

    public async Task<Outcome<Response>> RunAsync(Guid programmeId, Request request, CancellationToken cancellationToken)
    {
        var planned = await plan.RunAsync(programmeId, request.From, request.To, cancellationToken);
        if (!planned.IsDone(out var rows))
        {
            return planned is Outcome<PlanMoves.Response>.Refused refused ? new Outcome<Response>.Refused(refused.Kind, refused.Reasons) : Absent.Row;
        }

        if (!actor.Is(MemberRole.Approver))
        {
            return new Outcome<Response>.Refused(
                RefusalKind.Forbidden, [new Refusal("role-missing", "진행 중인 건을 다른 판으로 옮기는 일은 승인자가 합니다.", "Moving running cases to another version is for approvers.")]);
        }

        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > LongestReason)
        {
            return new Refusal("reason-missing", $"옮기는 사유를 {LongestReason:N0}자 안으로 적어 주세요.", $"Say why, in at most {LongestReason:N0} characters.", "reason");
        }

        if (rows is not { From: { } from, To: { } to, Movable: > 0 })
        {
            return new Outcome<Response>.Refused(
                RefusalKind.Conflict, [new Refusal("nothing-to-move", "옮길 수 있는 건이 없습니다.", "There is nothing that can be moved.")]);
        }

        var now = clock.GetCurrentInstant();
        await using var tenant = planes.OpenTenant(db.Tenant, actor.UserId, actor.OrganisationId);
        tenant.Append(rows.Rows.Where(row => row.IsPossible).Select(row => OutboxMessage.For(
            MoveInstanceJob.Kind, row.ApplicationId, new MoveMessage(row.InstanceId, rows.ToId, from, to, actor.UserId ?? Guid.Empty), now)));
        tenant.AuditEntries.Add(AuditEntry.Of(
            "workflow.moves-asked", "definition-version", rows.ToId, actor.UserId, now, new { from, to, instances = rows.Movable, reason = request.Reason.Trim() }));
        await tenant.SaveChangesAsync(cancellationToken);
        signal.Wake();
        return new Response(rows.Movable, rows.Rows.Count - rows.Movable);
    }
}
