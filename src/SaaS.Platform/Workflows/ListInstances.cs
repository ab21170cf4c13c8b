using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;
using SaaS.Platform.Programmes;
using SaaS.Workflows.Runtime;

namespace SaaS.Platform.Workflows;

/// <summary>Running and finished workflows as the reader's plane shows them, those in trouble first: a tenant its own, KOSMO all.</summary>
public sealed class ListInstances(GrantsDb db)
{
    public const int LargestPage = 200;

    /// <summary>What to show.</summary>
    public sealed record Query
    {
        /// <summary>A part of the receipt number, the name or the correlation id.</summary>
        public string? Search { get; init; }

        /// <summary><c>trouble</c>, <c>running</c> or <c>finished</c>; anything else shows all.</summary>
        public string? State { get; init; }

        /// <summary>The id that all versions of a definition share.</summary>
        public string? Definition { get; init; }

        /// <summary>Counted from 1.</summary>
        public int Page { get; init; } = 1;

        public int PageSize { get; init; } = 20;
    }

    /// <param name="ProgrammeKo">What its definition is called.</param>
    /// <param name="ReceiptNumber">Of its application; null when it belongs to none.</param>
    /// <param name="Since">When it last moved.</param>
    /// <param name="Waits">Where it waits now.</param>
    public sealed record Row(
        Guid Id, string Tenant, string TenantKo, string TenantEn, Guid DefinitionVersionId, string DefinitionId, int Version, string ProgrammeKo, string ProgrammeEn,
        Guid? ApplicationId, string? ReceiptNumber, string? CorrelationId, string? Name, string Status, string SubStatus, InstanceTrouble? Trouble,
        Instant StartedAt, Instant Since, Instant? FinishedAt, IReadOnlyList<Wait> Waits);

    /// <param name="DueAt">When it goes on by itself; null where it waits for somebody or something.</param>
    public sealed record Wait(string ActivityId, string Name, string? Stage, Instant? DueAt);

    /// <param name="InTrouble">How many need somebody's eyes, whatever the query.</param>
    public sealed record Result(IReadOnlyList<Row> Rows, int Total, int InTrouble, int Page, int PageSize);

    public async Task<Result> RunAsync(Query query, CancellationToken cancellationToken)
    {
        var size = Math.Clamp(query.PageSize, 1, LargestPage);
        var page = Math.Clamp(query.Page, 1, 1_000_000);
        var failed = await FailedSteps.InstancesAsync(db, cancellationToken);
        var all = db.Set<WorkflowInstance>().AsNoTracking();
        var inTrouble = all.Where(instance => instance.Trouble != null || failed.Contains(instance.Id));
        var found = Filter(query.State == "trouble" ? inTrouble : all, query);
        var total = await found.CountAsync(cancellationToken);
        var rows = await Described(found
            .OrderByDescending(instance => instance.Trouble != null || failed.Contains(instance.Id))
            .ThenByDescending(instance => instance.AdvancedAt).ThenBy(instance => instance.Id)
            .Skip((page - 1) * size).Take(size), failed, cancellationToken);
        return new Result(rows, total, await inTrouble.CountAsync(cancellationToken), page, size);
    }

    /// <summary>Null when the reader sees no such instance.</summary>
    internal async Task<Row?> FindAsync(Guid id, CancellationToken cancellationToken)
        => (await Described(
            db.Set<WorkflowInstance>().AsNoTracking().Where(instance => instance.Id == id),
            await FailedSteps.InstancesAsync(db, cancellationToken),
            cancellationToken)).SingleOrDefault();

    private async Task<IReadOnlyList<Row>> Described(IQueryable<WorkflowInstance> instances, List<Guid> failed, CancellationToken cancellationToken)
    {
        var rows = await (
            from instance in instances
            join version in db.Set<DefinitionVersion>() on new { instance.TenantId, Id = instance.DefinitionVersionId } equals new { version.TenantId, version.Id }
            join programme in db.Set<Programme>() on new { version.TenantId, Id = version.ProgrammeId } equals new { programme.TenantId, programme.Id }
            join tenant in db.Set<Tenant>() on instance.TenantId equals tenant.Id
            from application in db.Set<GrantApplication>()
                .Where(application => application.TenantId == instance.TenantId && application.Id == instance.ApplicationId).DefaultIfEmpty()
            select new { Instance = instance, version.Version, version.DefinitionId, Programme = programme, Tenant = tenant, ReceiptNumber = (string?)application!.ReceiptNumber })
            .ToListAsync(cancellationToken);
        var ids = rows.Select(row => row.Instance.Id).ToList();
        var waits = (await db.Set<WorkflowBookmark>().AsNoTracking()
            .Where(bookmark => ids.Contains(bookmark.InstanceId))
            .OrderBy(bookmark => bookmark.CreatedAt).ThenBy(bookmark => bookmark.Id)
            .Select(bookmark => new { bookmark.InstanceId, Wait = new Wait(bookmark.ActivityId, bookmark.Name, bookmark.Stage, bookmark.DueAt) })
            .ToListAsync(cancellationToken)).ToLookup(bookmark => bookmark.InstanceId, bookmark => bookmark.Wait);
        return [.. rows.Select(row => new Row(
            row.Instance.Id, row.Tenant.Id, row.Tenant.Ko, row.Tenant.En, row.Instance.DefinitionVersionId, row.DefinitionId, row.Version, row.Programme.Ko, row.Programme.En,
            row.Instance.ApplicationId, row.ReceiptNumber, row.Instance.CorrelationId, row.Instance.Name, row.Instance.Status, row.Instance.SubStatus,
            row.Instance.Trouble ?? (failed.Contains(row.Instance.Id) ? InstanceTrouble.JobFailed : null),
            row.Instance.StartedAt, row.Instance.AdvancedAt, row.Instance.FinishedAt, [.. waits[row.Instance.Id]]))];
    }

    private IQueryable<WorkflowInstance> Filter(IQueryable<WorkflowInstance> rows, Query query)
    {
        rows = query.State switch
        {
            "running" => rows.Where(row => row.Status == nameof(WorkflowStatus.Running)),
            "finished" => rows.Where(row => row.Status == nameof(WorkflowStatus.Finished)),
            _ => rows,
        };
        if (!string.IsNullOrEmpty(query.Definition))
        {
            rows = rows.Where(row => row.DefinitionId == query.Definition);
        }

        if (!string.IsNullOrWhiteSpace(query.Search))
        {
            var part = query.Search.Trim();
            rows = rows.Where(row => (row.CorrelationId != null && row.CorrelationId.Contains(part)) || (row.Name != null && row.Name.Contains(part))
                || db.Set<GrantApplication>().Any(application => application.TenantId == row.TenantId && application.Id == row.ApplicationId && application.ReceiptNumber.Contains(part)));
        }

        return rows;
    }
}
