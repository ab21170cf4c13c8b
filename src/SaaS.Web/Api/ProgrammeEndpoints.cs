using SaaS.Platform.Calls;
using SaaS.Platform.Identity;
using SaaS.Platform.Onboarding;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Platform.Selections;

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
        tenantPlane.MapGet("/programmes/{programmeId:guid}/draft", async (Guid programmeId, CurrentActor actor, ReadDraft read, CancellationToken cancellationToken)
            => DraftAuthor.Of(actor) is { } author
                ? (await read.RunAsync(author, programmeId, cancellationToken)).ToHttp(found => TypedResults.Text(found.Json, "application/json", System.Text.Encoding.UTF8))
                : OutcomeResults.NotFound());
        tenantPlane.MapGet("/programmes/{programmeId:guid}/history", async (Guid programmeId, ProgrammeHistory history, CancellationToken cancellationToken)
            => (await history.RunAsync(programmeId, cancellationToken)).ToHttp());
        tenantPlane.MapGet("/programmes/{programmeId:guid}/differences", async (Guid programmeId, int? from, int? to, ProgrammeHistory history, CancellationToken cancellationToken)
            => (await history.RunAsync(programmeId, cancellationToken)).IsDone(out var all)
                ? (await history.CompareAsync(programmeId, from ?? 1, to ?? all.Versions.Count, cancellationToken)).ToHttp()
                : OutcomeResults.NotFound());
        tenantPlane.MapPost("/programmes/{programmeId:guid}/publish", async (Guid programmeId, PublishDraft.Request request, CurrentActor actor, PublishDraft publish, CancellationToken cancellationToken)
            => DraftAuthor.Of(actor) is { } author ? (await publish.RunAsync(author, programmeId, request, cancellationToken)).ToHttp() : OutcomeResults.NotFound());
        tenantPlane.MapPost("/programmes/{programmeId:guid}/calls", async (Guid programmeId, AnnounceCall.Request request, AnnounceCall announce, CancellationToken cancellationToken)
            => (await announce.RunAsync(programmeId, request, cancellationToken)).ToHttp());
        tenantPlane.MapGet("/ranking", (Guid? call, ReadRanking ranking, CancellationToken cancellationToken) => ranking.RunAsync(call, cancellationToken));
        tenantPlane.MapPost("/calls/{id:guid}/ranking", async (Guid id, RankNow rank, CancellationToken cancellationToken)
            => (await rank.RunAsync(id, cancellationToken)).ToHttp());
        tenantPlane.MapPost("/calls/{id:guid}/extension", async (Guid id, ExtendCall.Request request, ExtendCall extend, CancellationToken cancellationToken)
            => (await extend.RunAsync(id, request, cancellationToken)).ToHttp());
        tenantPlane.MapPost("/calls/{id:guid}/cancellation", async (Guid id, CancelCall.Request request, CancelCall cancel, CancellationToken cancellationToken)
            => (await cancel.RunAsync(id, request, cancellationToken)).ToHttp());
        tenantPlane.MapGet("/publications", (ListPublications list, CancellationToken cancellationToken) => list.RunAsync(cancellationToken));
    }

    public static void MapOversight(RouteGroupBuilder oversight)
    {
        oversight.MapGet("/publications", (ListPublications list, CancellationToken cancellationToken) => list.RunAsync(cancellationToken));
        oversight.MapPost("/publications/{id:guid}", async (Guid id, DecidePublication.Request request, DecidePublication decide, CancellationToken cancellationToken)
            => (await decide.RunAsync(id, request, cancellationToken)).ToHttp());
    }
}
