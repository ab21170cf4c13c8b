using System.Text.Json.Nodes;
using SaaS.Platform.Identity;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;

namespace SaaS.Web.Elsa;

/// <summary>Definitions: list, open, save, publish, versions, import and export.</summary>
internal static class DefinitionEndpoints
{
    /// <summary>What Studio posts.</summary>
    internal sealed record SaveRequest(JsonObject? Model, bool? Publish);

    internal sealed record Ids(IReadOnlyList<string>? DefinitionIds);

    public static void Map(RouteGroupBuilder api)
    {
        var definitions = api.MapGroup("/workflow-definitions");
        definitions.MapGet("", ListAsync);
        definitions.MapPost("", SaveAsync);
        definitions.MapGet("/by-definition-id/{definitionId}", OpenAsync);
        definitions.MapGet("/by-id/{id:guid}", OpenVersionAsync);
        definitions.MapGet("/many-by-id", ManyAsync);
        definitions.MapGet("/query/count", async (StudioDefinitions all, CancellationToken cancellationToken)
            => TypedResults.Ok(new { count = StudioDefinitions.Pick(await all.AllAsync(null, cancellationToken), "Latest").Count() }));
        definitions.MapGet("/validation/is-name-unique", IsNameUniqueAsync);
        definitions.MapPost("/import", (JsonObject? model, StudioDefinitions all, SaveFromStudio save, CancellationToken cancellationToken)
            => ImportAsync(model, all, save, cancellationToken));
        definitions.MapGet("/{definitionId}/export", ExportAsync);
        definitions.MapGet("/{definitionId}/consumers", () => TypedResults.Ok(new { workflowDefinitionIds = Array.Empty<string>() }));
        definitions.MapPost("/{definitionId}/publish", PublishAsync);
        definitions.MapPost("/{definitionId}/retract", RetractAsync);
        definitions.MapPost("/{definitionId}/revert/{version:int}", RevertAsync);
        definitions.MapPost("/{definitionId}/execute", (string definitionId, JsonObject? request, TestRun run, CancellationToken cancellationToken)
            => run.RunAsync(definitionId, request, cancellationToken));
        api.MapPost("/bulk-actions/publish/workflow-definitions/by-definition-ids", BulkPublishAsync);
        api.MapPost("/bulk-actions/retract/workflow-definitions/by-definition-ids", BulkRetractAsync);
        // Versions are evidence: what was published is retracted, never deleted.
        api.MapPost("/bulk-actions/delete/workflow-definitions/by-definition-ids", RefuseDeletion);
        definitions.MapDelete("/{definitionId}", (string definitionId) => RefuseDeletion());
    }

