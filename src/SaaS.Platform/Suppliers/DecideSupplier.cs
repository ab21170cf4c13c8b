using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;
using SaaS.Platform.Organisations;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Suppliers;

/// <summary>KOSMO enters a supplier into the register, or says why not. The applications that wait for it go on by a job.</summary>
public sealed class DecideSupplier(GrantsDb db, CurrentActor actor, PlaneDb planes, IClock clock)
{
    private const int LongestReason = 2_000;

    /// <param name="Approve">Must be said.</param>
    /// <param name="Reason">For the firms; needed for a refusal.</param>
    public sealed record Request(bool? Approve, string? Reason);

    public sealed record Response(Guid Id, string Status);

    public async Task<Outcome<Response>> RunAsync(Guid caseId, Request request, CancellationToken cancellationToken)
    {
        var seen = await db.Set<SupplierCase>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == caseId, cancellationToken);
        if (seen is null)
        {
            return Absent.Row;
        }

        if (actor is not { UserId: { } user, Chosen: { Kind: OrganisationKind.Kosmo, TenantId: { } national } }
            || (!actor.Is(MemberRole.Officer) && !actor.Is(MemberRole.Approver)))
        {
            return new Outcome<Response>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "공급기업을 심사할 권한이 없습니다.", "Your role may not decide on suppliers.")]);
        }

        var problems = Check(request).ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        await using var tenant = planes.OpenTenant(national, user, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);
        await AskForSupplier.LockAsync(tenant, seen.SupplierId, cancellationToken);
        var row = await tenant.Set<SupplierCase>().SingleAsync(row => row.Id == caseId, cancellationToken);
        if (row.Status is not SupplierCaseStatus.Open)
        {
            return new Outcome<Response>.Refused(RefusalKind.Conflict, [new Refusal("supplier-decided", "이미 심사가 끝난 공급기업입니다.", "This supplier was decided on before.")]);
        }

        var now = clock.GetCurrentInstant();
        row.Decide(request.Approve == true, string.IsNullOrWhiteSpace(request.Reason) ? null : request.Reason.Trim(), user, now);
        if (request.Approve == true)
        {
            var supplier = await tenant.Suppliers.SingleAsync(supplier => supplier.OrganisationId == seen.SupplierId, cancellationToken);
            supplier.Status = SupplierStatus.Registered;
        }

        tenant.Outbox.Add(OutboxMessage.For(SupplierDecidedJob.Kind, null, new SupplierDecision(caseId), now));
        await tenant.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response(caseId, row.Status.ToString());
    }

    private static IEnumerable<Refusal> Check(Request request)
    {
        if (request.Approve is null)
        {
            yield return new Refusal("decision-missing", "승인 또는 거절을 고르세요.", "Choose to approve or to refuse.", "approve");
        }

        if (request.Approve == false && string.IsNullOrWhiteSpace(request.Reason))
        {
            yield return new Refusal("reason-missing", "거절하는 사유를 쓰세요. 신청기업에 그대로 알립니다.", "Say why it is refused. The firms read it.", "reason");
        }

        if (request.Reason is { Length: > LongestReason })
        {
            yield return new Refusal("reason-too-long", $"사유는 {LongestReason:N0}자까지 쓸 수 있습니다.", $"The reason may have {LongestReason:N0} characters.", "reason");
        }
    }
}
