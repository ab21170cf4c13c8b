using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;
using SaaS.Platform.Oversight;
using SaaS.Platform.Programmes;
using SaaS.Platform.Workflows;

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
public sealed class ApplyTenants(PlaneDb planes, ApplyBodies bodies, ApplyProgrammes programmes, GuardRailsInForce guardRails, IClock clock)
{
    /// <param name="paths">A tenant's folder, or a folder of such folders.</param>
    /// <param name="password">Given to people who have none yet: only where the copy is a demonstration.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ApplyResult> RunAsync(IReadOnlyList<string> paths, string? password, CancellationToken cancellationToken)
    {
        var problems = new List<FolderProblem>();
        var folders = new List<TenantFolder>();
        var rails = await guardRails.TodayAsync(cancellationToken);
        foreach (var path in paths)
        {
            foreach (var folder in Expand(path, problems))
            {
                folders.Add(await TenantFolder.ReadAsync(folder, rails, cancellationToken));
            }
        }

        problems.AddRange(folders.SelectMany(folder => folder.Problems));
        foreach (var folder in folders.Where(folder => folder.RailProblems.Values.Any(found => found.Count > 0)))
        {
            problems.AddRange(await RailProblemsAsync(folder, cancellationToken));
        }

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

        await LoadGuardRailsAsync(cancellationToken);
        var applied = new List<AppliedTenant>();
        foreach (var folder in folders)
        {
            applied.Add(await programmes.RunAsync(folder, funders, cancellationToken));
        }

        return new ApplyResult(applied, []);
    }

    // A version keeps the guard rails of the day on which it was published, and so do its calls. What is new keeps today's.
    private async Task<IEnumerable<FolderProblem>> RailProblemsAsync(TenantFolder folder, CancellationToken cancellationToken)
    {
        await using var db = planes.OpenTenant(folder.Tenant.Id!);
        var published = await PublishedVersions.HashesAsync(db, cancellationToken);
        var calls = await db.Set<Call>().Select(call => call.Number).ToListAsync(cancellationToken);
        return folder.RailProblems
            .Where(pair => !folder.Programmes.TryGetValue(pair.Key, out var definition)
                || !published.Contains(DefinitionVersion.HashOf(definition.ToCanonicalJson()))
                || (folder.Tenant.Calls ?? []).Any(call => call.Programme == pair.Key && !calls.Contains(call.Number!)))
            .SelectMany(pair => pair.Value);
    }

    private async Task LoadGuardRailsAsync(CancellationToken cancellationToken)
    {
        await using var open = planes.Open(new PlaneContext(Plane.Public));
        if (await open.Tenants.Where(tenant => tenant.Kind == TenantKind.National).Select(tenant => tenant.Id).SingleOrDefaultAsync(cancellationToken) is { } national)
        {
            await using var db = planes.OpenTenant(national);
            await GuardRailsInForce.LoadShippedAsync(db, clock.GetCurrentInstant(), cancellationToken);
        }
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
