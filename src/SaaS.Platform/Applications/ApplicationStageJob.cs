using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Refusals;
using SaaS.Platform.Suppliers;
using SaaS.Platform.Workflows;
using SaaS.Workflows.Values;

namespace SaaS.Platform.Applications;

/// <summary>
/// The application stage: documents complete, no earlier application for the same facility and solution, supplier registered. A supplier
/// that is not registered yet does not stop the intake: KOSMO is asked, and the case waits for its answer.
/// </summary>
public sealed class ApplicationStageJob(TenantJob job, WorkflowInstances instances, AskForSupplier suppliers) : IOutboxJob
{
    public const string Kind = "stage.application";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var stage = message.Read<StageMessage>();
        var bookmarkId = stage.BookmarkId ?? throw new JsonException($"Outbox message {message.Id} names no bookmark.");
        var application = await db.Set<GrantApplication>().AsNoTracking().SingleAsync(application => application.Id == message.ApplicationId, cancellationToken);
        var reasons = MissingDocuments(Value.From(stage.Parameters), Value.Parse(application.Facts)).ToList();
        if (await DuplicateAsync(db, application, cancellationToken) is { } duplicate)
        {
            reasons.Add(duplicate);
        }

        if (reasons.Count == 0 && application.SupplierId is { } supplierId
            && await suppliers.RunAsync(db, application, supplierId, bookmarkId, cancellationToken))
        {
            return;
        }

        await instances.ResumeAsync(
            db, stage.InstanceId, bookmarkId, reasons.Count == 0 ? "Accepted" : "Rejected", new { reasons }, $"job:{Kind}", cancellationToken);
    }

    /// <summary>The documents that the programme requires and the application does not hold.</summary>
    internal static IEnumerable<Refusal> MissingDocuments(Value stage, Value facts)
    {
        var attached = new HashSet<string>();
        foreach (var document in facts["documents"].Items)
        {
            attached.Add(document.Text ?? "");
        }

        var missing = new List<Refusal>();
        foreach (var document in stage["documents"].Items)
        {
            if (document["required"].IsTrue && document["code"].Text is { } code && !attached.Contains(code))
            {
                missing.Add(new Refusal(
                    "document-missing",
                    $"필수 서류 '{document["ko"].Text}'이(가) 없습니다.",
                    $"The required document '{document["en"].Text}' is missing.",
                    "documents"));
            }
        }

        return missing;
    }

    private static async Task<Refusal?> DuplicateAsync(GrantsDb db, GrantApplication application, CancellationToken cancellationToken)
    {
        var earlier = await db.Set<GrantApplication>().AsNoTracking()
            .Where(other => other.FacilityId == application.FacilityId && other.Solution == application.Solution && other.CallId == application.CallId
                && other.Id != application.Id && !GrantApplication.Over.Contains(other.Status)
                && (other.SubmittedAt < application.SubmittedAt || (other.SubmittedAt == application.SubmittedAt && other.ReceiptNumber.CompareTo(application.ReceiptNumber) < 0)))
            .OrderBy(other => other.SubmittedAt)
            .Select(other => other.ReceiptNumber)
            .FirstOrDefaultAsync(cancellationToken);
        return earlier is null ? null : new Refusal(
            "already-applied",
            $"같은 사업장과 솔루션으로 이미 신청한 건이 있습니다(접수번호 {earlier}).",
            $"The same facility and solution were applied for before (receipt {earlier}).");
    }
}
