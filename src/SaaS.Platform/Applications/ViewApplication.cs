using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Applications;

/// <summary>One case: what was applied for, where it stands in its workflow, and the journal of how it came there. As the reader's plane shows it.</summary>
public sealed class ViewApplication(GrantsDb db, CompiledDefinitions definitions)
{
    public sealed record Case
    {
        public required Guid Id { get; init; }

        public required string Tenant { get; init; }

        public required string TenantKo { get; init; }

        public required string TenantEn { get; init; }

        public required Guid CallId { get; init; }

        public required string CallKo { get; init; }

        public required string CallEn { get; init; }

        public required Guid DefinitionVersionId { get; init; }

        /// <summary>The version of the programme that decides the case, for good.</summary>
        public required int DefinitionVersion { get; init; }

        public required string DefinitionHash { get; init; }

        public required string ReceiptNumber { get; init; }

        public required Instant SubmittedAt { get; init; }

        public required Guid FirmId { get; init; }

        public required string FirmKo { get; init; }

        public required string FirmEn { get; init; }

        public Guid? SupplierId { get; init; }

        public string? SupplierKo { get; init; }

        public string? SupplierEn { get; init; }

        public Guid? LeadFirmId { get; init; }

        public required string Title { get; init; }

        public required string Solution { get; init; }

        public required string Tier { get; init; }

        public required long TotalCost { get; init; }

        public required ApplicationStatus Status { get; init; }

        /// <summary>The facts at submission, as the workflow got them.</summary>
        public required JsonElement Facts { get; init; }

        public required IReadOnlyList<Line> CostLines { get; init; }

        /// <summary>Null where the reader sees the case but not its workflow.</summary>
        public CasePicture? Picture { get; init; }

        public required IReadOnlyList<JournalLine> Journal { get; init; }
    }

    public sealed record Line(int Position, string Label, long Amount);

    public sealed record JournalLine(int Sequence, Instant At, string Actor, string Event, string ActivityId, string ActivityType, string? Outcome, JsonElement? Payload);

    public async Task<Outcome<Case>> RunAsync(Guid applicationId, CancellationToken cancellationToken)
    {
        var found = await (
            from application in db.Set<GrantApplication>().AsNoTracking()
            where application.Id == applicationId
            join call in db.Set<Call>() on new { application.TenantId, Id = application.CallId } equals new { call.TenantId, call.Id }
            join tenant in db.Set<Tenant>() on application.TenantId equals tenant.Id
            from version in db.Set<DefinitionVersion>()
                .Where(version => version.TenantId == application.TenantId && version.Id == application.DefinitionVersionId).DefaultIfEmpty()
            from supplier in db.Organisations.Where(organisation => organisation.Id == application.SupplierId).DefaultIfEmpty()
            select new { Application = application, Call = call, Tenant = tenant, Version = (int?)version!.Version, version.Hash, SupplierKo = supplier!.Ko, SupplierEn = supplier.En })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return Absent.Row;
        }

        var row = found.Application;
        var lines = await db.Set<CostLine>().AsNoTracking()
            .Where(line => line.ApplicationId == applicationId)
            .OrderBy(line => line.Position)
            .Select(line => new Line(line.Position, line.Label, line.Amount.Amount))
            .ToListAsync(cancellationToken);

        // Whoever judges a case does not see how it came there.
        var journal = db.Context.Plane is Plane.Assessor ? [] : await db.Set<WorkflowJournalLine>().AsNoTracking()
            .Where(line => line.InstanceId == row.WorkflowInstanceId)
            .OrderBy(line => line.Sequence)
            .ToListAsync(cancellationToken);
        CasePicture? picture = null;
        if (journal.Count > 0 && found.Version is not null)
        {
            picture = CasePicture.Of(await definitions.GetAsync(db, row.DefinitionVersionId, cancellationToken), journal);
        }

        return new Case
        {
            Id = row.Id,
            Tenant = found.Tenant.Id,
            TenantKo = found.Tenant.Ko,
            TenantEn = found.Tenant.En,
            CallId = found.Call.Id,
            CallKo = found.Call.Ko,
            CallEn = found.Call.En,
            DefinitionVersionId = row.DefinitionVersionId,
            DefinitionVersion = found.Version ?? 0,
            DefinitionHash = found.Hash ?? "",
            ReceiptNumber = row.ReceiptNumber,
            SubmittedAt = row.SubmittedAt,
            FirmId = row.FirmId,
            FirmKo = row.FirmNameKo,
            FirmEn = row.FirmNameEn,
            SupplierId = row.SupplierId,
            SupplierKo = found.SupplierKo,
            SupplierEn = found.SupplierEn,
            LeadFirmId = row.LeadFirmId,
            Title = row.Title,
            Solution = row.Solution,
            Tier = row.Tier,
            TotalCost = row.TotalCost.Amount,
            Status = row.Status,
            Facts = JsonSerializer.Deserialize<JsonElement>(row.Facts),
            CostLines = lines,
            Picture = picture,
            Journal = [.. journal.Select(line => new JournalLine(
                line.Sequence, line.At, line.Actor, line.Event, line.ActivityId, line.ActivityType, line.Outcome,
                line.Payload is null ? null : JsonSerializer.Deserialize<JsonElement>(line.Payload)))],
        };
    }
}
