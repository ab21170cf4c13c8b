using SaaS.Platform.Onboarding;
using SaaS.Platform.Refusals;

namespace SaaS.Web.Api;

/// <summary>A tenant's published definitions, as they went in.</summary>
internal static class ProgrammeEndpoints
{
    public static void Map(RouteGroupBuilder tenantPlane)
    {
        tenantPlane.MapGet("/programmes", async (string tenant, ExportDefinition export, CancellationToken cancellationToken)
            => (await export.RunAsync(tenant, null, null, cancellationToken)).ToHttp(
                versions => TypedResults.Ok(versions.Select(version => new { version.Programme, version.Version, version.Hash }))));
        tenantPlane.MapGet("/programmes/{programme}", async (string tenant, string programme, int? version, ExportDefinition export, CancellationToken cancellationToken)
            => (await export.RunAsync(tenant, programme, version, cancellationToken)).ToHttp(
                found => TypedResults.Text(found[0].Json, "application/json", System.Text.Encoding.UTF8)));
    }
}
