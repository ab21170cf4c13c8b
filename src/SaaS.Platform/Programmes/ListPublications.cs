using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Workflows.Comparison;
using SaaS.Workflows.Definitions;

namespace SaaS.Platform.Programmes;

/// <summary>What tenants ask KOSMO to publish: what waits first. On a tenant's plane its own.</summary>
public sealed class ListPublications(GrantsDb db)
{
    public sealed record Item(
        Guid Id, string Tenant, string TenantKo, string TenantEn, Guid ProgrammeId, string ProgrammeKo, string ProgrammeEn, int Version, bool IsException,
        PublicationStatus Status, string Reason, Guid RequestedBy, Instant RequestedAt, Instant? DecidedAt, Guid? DecidedBy, string? DecisionReason, IReadOnlyList<NationalAsk> National);

    /// <summary>One request with what its decision needs.</summary>
    /// <param name="IsFirst">No version counted before.</param>
    /// <param name="Staying">Applications that keep the version that counted before.</param>
    /// <param name="OpenCalls">Calls that take applications now.</param>
    public sealed record Detail(
        Item Item, bool IsFirst, IReadOnlyList<Difference> Differences, int Staying, Instant? EffectiveAt, Instant? ClosesAt, IReadOnlyList<OpenCall> OpenCalls, string Json);

    public sealed record OpenCall(Guid Id, string Number, string Ko, string En, Instant ClosesAt);

    public async Task<IReadOnlyList<Item>> RunAsync(CancellationToken cancellationToken)
    {
        var rows = await (
            from request in db.Set<PublicationRequest>().AsNoTracking()
            join tenant in db.Tenants on request.TenantId equals tenant.Id
            join programme in db.Set<Programme>() on new { request.TenantId, Id = request.ProgrammeId } equals new { programme.TenantId, programme.Id }
            orderby request.Status == PublicationStatus.Waiting ? 0 : 1, request.RequestedAt descending
            select new { Request = request, tenant.Ko, tenant.En, ProgrammeKo = programme.Ko, ProgrammeEn = programme.En }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new Item(
            row.Request.Id, row.Request.TenantId, row.Ko, row.En, row.Request.ProgrammeId, row.ProgrammeKo, row.ProgrammeEn, row.Request.Version, row.Request.IsException,
            row.Request.Status, row.Request.Reason, row.Request.RequestedBy, row.Request.RequestedAt, row.Request.DecidedAt, row.Request.DecidedBy, row.Request.DecisionReason, row.Request.Asks()))];
    }

    /// <summary>Null when it is not there.</summary>
    public async Task<Detail?> FindAsync(Guid id, IClock clock, CancellationToken cancellationToken)
    {
        var item = (await RunAsync(cancellationToken)).FirstOrDefault(item => item.Id == id);
        if (item is null)
        {
            return null;
        }

        var request = await db.Set<PublicationRequest>().AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        var before = await db.Set<DefinitionVersion>().AsNoTracking().Where(version => version.Id == request.BaseVersionId).Select(version => version.Json).SingleOrDefaultAsync(cancellationToken);
        var calls = await db.Set<Call>().AsNoTracking().Where(call => call.ProgrammeId == request.ProgrammeId).ToListAsync(cancellationToken);
        var now = clock.GetCurrentInstant();
        return new Detail(
            item,
            before is null,
            before is null ? [] : DefinitionDifferences.Between(WorkflowDefinition.Parse(before).Required, WorkflowDefinition.Parse(request.Json).Required),
            await db.Set<GrantApplication>().CountAsync(application => application.DefinitionVersionId == request.BaseVersionId, cancellationToken),
            request.EffectiveAt, request.ClosesAt,
            [.. calls.Where(call => call.StandingAt(now) is CallStanding.Open).Select(call => new OpenCall(call.Id, call.Number, call.Ko, call.En, call.ClosesAt))],
            request.Json);
    }
}
