using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Applications;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Workflows.Values;

namespace SaaS.Web.Pages.Company;

/// <summary>What a firm had written for a call that was cancelled: when the programme is announced again, nobody types it a second time.</summary>
public sealed class ReadCancelledForm(GrantsDb db)
{
    /// <param name="call">The call that the firm applies to now.</param>
    /// <param name="firm">Whose form.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was written last in a cancelled call of the same programme, sent or not; null when there is none.</returns>
    public async Task<ApplyForm?> RunAsync(Call call, Guid? firm, CancellationToken cancellationToken)
    {
        var cancelled = db.Set<Call>().AsNoTracking().Where(other => other.TenantId == call.TenantId && other.ProgrammeId == call.ProgrammeId && other.Status == CallStatus.Cancelled);
        var sent = await db.Set<GrantApplication>().AsNoTracking()
            .Where(application => application.FirmId == firm && application.Status == ApplicationStatus.Cancelled && cancelled.Any(other => other.Id == application.CallId))
            .OrderByDescending(application => application.SubmittedAt).FirstOrDefaultAsync(cancellationToken);
        var kept = await db.Set<ApplicationDraft>().AsNoTracking()
            .Where(draft => draft.FirmId == firm && cancelled.Any(other => other.Id == draft.CallId))
            .OrderByDescending(draft => draft.SavedAt).FirstOrDefaultAsync(cancellationToken);
        if (kept is not null && (sent is null || kept.SavedAt > sent.SubmittedAt))
        {
            return ApplyForm.Kept(kept.Fields).AsNew();
        }

        if (sent is null)
        {
            return null;
        }

        var lines = await db.Set<CostLine>().AsNoTracking().Where(line => line.TenantId == sent.TenantId && line.ApplicationId == sent.Id).OrderBy(line => line.Position).ToListAsync(cancellationToken);
        return ApplyForm.Of(sent, Value.Parse(sent.Facts), lines);
    }
}
