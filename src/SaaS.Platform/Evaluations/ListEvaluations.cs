using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Evaluations;

/// <summary>The reviews given to the evaluator who asks: open ones first, then the newest.</summary>
public sealed class ListEvaluations(GrantsDb db, CurrentActor actor)
{
    public sealed record Row(
        Guid Id, Guid ApplicationId, string TenantKo, string TenantEn, string ReceiptNumber, string FirmKo, string FirmEn, string Title, string Tier,
        Instant AssignedAt, Instant? SubmittedAt, bool? ConflictDeclared, decimal? Total);

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken) => await (
        from evaluation in db.Set<Evaluation>().AsNoTracking()
        where evaluation.EvaluatorId == actor.UserId
        join application in db.Set<GrantApplication>() on new { evaluation.TenantId, Id = evaluation.ApplicationId } equals new { application.TenantId, application.Id }
        join tenant in db.Set<Tenant>() on evaluation.TenantId equals tenant.Id
        orderby evaluation.SubmittedAt != null, evaluation.AssignedAt descending, evaluation.Id
        select new Row(
            evaluation.Id, application.Id, tenant.Ko, tenant.En, application.ReceiptNumber, application.FirmNameKo, application.FirmNameEn, application.Title,
            application.Tier, evaluation.AssignedAt, evaluation.SubmittedAt, evaluation.ConflictDeclared, evaluation.Total)).Take(500).ToListAsync(cancellationToken);
}
