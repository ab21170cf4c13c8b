using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Inspections;

/// <summary>An inspector records what was found and whether the project passes. Final; a project passes only with every item met.</summary>
public sealed class RecordInspection(GrantsDb db, CurrentActor actor, PlaneDb planes, IClock clock)
{
    private const int LongestComment = 4_000;

    /// <param name="Passed">The result; it must be said.</param>
    /// <param name="Checklist">Met or not, by item code; every item of the programme.</param>
    /// <param name="Comment">For the file; asked for when it fails.</param>
    public sealed record Request(bool? Passed, IReadOnlyDictionary<string, bool?>? Checklist, string? Comment);

    public sealed record Response(Guid Id, InspectionResult Result, Instant SubmittedAt);

    public async Task<Outcome<Response>> RunAsync(Guid inspectionId, Request request, CancellationToken cancellationToken)
    {
        var seen = await db.Set<Inspection>().AsNoTracking()
            .SingleOrDefaultAsync(inspection => inspection.Id == inspectionId && inspection.InspectorId == actor.UserId, cancellationToken);
        if (seen is null)
        {
            return Absent.Row;
        }

        var problems = Check(seen, request).ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        await using var tenant = planes.OpenTenant(seen.TenantId, actor.UserId, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);
        var inspection = await tenant.Set<Inspection>()
            .FromSql($"select * from inspections where tenant_id = {seen.TenantId} and id = {inspectionId} for update")
            .SingleAsync(cancellationToken);
        if (inspection.SubmittedAt is not null)
        {
            return new Outcome<Response>.Refused(RefusalKind.Conflict, [new Refusal("inspection-closed", "이미 결과를 등록한 점검입니다.", "The result of this inspection was recorded before.")]);
        }

        var now = clock.GetCurrentInstant();
        var result = request.Passed is true ? InspectionResult.Passed : InspectionResult.Failed;
        inspection.Record(JsonSerializer.Serialize(request.Checklist), result, request.Comment?.Trim() ?? "", now);
        tenant.Outbox.Add(OutboxMessage.For(InspectionResultJob.Kind, inspection.ApplicationId, new InspectionMessage(inspection.Id), now));
        await tenant.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response(inspection.Id, result, now);
    }

    private static IEnumerable<Refusal> Check(Inspection inspection, Request request)
    {
        if (request.Passed is null)
        {
            yield return new Refusal("result-missing", "적합 또는 부적합을 선택해 주세요.", "Choose passed or failed.", "passed");
        }

        if (request.Comment is { Length: > LongestComment })
        {
            yield return new Refusal("comment-too-long", $"의견은 {LongestComment:N0}자까지 쓸 수 있습니다.", $"The comment may have {LongestComment:N0} characters.", "comment");
        }

        if (request.Passed is false && string.IsNullOrWhiteSpace(request.Comment))
        {
            yield return new Refusal("comment-missing", "부적합 사유를 적어 주세요.", "Say why it fails.", "comment");
        }

        var items = ChecklistItem.ReadAll(inspection.Checklist);
        foreach (var item in items)
        {
            switch (request.Checklist?.GetValueOrDefault(item.Code))
            {
                case null:
                    yield return new Refusal("item-missing", $"'{item.Ko}' 항목을 확인해 주세요.", $"Say whether '{item.En}' is met.", $"checklist.{item.Code}");
                    break;
                case false when request.Passed is true:
                    yield return new Refusal(
                        "item-not-met",
                        $"'{item.Ko}' 항목이 충족되지 않아 적합으로 등록할 수 없습니다.",
                        $"'{item.En}' is not met, so the project cannot pass.",
                        $"checklist.{item.Code}");
                    break;
            }
        }

        foreach (var unknown in (request.Checklist?.Keys ?? []).Where(code => !items.Any(item => item.Code == code)))
        {
            yield return new Refusal("item-unknown", $"점검 항목 '{unknown}'은(는) 없습니다.", $"There is no item '{unknown}'.", $"checklist.{unknown}");
        }
    }
}
