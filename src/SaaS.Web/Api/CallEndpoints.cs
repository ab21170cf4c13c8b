using Microsoft.EntityFrameworkCore;
using SaaS.Domain.Money;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Firms;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Web.Pages.Public;
using SaaS.Workflows.Programmes;

namespace SaaS.Web.Api;

/// <summary>What anybody may read: calls, what their programmes say, registered suppliers.</summary>
internal static class CallEndpoints
{
    /// <summary>A call and what its programme says; amounts in won, shares in basis points.</summary>
    private sealed record CallDetails(
        CallSummary Call, int Version, string Hash, IReadOnlyList<TierDetails> Tiers, IReadOnlyList<RuleOutline> Rules,
        IReadOnlyList<DocumentOutline> Documents, IReadOnlyList<CriterionOutline> Criteria, int? PassMark, IReadOnlyList<StageOutline> Stages);

    private sealed record TierDetails(
        string Code, string Ko, string En, long? TotalCostMin, long? TotalCostMax, bool TakesNationalMoney, GrantDetails? Grant, IReadOnlyList<ShareDetails> Shares,
        IReadOnlyList<PlaceDetails> Exceptions, IReadOnlyList<TrancheOutline> Tranches);

    private sealed record ShareDetails(
        string Funder, int MinBp, int TargetBp, int MaxBp, string Base, long? Cap, long? CumulativeCap, long? CapPerYear, string? OverflowTo);

    private sealed record GrantDetails(int TargetBp, long? Cap);

    /// <summary>Where other shares hold: the code of a municipality or a region.</summary>
    private sealed record PlaceDetails(string Place, GrantDetails? Grant, IReadOnlyList<ShareDetails> Shares);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/calls", (PublicCalls calls, CancellationToken cancellationToken) => calls.ReadAsync(cancellationToken));
        api.MapGet("/calls/{id:guid}", CallAsync);
        api.MapGet("/calls/{id:guid}/notices", async (Guid id, PublicCalls calls, ReadAnnouncement read, CancellationToken cancellationToken)
            => (await calls.ReadAsync(cancellationToken)).Any(call => call.Id == id) ? TypedResults.Ok((await read.RunAsync(id, cancellationToken)).Notices) : OutcomeResults.NotFound());
        api.MapGet("/suppliers", (ListSuppliers suppliers, CancellationToken cancellationToken) => suppliers.RunAsync(cancellationToken));
    }

    private static async Task<IResult> CallAsync(Guid id, PublicCalls calls, PlaneDb planes, CompiledDefinitions definitions, CancellationToken cancellationToken)
    {
        if ((await calls.ReadAsync(cancellationToken)).FirstOrDefault(call => call.Id == id) is not { } call)
        {
            return OutcomeResults.NotFound();
        }

        await using var db = planes.Open(new PlaneContext(Plane.Public));
        var version = await (
            from row in db.Set<Call>().AsNoTracking()
            where row.Id == id
            join published in db.Set<DefinitionVersion>() on new { row.TenantId, Id = row.DefinitionVersionId } equals new { published.TenantId, published.Id }
            select new { published.Id, published.Version, published.Hash }).SingleAsync(cancellationToken);
        var outline = ProgrammeOutline.Read(await definitions.GetAsync(db, version.Id, cancellationToken));
        return TypedResults.Ok(new CallDetails(
            call, version.Version, version.Hash, [.. outline.Tiers.Select(Details)], outline.Rules, outline.Documents, outline.Criteria, outline.PassMark, outline.Stages));
    }

    private static TierDetails Details(TierOutline tier) => new(
        tier.Code, tier.Name.Ko, tier.Name.En, tier.Tier.TotalCostMin?.Amount, tier.Tier.TotalCostMax?.Amount, tier.TakesNationalMoney,
        Grant(tier.Shares),
        Shares(tier.Shares),
        [.. tier.Exceptions.Select(exception => new PlaceDetails(exception.Key, Grant(exception.Value), Shares(exception.Value)))],
        tier.Tranches);

    private static GrantDetails? Grant(ShareTable? table) => table?.Grant is { } grant ? new(grant.TargetBp, grant.Cap?.Amount) : null;

    private static IReadOnlyList<ShareDetails> Shares(ShareTable? table) =>
    [
        .. (table?.Shares ?? []).Select(share => new ShareDetails(
            share.Funder.ToString(), share.MinBp, share.TargetBp, share.MaxBp, share.Base.ToString(),
            share.Cap?.Amount, share.CumulativeCap?.Amount, share.CapPerYear?.Amount, share.OverflowTo?.ToString())),
    ];
}
