using SaaS.Platform.Data;

namespace SaaS.Platform.Onboarding;

/// <summary>What was done for one tenant.</summary>
/// <param name="Tenant">The tenant's id.</param>
/// <param name="Done">One line a programme or call: what it is, and whether it is new, changed or as before.</param>
public sealed record AppliedTenant(string Tenant, IReadOnlyList<string> Done);

/// <summary>Either everything was applied, or nothing and every problem is named.</summary>
public sealed record ApplyResult(IReadOnlyList<AppliedTenant> Applied, IReadOnlyList<FolderProblem> Problems);

/// <summary>
/// Loads or updates tenants from their folders: the body, its people, its programmes and calls. May be run as often as one likes; what has
/// not changed stays as it is. For the operator's commands.
/// </summary>
public sealed class ApplyTenants(PlaneDb planes, ApplyBodies bodies, ApplyProgrammes programmes)
{
    /// <param name="paths">A tenant's folder, or a folder of such folders.</param>
    /// <param name="password">Given to people who have none yet: only where the copy is a demonstration.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ApplyResult> RunAsync(IReadOnlyList<string> paths, string? password, CancellationToken cancellationToken)
    {
        var problems = new List<FolderProblem>();
        var folders = new List<TenantFolder>();
        foreach (var path in paths)
        {
            foreach (var folder in Expand(path, problems))
            {
                folders.Add(await TenantFolder.ReadAsync(folder, cancellationToken));
            }
        }

        problems.AddRange(folders.SelectMany(folder => folder.Problems));
        if (problems.Count > 0)
        {
            return new ApplyResult([], problems);
        }

        Dictionary<(string Tenant, string Reference), Guid> funders;
        await using (var db = planes.Open(new PlaneContext(Plane.Administration)))
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            await bodies.RunAsync(db, folders, password, cancellationToken);
            funders = await FunderReferences.ResolveAsync(db, folders, problems, cancellationToken);
            if (problems.Count > 0)
            {
                return new ApplyResult([], problems);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        var applied = new List<AppliedTenant>();
        foreach (var folder in folders)
        {
            applied.Add(await programmes.RunAsync(folder, funders, cancellationToken));
        }

        return new ApplyResult(applied, []);
    }

    private static List<string> Expand(string path, List<FolderProblem> problems)
    {
        if (File.Exists(Path.Combine(path, "tenant.json")))
        {
            return [path];
        }

        List<string> found = Directory.Exists(path)
            ? [.. Directory.GetDirectories(path).Where(folder => File.Exists(Path.Combine(folder, "tenant.json"))).Order(StringComparer.Ordinal)]
            : [];
        if (found.Count == 0)
        {
            problems.Add(new FolderProblem(path, "", "no-tenant", "이 폴더에 tenant.json이 없습니다.", "There is no tenant.json in this folder."));
        }

        return found;
    }
}
