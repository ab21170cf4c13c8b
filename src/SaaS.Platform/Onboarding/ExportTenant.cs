using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SaaS.Domain.Firms;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Definitions;

namespace SaaS.Platform.Onboarding;

/// <summary>
/// A tenant as the folder that <see cref="ApplyTenants"/> takes: who it is, and its designs. People, calls and budgets belong to the system
/// that they are in and stay there. Files are indented, so that a change can be read line by line.
/// </summary>
public sealed class ExportTenant(PlaneDb planes, ExportDefinition definitions)
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="Path">Within the folder, for example <c>programmes/food-2025.json</c>.</param>
    /// <param name="Text">What it holds; ends with a line break.</param>
    /// <param name="About">Which version it is, for whoever exports.</param>
    public sealed record FolderFile(string Path, string Text, string About);

    /// <param name="tenant">The tenant's id.</param>
    /// <param name="programme">One programme's slug; null for all.</param>
    /// <param name="version">A version's number; null for the newest.</param>
    /// <param name="drafts">A programme that has a draft is given as the draft stands.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Outcome<IReadOnlyList<FolderFile>>> RunAsync(string tenant, string? programme, int? version, bool drafts, CancellationToken cancellationToken)
    {
        await using var db = planes.OpenTenant(tenant);
        var found = await (
            from row in db.Tenants.AsNoTracking()
            where row.Id == tenant
            join body in db.Organisations on row.OrganisationId equals body.Id
            select new { Tenant = row, Body = body }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return Absent.Row;
        }

        var number = found.Body.BusinessNumber is { } digits && BusinessNumber.TryParse(digits, out var parsed, out _) ? parsed.ToString() : found.Body.BusinessNumber;
        var file = new TenantFile(
            found.Tenant.Id, found.Tenant.Kind.ToString(), found.Tenant.Ko, found.Tenant.En, found.Tenant.RegionCode, found.Tenant.MunicipalityCode,
            new BodyFile(number, found.Body.Ko, found.Body.En), [], [], JsonNode.Parse(found.Tenant.Settings)!.AsObject());
        var designs = new SortedDictionary<string, FolderFile>(StringComparer.Ordinal);
        if ((await definitions.RunAsync(tenant, programme, version, cancellationToken)).IsDone(out var published))
        {
            foreach (var one in published)
            {
                designs[one.Programme] = Design(one.Programme, one.Json, $"v{one.Version} {one.Hash}");
            }
        }

        foreach (var draft in drafts ? await DraftsAsync(db, programme, cancellationToken) : [])
        {
            designs[draft.Slug] = Design(draft.Slug, WorkflowDefinition.Parse(draft.Json).Required.ToCanonicalJson(), $"draft r{draft.Revision}");
        }

        return designs.Count == 0 && programme is not null
            ? Absent.Row
            : new Outcome<IReadOnlyList<FolderFile>>.Done([new FolderFile("tenant.json", JsonSerializer.Serialize(file, Readable) + "\n", found.Tenant.Ko), .. designs.Values]);
    }

    private static Task<List<(string Slug, string Json, int Revision)>> DraftsAsync(GrantsDb db, string? programme, CancellationToken cancellationToken)
        => (from draft in db.Set<DefinitionDraft>().AsNoTracking()
            join owner in db.Set<Programme>() on draft.ProgrammeId equals owner.Id
            where programme == null || owner.Slug == programme
            select new ValueTuple<string, string, int>(owner.Slug, draft.Json, draft.Revision)).ToListAsync(cancellationToken);

    private static FolderFile Design(string slug, string json, string about)
    {
        using var document = JsonDocument.Parse(json);
        return new($"programmes/{slug}.json", JsonSerializer.Serialize(document.RootElement, Readable) + "\n", about);
    }
}