    private static async Task<IResult> ListAsync(
        StudioDefinitions all, HttpRequest request, CancellationToken cancellationToken)
    {
        var query = request.Query;
        var ids = query["DefinitionIds"].SelectMany(value => (value ?? "").Split(',')).Where(value => value.Length > 0).ToHashSet();
        var search = query["SearchTerm"].ToString();
        var found = StudioDefinitions.Pick(await all.AllAsync(null, cancellationToken), query["versionOptions"].ToString())
            .Where(version => ids.Count == 0 || ids.Contains(version.Place.DefinitionId))
            .Select(version => (version.Place, Row: StudioModel.Summary(version.Json, version.Place, all.MayPublish)))
            .Where(version => search.Length == 0 || ((string?)version.Row["name"] ?? "").Contains(search, StringComparison.OrdinalIgnoreCase) || version.Place.DefinitionId.Contains(search, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var sorted = Sorted(found, query["OrderBy"].ToString(), query["OrderDirection"].ToString() == "Descending");
        var size = int.TryParse(query["PageSize"], out var given) && given is > 0 and <= 1_000 ? given : 100;
        var page = int.TryParse(query["Page"], out var number) && number > 0 ? number : 0;
        return TypedResults.Ok(new
        {
            items = sorted.Skip(page * size).Take(size).Select(version => version.Row).ToList(),
            totalCount = found.Count,
            links = ListLinks(all.MayPublish),
        });
    }

    private static IEnumerable<(StudioDefinitions.Place Place, JsonObject Row)> Sorted(List<(StudioDefinitions.Place Place, JsonObject Row)> rows, string by, bool descending)
    {
        var sorted = by switch
        {
            "Version" => rows.OrderBy(row => row.Place.Version),
            "Created" => rows.OrderBy(row => row.Place.At),
            _ => rows.OrderBy(row => (string?)row.Row["name"], StringComparer.Ordinal),
        };
        return descending ? sorted.Reverse() : sorted;
    }

    private static JsonArray ListLinks(bool mayPublish) => mayPublish
        ? [
            StudioModel.Link("bulk-publish", "/bulk-actions/publish/workflow-definitions/by-definition-ids", "POST"),
            StudioModel.Link("bulk-retract", "/bulk-actions/retract/workflow-definitions/by-definition-ids", "POST"),
        ]
        : [];

    private static async Task<IResult> OpenAsync(string definitionId, string? versionOptions, StudioDefinitions all, CancellationToken cancellationToken)
        => await all.FindAsync(definitionId, versionOptions, cancellationToken) is { } version ? Definition(version, all) : OutcomeResults.NotFound();

    private static async Task<IResult> OpenVersionAsync(Guid id, StudioDefinitions all, CancellationToken cancellationToken)
        => await all.FindAsync(id, cancellationToken) is { } version ? Definition(version, all) : OutcomeResults.NotFound();

    private static async Task<IResult> ManyAsync(StudioDefinitions all, HttpRequest request, CancellationToken cancellationToken)
    {
        var ids = request.Query["Ids"].SelectMany(value => (value ?? "").Split(',')).ToHashSet();
        return DescriptorEndpoints.List([.. (await all.AllAsync(null, cancellationToken))
            .Where(version => ids.Contains(version.Place.Id.ToString()))
            .Select(version => StudioModel.ToStudio(version.Json, version.Place, all.MayPublish))]);
    }

    private static async Task<IResult> IsNameUniqueAsync(string? name, string? definitionId, StudioDefinitions all, CancellationToken cancellationToken)
        => TypedResults.Ok(new
        {
            isUnique = StudioDefinitions.Pick(await all.AllAsync(null, cancellationToken), "Latest")
                .All(version => version.Place.DefinitionId == definitionId || (string?)JsonNode.Parse(version.Json)!["name"] != name),
        });

    private static async Task<IResult> SaveAsync(SaveRequest? request, StudioDefinitions all, SaveFromStudio save, CancellationToken cancellationToken)
        => ElsaApi.Answer(await save.RunAsync(request?.Model, request?.Publish ?? false, cancellationToken), saved => TypedResults.Ok(new
        {
            workflowDefinition = StudioModel.ToStudio(saved.Version.Json, saved.Version.Place, all.MayPublish),
            alreadyPublished = saved.AlreadyPublished,
            consumingWorkflowCount = 0,
        }));

    private static async Task<IResult> ImportAsync(JsonObject? model, StudioDefinitions all, SaveFromStudio save, CancellationToken cancellationToken)
    {
        // An import replaces the draft that is there, whoever made it: the person chose the file.
        if (model?["definitionId"] is JsonValue id && id.TryGetValue<string>(out var definitionId) && await all.FindAsync(definitionId, "Latest", cancellationToken) is { } latest)
        {
            if (model["customProperties"] is not JsonObject custom)
            {
                model["customProperties"] = custom = [];
            }

            custom["rev"] = latest.Place.Revision;
        }

        return ElsaApi.Answer(
            await save.RunAsync(model, isToBePublished: false, cancellationToken),
            saved => TypedResults.Ok(StudioModel.ToStudio(saved.Version.Json, saved.Version.Place, all.MayPublish)));
    }

    private static async Task<IResult> ExportAsync(string definitionId, string? versionOptions, StudioDefinitions all, CancellationToken cancellationToken)
        => await all.FindAsync(definitionId, versionOptions, cancellationToken) is { } version
            ? TypedResults.File(System.Text.Encoding.UTF8.GetBytes(version.Json), "application/json", $"workflow-definition-{definitionId}-v{version.Place.Version}.json")
            : OutcomeResults.NotFound();

    private static async Task<IResult> PublishAsync(string definitionId, StudioDefinitions all, PublishFromStudio publish, CurrentActor actor, CancellationToken cancellationToken)
    {
        if (await all.FindAsync(definitionId, "Latest", cancellationToken) is not { } latest || DraftAuthor.Of(actor) is not { } author)
        {
            return OutcomeResults.NotFound();
        }

        return latest.Place.IsPublished
            ? Definition(latest, all)
            : await AgainAsync(await publish.RunAsync(author, latest.Place.ProgrammeId, latest.Place.Revision, cancellationToken), definitionId, all, cancellationToken);
    }

    private static async Task<IResult> RetractAsync(string definitionId, StudioDefinitions all, RetractDefinition retract, CurrentActor actor, CancellationToken cancellationToken)
        => await all.FindAsync(definitionId, "LatestOrPublished", cancellationToken) is { } latest && DraftAuthor.Of(actor) is { } author
            ? await AgainAsync(await retract.RunAsync(author, latest.Place.ProgrammeId, cancellationToken), definitionId, all, cancellationToken)
            : OutcomeResults.NotFound();

    private static async Task<IResult> RevertAsync(string definitionId, int version, StudioDefinitions all, RevertDraft revert, CurrentActor actor, CancellationToken cancellationToken)
    {
        if (await all.FindAsync(definitionId, "Latest", cancellationToken) is not { } latest || DraftAuthor.Of(actor) is not { } author)
        {
            return OutcomeResults.NotFound();
        }

        var outcome = await revert.RunAsync(author, latest.Place.ProgrammeId, version, latest.Place.Revision, cancellationToken);
        return outcome.IsDone(out _) && await all.FindAsync(definitionId, "Latest", cancellationToken) is { } draft
            ? TypedResults.Ok(StudioModel.Summary(draft.Json, draft.Place, all.MayPublish))
            : ElsaApi.Answer(outcome, _ => OutcomeResults.NotFound());
    }

    private static async Task<IResult> BulkPublishAsync(Ids? request, StudioDefinitions all, PublishFromStudio publish, CurrentActor actor, CancellationToken cancellationToken)
    {
        var (published, already, missing) = (new List<string>(), new List<string>(), new List<string>());
        var refusals = new List<Refusal>();
        foreach (var id in request?.DefinitionIds ?? [])
        {
            if (await all.FindAsync(id, "Latest", cancellationToken) is not { } latest || DraftAuthor.Of(actor) is not { } author)
            {
                missing.Add(id);
            }
            else if (latest.Place.IsPublished)
            {
                already.Add(id);
            }
            else if (await publish.RunAsync(author, latest.Place.ProgrammeId, latest.Place.Revision, cancellationToken) is Outcome<PublishDefinition.Published>.Refused refused)
            {
                refusals.AddRange(refused.Reasons.Select(reason => reason with { Where = id }));
            }
            else
            {
                published.Add(id);
            }
        }

        return refusals.Count > 0 ? ElsaApi.Refused(refusals) : TypedResults.Ok(new { published, alreadyPublished = already, notFound = missing, updatedConsumers = Array.Empty<string>() });
    }

    private static async Task<IResult> BulkRetractAsync(Ids? request, StudioDefinitions all, RetractDefinition retract, CurrentActor actor, CancellationToken cancellationToken)
    {
        var (retracted, missing) = (new List<string>(), new List<string>());
        var refusals = new List<Refusal>();
        foreach (var id in request?.DefinitionIds ?? [])
        {
            if (await all.FindAsync(id, "LatestOrPublished", cancellationToken) is not { } latest || DraftAuthor.Of(actor) is not { } author)
            {
                missing.Add(id);
            }
            else if (await retract.RunAsync(author, latest.Place.ProgrammeId, cancellationToken) is Outcome<Guid>.Refused refused)
            {
                refusals.AddRange(refused.Reasons.Select(reason => reason with { Where = id }));
            }
            else
            {
                retracted.Add(id);
            }
        }

        return refusals.Count > 0 ? ElsaApi.Refused(refusals) : TypedResults.Ok(new { retracted, alreadyRetracted = Array.Empty<string>(), notFound = missing });
    }

    private static IResult RefuseDeletion() => ElsaApi.Refused([new Refusal(
        "definition-kept", "게시한 사업은 증빙이므로 지우지 않습니다. 게시를 내려 주세요.", "A published programme is evidence and is not deleted. Retract it instead.")]);

    private static async Task<IResult> AgainAsync<T>(Outcome<T> outcome, string definitionId, StudioDefinitions all, CancellationToken cancellationToken)
        => outcome.IsDone(out _) && await all.FindAsync(definitionId, "Latest", cancellationToken) is { } now ? Definition(now, all) : ElsaApi.Answer(outcome, _ => OutcomeResults.NotFound());

    private static Microsoft.AspNetCore.Http.HttpResults.Ok<JsonObject> Definition(StudioDefinitions.Version version, StudioDefinitions all) => TypedResults.Ok(StudioModel.ToStudio(version.Json, version.Place, all.MayPublish));
}
