using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Applications;

/// <summary>
/// Applications as the reader's plane shows them: a firm its own, a tenant its own calls', a centre its region's, an assessor the
/// assigned ones, KOSMO all. Filtered, sorted and paged from a query string.
/// </summary>
public sealed class ListApplications(GrantsDb db)
{
    public const int LargestPage = 200;

    /// <summary>What to show. Unknown sort names fall back to the newest first.</summary>
    public sealed record Query
    {
        /// <summary>A part of the receipt number, title or firm's name.</summary>
        public string? Search { get; init; }

        public ApplicationStatus? Status { get; init; }

        public string? Tier { get; init; }

        public Guid? Call { get; init; }

        /// <summary>A tenant's slug; of use where the reader sees several.</summary>
        public string? Tenant { get; init; }

        /// <summary>submitted, receipt, firm, cost, status; a minus in front turns it round. The default is <c>-submitted</c>.</summary>
        public string? Sort { get; init; }

        /// <summary>Counted from 1.</summary>
        public int Page { get; init; } = 1;

        public int PageSize { get; init; } = 20;
    }

    public sealed record Row(
        Guid Id, string Tenant, string TenantKo, string TenantEn, Guid CallId, string CallKo, string CallEn, string ReceiptNumber, Instant SubmittedAt,
        string FirmKo, string FirmEn, string Title, string Tier, long TotalCost, ApplicationStatus Status);

    public sealed record Result(IReadOnlyList<Row> Rows, int Total, int Page, int PageSize);

    public async Task<Result> RunAsync(Query query, CancellationToken cancellationToken)
    {
        var size = Math.Clamp(query.PageSize, 1, LargestPage);
        var page = Math.Clamp(query.Page, 1, 1_000_000);
        var rows = Filter(db.Set<GrantApplication>().AsNoTracking(), query);
        var total = await rows.CountAsync(cancellationToken);
        var shown = await Sort(rows, query.Sort)
            .Skip((page - 1) * size)
            .Take(size)
            .Join(db.Set<Call>(), application => new { application.TenantId, Id = application.CallId }, call => new { call.TenantId, call.Id }, (application, call) => new { application, call })
            .Join(db.Set<Tenant>(), row => row.application.TenantId, tenant => tenant.Id, (row, tenant) => new Row(
                row.application.Id, tenant.Id, tenant.Ko, tenant.En, row.call.Id, row.call.Ko, row.call.En, row.application.ReceiptNumber, row.application.SubmittedAt,
                row.application.FirmNameKo, row.application.FirmNameEn, row.application.Title, row.application.Tier, row.application.TotalCost.Amount, row.application.Status))
            .ToListAsync(cancellationToken);
        return new Result(shown, total, page, size);
    }

    private static IQueryable<GrantApplication> Filter(IQueryable<GrantApplication> rows, Query query)
    {
        if (!string.IsNullOrWhiteSpace(query.Search))
        {
            var pattern = $"%{Escaped(query.Search.Trim())}%";
            rows = rows.Where(row => EF.Functions.ILike(row.ReceiptNumber, pattern) || EF.Functions.ILike(row.Title, pattern)
                || EF.Functions.ILike(row.FirmNameKo, pattern) || EF.Functions.ILike(row.FirmNameEn, pattern));
        }

        if (query.Status is { } status)
        {
            rows = rows.Where(row => row.Status == status);
        }

        if (!string.IsNullOrEmpty(query.Tier))
        {
            rows = rows.Where(row => row.Tier == query.Tier);
        }

        if (query.Call is { } call)
        {
            rows = rows.Where(row => row.CallId == call);
        }

        return string.IsNullOrEmpty(query.Tenant) ? rows : rows.Where(row => row.TenantId == query.Tenant);
    }

    // The id comes last, so that equal rows keep their order from page to page.
    private static IQueryable<GrantApplication> Sort(IQueryable<GrantApplication> rows, string? sort) => sort switch
    {
        "submitted" => rows.OrderBy(row => row.SubmittedAt).ThenBy(row => row.Id),
        "receipt" => rows.OrderBy(row => row.ReceiptNumber).ThenBy(row => row.Id),
        "-receipt" => rows.OrderByDescending(row => row.ReceiptNumber).ThenBy(row => row.Id),
        "firm" => rows.OrderBy(row => row.FirmNameKo).ThenBy(row => row.Id),
        "-firm" => rows.OrderByDescending(row => row.FirmNameKo).ThenBy(row => row.Id),
        "cost" => rows.OrderBy(row => row.TotalCost).ThenBy(row => row.Id),
        "-cost" => rows.OrderByDescending(row => row.TotalCost).ThenBy(row => row.Id),
        "status" => rows.OrderBy(row => row.Status).ThenByDescending(row => row.SubmittedAt).ThenBy(row => row.Id),
        "-status" => rows.OrderByDescending(row => row.Status).ThenByDescending(row => row.SubmittedAt).ThenBy(row => row.Id),
        _ => rows.OrderByDescending(row => row.SubmittedAt).ThenBy(row => row.Id),
    };

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
