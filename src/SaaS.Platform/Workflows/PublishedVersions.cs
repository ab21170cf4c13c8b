using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;

namespace SaaS.Platform.Workflows;

/// <summary>Which version of each of a tenant's definitions counts now.</summary>
internal static class PublishedVersions
{
    /// <returns>Version ids by definition id.</returns>
    public static Task<Dictionary<string, Guid>> AllAsync(GrantsDb db, CancellationToken cancellationToken)
        => db.Set<DefinitionVersion>().AsNoTracking()
            .Where(version => !db.Set<DefinitionVersion>().Any(later => later.DefinitionId == version.DefinitionId && later.Version > version.Version))
            .Where(version => !db.Set<DefinitionRetraction>().Any(retraction => retraction.DefinitionVersionId == version.Id))
            .ToDictionaryAsync(version => version.DefinitionId, version => version.Id, cancellationToken);

    /// <returns>The hashes of the versions that count.</returns>
    public static Task<HashSet<string>> HashesAsync(GrantsDb db, CancellationToken cancellationToken)
        => db.Set<DefinitionVersion>().AsNoTracking()
            .Where(version => !db.Set<DefinitionVersion>().Any(later => later.ProgrammeId == version.ProgrammeId && later.Version > version.Version))
            .Where(version => !db.Set<DefinitionRetraction>().Any(retraction => retraction.DefinitionVersionId == version.Id))
            .Select(version => version.Hash).ToHashSetAsync(cancellationToken);

    /// <summary>Null when the tenant has none of this id, or has retracted it.</summary>
    public static async Task<Guid?> FindAsync(GrantsDb db, string definitionId, CancellationToken cancellationToken)
    {
        var newest = await db.Set<DefinitionVersion>().AsNoTracking()
            .Where(version => version.DefinitionId == definitionId)
            .OrderByDescending(version => version.Version)
            .Select(version => new { version.Id, IsRetracted = db.Set<DefinitionRetraction>().Any(retraction => retraction.DefinitionVersionId == version.Id) })
            .FirstOrDefaultAsync(cancellationToken);
        return newest is { IsRetracted: false } ? newest.Id : null;
    }
}
