using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Firms;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Organisations;
using SaaS.Platform.Refusals;
using SaaS.Platform.Time;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Suppliers;

/// <summary>A firm names a registered supplier in place of the one that KOSMO refused; its application goes on with its old receipt.</summary>
public sealed class NameSupplier(GrantsDb db, CurrentActor actor, PlaneDb planes, WorkflowInstances instances, IClock clock)
{
    public sealed record Request(string? BusinessNumber);

    public sealed record Response(Guid ApplicationId, Guid SupplierId);

    public async Task<Outcome<Response>> RunAsync(Guid applicationId, Request request, CancellationToken cancellationToken)
    {
        var seen = await (
            from row in db.Set<GrantApplication>().AsNoTracking()
            where row.Id == applicationId
            from waiting in db.Set<SupplierWait>().Where(waiting => waiting.TenantId == row.TenantId && waiting.ApplicationId == row.Id).DefaultIfEmpty()
            select new { row.TenantId, row.WorkflowInstanceId, WaitId = (Guid?)waiting.Id }).SingleOrDefaultAsync(cancellationToken);
        if (seen is null)
        {
            return Absent.Row;
        }

        if (actor.UserId is not { } user || actor.Roles.All(role => role is MemberRole.Viewer))
        {
            return new Outcome<Response>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "공급기업을 정할 권한이 없습니다.", "Your role may not name a supplier.")]);
        }

        if (!BusinessNumber.TryParse(request.BusinessNumber, out var number, out var wrong))
        {
            return new Refusal(wrong.Code, wrong.Ko, wrong.En, "businessNumber");
        }

        var supplier = await (
            from organisation in db.Organisations.AsNoTracking()
            where organisation.BusinessNumber == number.Digits
            join entry in db.Suppliers on organisation.Id equals entry.OrganisationId
            where entry.Status == SupplierStatus.Registered
            select (Guid?)organisation.Id).SingleOrDefaultAsync(cancellationToken);
        if (supplier is not { } supplierId)
        {
            return new Refusal("supplier-not-registered", "등록된 공급기업이 아닙니다. 등록된 공급기업을 고르세요.", "This supplier is not registered. Name a registered one.", "businessNumber");
        }

        await using var tenant = planes.OpenTenant(seen.TenantId, user, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);
        var wait = await tenant.Set<SupplierWait>()
            .FromSql($"select * from supplier_waits where tenant_id = {seen.TenantId} and id = {seen.WaitId ?? Guid.Empty} for update")
            .SingleOrDefaultAsync(cancellationToken);
        if (wait is not { Status: SupplierWaitStatus.NameAnother } || wait.NameUntil < clock.TodayInKorea())
        {
            return new Outcome<Response>.Refused(
                RefusalKind.Conflict,
                [new Refusal("supplier-not-asked", "지금은 공급기업을 바꿀 수 없습니다.", "The supplier cannot be changed now.")]);
        }

        var application = await tenant.Set<GrantApplication>().SingleAsync(application => application.Id == applicationId, cancellationToken);
        application.NameSupplier(supplierId);
        wait.Settle();
        await instances.ResumeAsync(tenant, seen.WorkflowInstanceId, wait.BookmarkId, "Accepted", new { supplier = supplierId }, $"user:{user}", cancellationToken);
        await tenant.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response(applicationId, supplierId);
    }
}
