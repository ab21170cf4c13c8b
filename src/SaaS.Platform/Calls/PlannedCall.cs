using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;
using SaaS.Platform.Oversight;
using SaaS.Platform.Programmes;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Programmes;

namespace SaaS.Platform.Calls;

/// <summary>What a call of a programme's published version needs: who pays, and what KOSMO has set aside for it.</summary>
public sealed class PlannedCall
{
    private PlannedCall()
    {
    }

    public required Guid VersionId { get; init; }

    public required int Version { get; init; }

    public required ProgrammeOutline Outline { get; init; }

    /// <summary>The guard rails that hold today and that the version breaks: it was published before they did.</summary>
    public required IReadOnlyList<Problem> Broken { get; init; }

    /// <summary>The guard rail that says how long a call of it must take applications; null where none does.</summary>
    public required GuardRail? CallLength { get; init; }

    /// <summary>Bodies that may set money aside, by the kind of funder that the tiers name.</summary>
    public required IReadOnlyList<Payer> Payers { get; init; }

    /// <summary>KOSMO's approval whose money no call has taken yet; tracked.</summary>
    public required PublicationRequest? Reserved { get; init; }

    /// <summary>Tiers whose national money is still to be asked for.</summary>
    public IReadOnlyList<TierOutline> TiersToAsk
        => [.. NationalMoney.Tiers(Outline).Where(tier => Reserved?.Asks().Any(ask => ask.Tier == tier.Code) != true)];

    /// <summary>A number that no call of the tenant has: the programme's year, and one more than there are calls of that year.</summary>
    public required string NextNumber { get; init; }

    public IEnumerable<Funder> Funders => Payers.Select(payer => payer.Funder).Distinct();

    public sealed record Payer(Funder Funder, Guid OrganisationId, string Ko, string En);

    /// <returns>Null when nothing is published.</returns>
    public static async Task<PlannedCall?> ReadAsync(GrantsDb db, Guid programmeId, LocalDate today, CancellationToken cancellationToken)
    {
        var version = await db.Set<DefinitionVersion>().AsNoTracking()
            .Where(version => version.ProgrammeId == programmeId && !db.Set<DefinitionRetraction>().Any(retraction => retraction.DefinitionVersionId == version.Id))
            .OrderByDescending(version => version.Version).FirstOrDefaultAsync(cancellationToken);
        if (version is null)
        {
            return null;
        }

        var workflow = CompiledWorkflow.Compile(WorkflowDefinition.Parse(version.Json).Required);
        var outline = ProgrammeOutline.Read(workflow);
        var rails = await GuardRailsInForce.ReadAsync(db, today, cancellationToken);
        return new PlannedCall
        {
            VersionId = version.Id,
            Version = version.Version,
            Outline = outline,
            Broken = DefinitionChecker.CheckRails(workflow, rails),
            CallLength = outline.Tiers.Select(tier => rails.For(outline.Model, outline.Year, tier.TakesNationalMoney)).Where(rail => rail?.Limits.CallDaysMin is not null).MaxBy(rail => rail!.Limits.CallDaysMin),
            NextNumber = await NextNumberAsync(db, outline.Year ?? today.Year, cancellationToken),
            Payers = await PayersAsync(db, outline, cancellationToken),
            Reserved = await db.Set<PublicationRequest>()
                .Where(request => request.ProgrammeId == programmeId && request.Status == PublicationStatus.Published && request.CallId == null && request.National != "[]")
                .OrderByDescending(request => request.Version).FirstOrDefaultAsync(cancellationToken),
        };
    }

    private static async Task<string> NextNumberAsync(GrantsDb db, int year, CancellationToken cancellationToken)
    {
        var taken = (await db.Set<Call>().AsNoTracking().Select(call => call.Number).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(taken.Count(number => number.StartsWith($"{year}-", StringComparison.Ordinal)) + 1, taken.Count + 1).Select(next => $"{year}-{next}").First(number => !taken.Contains(number));
    }

    private static async Task<IReadOnlyList<Payer>> PayersAsync(GrantsDb db, ProgrammeOutline outline, CancellationToken cancellationToken)
    {
        var funders = outline.Tiers.SelectMany(tier => tier.Shares?.Shares ?? []).Select(share => share.Funder).ToHashSet();
        var tenant = await db.Tenants.AsNoTracking().SingleAsync(row => row.Id == db.Tenant, cancellationToken);
        var bodies = await db.Organisations.AsNoTracking()
            .Where(body => body.Kind == OrganisationKind.Province || body.Kind == OrganisationKind.Municipality || body.Kind == OrganisationKind.LargeFirm)
            .OrderBy(body => body.Ko).ToListAsync(cancellationToken);
        return
        [
            .. bodies.Where(body => body.Kind == OrganisationKind.Province && funders.Contains(Funder.Province) && Near(body)).Select(body => new Payer(Funder.Province, body.Id, body.Ko, body.En)),
            .. bodies.Where(body => body.Kind == OrganisationKind.Municipality && funders.Contains(Funder.Municipality) && Near(body)).Select(body => new Payer(Funder.Municipality, body.Id, body.Ko, body.En)),
            .. bodies.Where(body => body.Kind == OrganisationKind.LargeFirm && funders.Contains(Funder.LeadFirm) && (tenant.Kind != TenantKind.LargeFirm || body.Id == tenant.OrganisationId))
                .Select(body => new Payer(Funder.LeadFirm, body.Id, body.Ko, body.En)),
        ];

        bool Near(Organisation body) => body.Id == tenant.OrganisationId || tenant.RegionCode is null || body.RegionCode is null || body.RegionCode == tenant.RegionCode;
    }
}
