using SaaS.Platform.Identity;
using SaaS.Platform.Onboarding;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;

namespace SaaS.Web.Api;

/// <summary>A tenant's programmes: what was published, as it went in, and the start of a new one.</summary>
internal static class ProgrammeEndpoints
{
    /// <summary>The newest version of a programme.</summary>
    private sealed record Newest(string Programme, int Version, string Hash);

    public static void Map(RouteGroupBuilder tenantPlane)
    {
        tenantPlane.MapGet("/programmes", async (string tenant, ExportDefinition export, CancellationToken cancellationToken)
            => (await export.RunAsync(tenant, null, null, cancellationToken)).IsDone(out var versions)
                ? TypedResults.Ok(versions.Select(version => new Newest(version.Programme, version.Version, version.Hash)))
                : TypedResults.Ok(Enumerable.Empty<Newest>()));
        tenantPlane.MapPost("/programmes", async (StartProgramme.Request request, StartProgramme start, CurrentActor actor, CancellationToken cancellationToken)
            => DraftAuthor.Of(actor) is { } author ? (await start.RunAsync(author, request, cancellationToken)).ToHttp() : OutcomeResults.NotFound());
        tenantPlane.MapGet("/programmes/{programme}", async (string tenant, string programme, int? version, ExportDefinition export, CancellationToken cancellationToken)
            => (await export.RunAsync(tenant, programme, version, cancellationToken)).ToHttp(
                found => TypedResults.Text(found[0].Json, "application/json", System.Text.Encoding.UTF8)));
    }
}
