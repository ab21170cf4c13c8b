using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SaaS.Domain.Firms;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Onboarding;

/// <summary>Finds the bodies that budgets name: by a tenant's id, by a key of a register beside the folder, or by business number.</summary>
internal static class FunderReferences
{
    public static async Task<Dictionary<(string Tenant, string Reference), Guid>> ResolveAsync(
        GrantsDb db, IReadOnlyList<TenantFolder> folders, List<FolderProblem> problems, CancellationToken cancellationToken)
    {
        var all = await db.Tenants.AsNoTracking().ToListAsync(cancellationToken);
        var tenants = all.ToDictionary(tenant => tenant.Id, tenant => tenant.OrganisationId);
        var national = all.Find(tenant => tenant.Kind == TenantKind.National)?.OrganisationId;
        var numbers = await db.Organisations.AsNoTracking()
            .Where(organisation => organisation.BusinessNumber != null)
            .ToDictionaryAsync(organisation => organisation.BusinessNumber!, organisation => organisation.Id, cancellationToken);
        var keys = await RegisterKeysAsync(folders, cancellationToken);
        var found = new Dictionary<(string, string), Guid>();
        foreach (var folder in folders)
        {
            if (national is { } kosmo)
            {
                found[(folder.Tenant.Id!, CallBudgets.NationalBody)] = kosmo;
            }

            var calls = folder.Tenant.Calls ?? [];
            for (var c = 0; c < calls.Count; c++)
            {
                var budgets = calls[c].Budgets ?? [];
                for (var b = 0; b < budgets.Count; b++)
                {
                    var reference = budgets[b].Organisation ?? "";
                    var number = keys.GetValueOrDefault(reference, reference);
                    if (tenants.TryGetValue(reference, out var id)
                        || (BusinessNumber.TryParse(number, out var parsed, out _) && numbers.TryGetValue(parsed.Digits, out id)))
                    {
                        found[(folder.Tenant.Id!, reference)] = id;
                    }
                    else
                    {
                        problems.Add(new FolderProblem(
                            folder.TenantFileName, $"/calls/{c}/budgets/{b}/organisation", "organisation-unknown",
                            $"'{reference}'이라는 기관이 없습니다. 그 기관의 폴더를 먼저 적용하세요.",
                            $"There is no organisation '{reference}' here. Apply the folder that holds it first."));
                    }
                }
            }
        }

        return found;
    }

    private static async Task<Dictionary<string, string>> RegisterKeysAsync(IReadOnlyList<TenantFolder> folders, CancellationToken cancellationToken)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        var registers = folders
            .Select(folder => Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Path))))
            .OfType<string>()
            .Distinct()
            .SelectMany(Directory.GetDirectories)
            .Select(folder => Path.Combine(folder, "registry.json"))
            .Where(File.Exists);
        foreach (var file in registers)
        {
            await using var stream = File.OpenRead(file);
            var register = await JsonSerializer.DeserializeAsync<RegistryFile>(stream, JsonSerializerOptions.Web, cancellationToken);
            foreach (var body in register?.Organisations ?? [])
            {
                if (body is { Key: { } key, BusinessNumber: { } number })
                {
                    keys[key] = number;
                }
            }
        }

        return keys;
    }
}
