using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using SaaS.Web.Kit;
using SaaS.Web.Texts;

namespace SaaS.Web.Elsa;

/// <summary>
/// The expert view: Elsa Studio on the tenant's definitions and running workflows. What it is to open is looked up here first, because
/// Studio has no kind word for what is not there.
/// </summary>
public static class StudioPages
{
    public static void MapStudioPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/t/{tenant}/studio");
        pages.MapGet("", ListAsync);
        pages.MapGet("/instances", InstancesAsync);
        pages.MapGet("/instances/{id:guid}", InstanceAsync);
        pages.MapGet("/{definitionId}", DefinitionAsync);
    }

    private static async Task<IResult> ListAsync(string tenant, StudioDefinitions all, IStringLocalizer<DesignerTexts> texts, IConfiguration configuration, CancellationToken cancellationToken)
    {
        var latest = StudioDefinitions.Pick(await all.AllAsync(null, cancellationToken), "Latest");
        return Page(configuration, tenant, texts["studio.list"], "definitions", links: [.. latest.Select(version => ($"/t/{tenant}/studio/{Uri.EscapeDataString(version.Place.DefinitionId)}", NameOf(version)))]);
    }

    private static async Task<IResult> DefinitionAsync(string tenant, string definitionId, StudioDefinitions all, IConfiguration configuration, CancellationToken cancellationToken)
        => await all.FindAsync(definitionId, "Latest", cancellationToken) is { } version
            ? Page(configuration, tenant, NameOf(version), "definition", definitionId: definitionId)
            : TypedResults.NotFound();

    private static async Task<IResult> InstancesAsync(string tenant, StudioInstances all, IStringLocalizer<DesignerTexts> texts, IConfiguration configuration, CancellationToken cancellationToken)
    {
        var (page, _) = await all.ListAsync([], null, null, null, 0, 50, cancellationToken);
        return Page(
            configuration, tenant, texts["studio.instances"], "instances",
            links: [.. page.Select(row => ($"/t/{tenant}/studio/instances/{row.Instance.Id}", $"{row.Instance.Name ?? row.Instance.DefinitionId} · {KoreanTime.Minute(row.Instance.StartedAt)} · {row.Instance.SubStatus}"))]);
    }

    private static async Task<IResult> InstanceAsync(string tenant, Guid id, StudioInstances all, IConfiguration configuration, CancellationToken cancellationToken)
        => await all.FindAsync(id, cancellationToken) is { } found
            ? Page(configuration, tenant, found.Instance.Name ?? found.DefinitionId, "instance", definitionId: found.DefinitionId, instanceId: id)
            : TypedResults.NotFound();

    private static RazorComponentResult<StudioDocument> Page(
        IConfiguration configuration, string tenant, string title, string view, string? definitionId = null, Guid? instanceId = null, IReadOnlyList<(string Href, string Name)>? links = null)
        => new(new Dictionary<string, object?>
        {
            [nameof(StudioDocument.Tenant)] = tenant,
            [nameof(StudioDocument.Title)] = title,
            [nameof(StudioDocument.View)] = view,
            [nameof(StudioDocument.DefinitionId)] = definitionId,
            [nameof(StudioDocument.InstanceId)] = instanceId?.ToString(),
            [nameof(StudioDocument.Installed)] = StudioFiles.AreThere(configuration),
            [nameof(StudioDocument.Links)] = links ?? [],
        });

    private static string NameOf(StudioDefinitions.Version version)
    {
        var json = JsonNode.Parse(version.Json)!;
        var programme = json["customProperties"]?["programme"];
        return Language.Of((string?)programme?["ko"] ?? (string?)json["name"], (string?)programme?["en"]) is { Length: > 0 } name ? name : version.Place.DefinitionId;
    }
}
