using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SaaS.Domain.Money;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Refusals;
using SaaS.Platform.Shares;
using SaaS.Platform.Time;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Applications;

/// <summary>
/// Submits an application. It counts by its arrival at the server: before the deadline to the millisecond, or not at all. What is
/// accepted is stored in one transaction together with the first step of its workflow; what is refused leaves a refusal record only.
/// </summary>
public sealed class SubmitApplication(
    GrantsDb db, CurrentActor actor, PlaneDb planes, LoadApplicant applicants, PreCheck check, WorkflowInstances instances, RequestArrival arrival)
{
    private const int ShortestKey = 8;
    private const int LongestKey = 100;

    /// <param name="callId">The call applied to.</param>
    /// <param name="request">What is applied for.</param>
    /// <param name="idempotencyKey">Made by the client once per form: the same key with the same request gets the same receipt.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Outcome<ApplicationReceipt>> RunAsync(Guid callId, ApplicationRequest request, string? idempotencyKey, CancellationToken cancellationToken)
    {
        if (idempotencyKey is not { Length: >= ShortestKey and <= LongestKey })
        {
            return new Refusal(
                "idempotency-key-missing",
                $"요청 식별키(Idempotency-Key)는 {ShortestKey}~{LongestKey}자여야 합니다.",
                $"Send an Idempotency-Key of {ShortestKey} to {LongestKey} characters.");
        }

        if (actor.Roles.Count > 0 && actor.Roles.All(role => role == MemberRole.Viewer))
        {
            return new Outcome<ApplicationReceipt>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "신청 권한이 없습니다.", "Your role may not apply.")]);
        }

        var applicant = await applicants.RunAsync(callId, request, idempotencyKey, cancellationToken);
        if (applicant is null)
        {
            return Absent.Row;
        }

        var hash = HashOf(callId, request);
        if (applicant.Earlier is { } earlier)
        {
            return Repeat(earlier, applicant.Tenant.Id, hash);
        }

        var result = await check.RunAsync(db, applicant, request, arrival.At, cancellationToken);
        if (applicant.DraftVersionId is { } known && known != applicant.Call.DefinitionVersionId)
        {
            result.Problems.Insert(0, ChangedTerms.Refusal);
        }

        if (result.Problems.Count > 0)
        {
            await RecordRefusalAsync(applicant, request, result.Problems, cancellationToken);
            return result.Problems;
        }

        return await StoreAsync(applicant, request, result, idempotencyKey, hash, cancellationToken);
    }

    private async Task<Outcome<ApplicationReceipt>> StoreAsync(
        Applicant applicant, ApplicationRequest request, PreChecked result, string idempotencyKey, string hash, CancellationToken cancellationToken)
    {
        var workflow = result.Workflow ?? throw new InvalidOperationException("A request without problems has its workflow.");
        var tier = result.Decision?.Tier ?? "";
        await using var tenant = planes.OpenTenant(applicant.Tenant.Id, actor.UserId, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);
        var year = arrival.At.InZone(Seoul.Zone).Year;
        var (number, granted, isCancelled) = await NextNumberAsync(tenant, applicant.Call.Id, tier, year, cancellationToken);
        if (isCancelled)
        {
            await transaction.RollbackAsync(cancellationToken);
            List<Refusal> cancelled = [PreCheck.CallCancelled];
            await RecordRefusalAsync(applicant, request, cancelled, cancellationToken);
            return cancelled;
        }

        if (granted <= 0 && NationalShare.IsNeeded(workflow, tier, result.Shares))
        {
            // Takes the number back: none is left out.
            await transaction.RollbackAsync(cancellationToken);
            List<Refusal> notReserved = [NationalShare.NotReserved(tier)];
            await RecordRefusalAsync(applicant, request, notReserved, cancellationToken);
            return notReserved;
        }

        var receiptNumber = $"{applicant.Tenant.Id.ToUpperInvariant()}-{year}-{number:D6}";
        var facts = ApplicationFacts.Of(applicant, request, receiptNumber, arrival.At);
        var application = new GrantApplication(new Submission
        {
            Id = Guid.CreateVersion7(),
            CallId = applicant.Call.Id,
            DefinitionVersionId = applicant.Call.DefinitionVersionId,
            WorkflowInstanceId = Guid.CreateVersion7(),
            ReceiptNumber = receiptNumber,
            ArrivedAt = arrival.At,
            FirmId = applicant.Firm.OrganisationId,
            FacilityId = request.FacilityId,
            SupplierId = applicant.SupplierOrganisation?.Id,
            LeadFirmId = applicant.LeadFirm?.Id,
            CentreId = applicant.CentreId,
            FirmNameKo = applicant.Organisation.Ko,
            FirmNameEn = applicant.Organisation.En,
            Title = request.Title.Trim(),
            Solution = request.Solution.Trim(),
            TotalCost = new Won(request.TotalCost),
            Tier = tier,
            Facts = facts.ToJson(),
            IdempotencyKey = idempotencyKey,
            RequestHash = hash,
        });
        tenant.Add(application);
        AddCostLines(tenant, application, request);
        var unit = result.Decision?.Shares?.RoundingUnit ?? new Won(1);
        tenant.Append(result.Shares.Select(share => new ApplicationShare(application, share, unit)));
        if (applicant.DraftVersionId is not null)
        {
            await tenant.Set<ApplicationDraft>().Where(draft => draft.CallId == application.CallId && draft.FirmId == application.FirmId).ExecuteDeleteAsync(cancellationToken);
        }

        var burst = WorkflowInstances.Start(workflow, application.WorkflowInstanceId, facts, arrival.At);
        instances.AddStarted(tenant, application, burst, $"user:{actor.UserId}");
        try
        {
            await tenant.SaveAndCommitAsync(transaction, cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: { } name }
            && name.Contains("idempotency_key", StringComparison.Ordinal))
        {
            // The same form was sent twice at once, and the other one was first.
            await transaction.RollbackAsync(cancellationToken);
            var first = await db.Set<GrantApplication>().AsNoTracking().SingleAsync(
                other => other.TenantId == applicant.Tenant.Id && other.FirmId == applicant.Firm.OrganisationId && other.IdempotencyKey == idempotencyKey, cancellationToken);
            return Repeat(first, applicant.Tenant.Id, hash);
        }

        return ApplicationReceipt.Of(application, applicant.Tenant.Id, isRepeat: false);
    }

    private static Outcome<ApplicationReceipt> Repeat(GrantApplication earlier, string tenant, string hash) => earlier.RequestHash == hash
        ? ApplicationReceipt.Of(earlier, tenant, isRepeat: true)
        : new Refusal(
            "idempotency-key-reused",
            $"같은 요청 식별키로 다른 내용이 이미 접수되었습니다(접수번호 {earlier.ReceiptNumber}).",
            $"Another request was accepted under this key before (receipt {earlier.ReceiptNumber}). Use a new key for a new application.");

    /// <summary>
    /// Takes the next receipt number, locked until the transaction ends, and reads what KOSMO granted to the tier, in one round trip. The call
    /// is locked as the application's foreign key will lock it anyway: who cancels the call waits for this submission, or is seen by it.
    /// </summary>
    private static async Task<(int Number, long Granted, bool IsCancelled)> NextNumberAsync(GrantsDb tenant, Guid callId, string tier, int year, CancellationToken cancellationToken)
    {
        var slug = tenant.Tenant;
        var row = (await tenant.Database.SqlQuery<NumberAndGrant>(
            $"""
            with next as (
                insert into receipt_counters (tenant_id, year, last) values ({slug}, {year}, 1)
                on conflict (tenant_id, year) do update set last = receipt_counters.last + 1
                returning last)
            select last as number,
                (select coalesce(max(appropriated), 0)::bigint from budget_lines
                    where tenant_id = {slug} and call_id = {callId} and funder = 'National' and (tier = {tier} or tier is null)) as granted,
                call.status = 'Cancelled' as is_cancelled
            from next, (select status from calls where tenant_id = {slug} and id = {callId} for key share) call
            """).ToListAsync(cancellationToken))[0];
        return (row.Number, row.Granted, row.IsCancelled);
    }

    private static void AddCostLines(GrantsDb tenant, GrantApplication application, ApplicationRequest request)
    {
        IReadOnlyList<CostItem> lines = request.CostLines.Count > 0 ? request.CostLines : [new CostItem("총사업비", request.TotalCost)];
        tenant.Append(lines.Select((line, place) => new CostLine(application.Id, place + 1, line.Label.Trim(), new Won(line.Amount))));
    }

    private async Task RecordRefusalAsync(Applicant applicant, ApplicationRequest request, List<Refusal> problems, CancellationToken cancellationToken)
    {
        await using var tenant = planes.OpenTenant(applicant.Tenant.Id, actor.UserId, actor.OrganisationId);
        var codes = string.Join(' ', problems.Select(problem => problem.Code).Distinct());
        tenant.Add(new SubmissionRefusal(
            applicant.Call.Id,
            applicant.Firm.OrganisationId,
            actor.UserId,
            arrival.At,
            codes.Length > 1000 ? codes[..1000] : codes,
            JsonSerializer.Serialize(problems, JsonSerializerOptions.Web),
            request.TotalCost));
        await tenant.SaveChangesAsync(cancellationToken);
    }

    private static string HashOf(Guid callId, ApplicationRequest request)
        => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { callId, request }, JsonSerializerOptions.Web)));

    private sealed record NumberAndGrant(int Number, long Granted, bool IsCancelled);
}
