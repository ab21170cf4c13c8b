using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Onboarding;

/// <summary>Gives out published definitions as they went in: canonical JSON, with every member that the platform does not know.</summary>
public sealed class ExportDefinition(PlaneDb planes)
{
    public sealed record Exported(string Programme, int Version, string Hash, string Json);

    /// <param name="tenant">The tenant's id.</param>
    /// <param name="programme">One programme's slug; null for the newest version of all.</param>
    /// <param name="version">A version's number; null for the newest.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Outcome<IReadOnlyList<Exported>>> RunAsync(string tenant, string? programme, int? version, CancellationToken cancellationToken)
    {
        await using var db = planes.OpenTenant(tenant);
        var versions = await (
            from published in db.Set<DefinitionVersion>().AsNoTracking()
            join owner in db.Set<Programme>() on published.ProgrammeId equals owner.Id
            where (programme == null || owner.Slug == programme)
                && (version == null
                    ? !db.Set<DefinitionVersion>().Any(later => later.ProgrammeId == owner.Id && later.Version > published.Version)
                    : published.Version == version)
            orderby owner.Slug
            select new Exported(owner.Slug, published.Version, published.Hash, published.Json)).ToListAsync(cancellationToken);
        return versions.Count == 0 ? Absent.Row : new Outcome<IReadOnlyList<Exported>>.Done(versions);
    }
}
