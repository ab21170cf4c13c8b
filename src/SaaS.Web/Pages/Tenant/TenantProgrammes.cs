using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;

namespace SaaS.Web.Pages.Tenant;

/// <summary>A tenant's programmes with their versions.</summary>
public sealed class TenantProgrammes(GrantsDb db)
{
    public sealed record Version(Guid Id, int Number, string Hash, Instant PublishedAt, bool InUse, bool IsRetracted);

    public sealed record Row(Guid Id, string Slug, ProgrammeModel Model, string Ko, string En, IReadOnlyList<Version> Versions);

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
    {
        var programmes = await db.Set<Programme>().AsNoTracking().OrderBy(programme => programme.Slug).ToListAsync(cancellationToken);
        var used = (await db.Set<Call>().AsNoTracking().Select(call => call.DefinitionVersionId).ToListAsync(cancellationToken)).ToHashSet();
        var versions = (await db.Set<DefinitionVersion>().AsNoTracking()
            .Select(version => new { version.Id, version.ProgrammeId, Number = version.Version, version.Hash, version.PublishedAt, IsRetracted = db.Set<DefinitionRetraction>().Any(retraction => retraction.DefinitionVersionId == version.Id) })
            .ToListAsync(cancellationToken)).ToLookup(version => version.ProgrammeId);
        return [.. programmes.Select(programme => new Row(
            programme.Id, programme.Slug, programme.Model, programme.Ko, programme.En,
            [.. versions[programme.Id].OrderByDescending(version => version.Number).Select(version => new Version(version.Id, version.Number, version.Hash, version.PublishedAt, used.Contains(version.Id), version.IsRetracted))]))];
    }
}
