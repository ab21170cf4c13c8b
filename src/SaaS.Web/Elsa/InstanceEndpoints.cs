using SaaS.Platform.Refusals;
using SaaS.Platform.Workflows;

namespace SaaS.Web.Elsa;

/// <summary>The instance viewer: state, journal, and the badges on the steps.</summary>
internal static class InstanceEndpoints
{
    internal sealed record ListRequest(int? Page, int? PageSize, string? SearchTerm, string? DefinitionId, IReadOnlyList<string>? DefinitionIds, string? Status, string? SubStatus, IReadOnlyList<string>? Statuses, IReadOnlyList<string>? SubStatuses);

    internal sealed record JournalFilter(IReadOnlyList<string>? ActivityIds, IReadOnlyList<string>? ActivityNodeIds, IReadOnlyList<string>? ExcludedActivityTypes, IReadOnlyList<string>? EventNames);

    internal sealed record JournalRequest(JournalFilter? Filter);

    internal sealed record ReportRequest(Guid WorkflowInstanceId, IReadOnlyList<string>? ActivityNodeIds);

    public static void Map(RouteGroupBuilder api)
    {
        var instances = api.MapGroup("/workflow-instances");
        instances.MapPost("", ListAsync);
        instances.MapGet("", (StudioInstances all, CancellationToken cancellationToken) => ListAsync(null, all, cancellationToken));
        instances.MapGet("/{id:guid}", (Guid id, StudioInstances all, CancellationToken cancellationToken) => WithAsync(id, all, InstanceAsync, cancellationToken));
        instances.MapGet("/{id:guid}/execution-state", (Guid id, StudioInstances all, CancellationToken cancellationToken) => WithAsync(
            id, all, (found, _, _) => Task.FromResult<IResult>(TypedResults.Ok(new
            {
                status = found.Instance.Status,
                subStatus = found.Instance.SubStatus,
                workflowSubStatus = found.Instance.SubStatus,
                updatedAt = found.Instance.AdvancedAt,
            })), cancellationToken));
        instances.MapGet("/{id:guid}/variables", (Guid id, StudioInstances all, CancellationToken cancellationToken) => WithAsync(id, all, Variables, cancellationToken));
        instances.MapPost("/{id:guid}/journal", (Guid id, JournalRequest? request, int? skip, int? take, StudioInstances all, CancellationToken cancellationToken)
            => WithAsync(id, all, (found, reader, token) => JournalAsync(found, reader, request?.Filter, skip ?? 0, take ?? 100, token), cancellationToken));
        instances.MapGet("/{id:guid}/journal", (Guid id, int? skip, int? take, StudioInstances all, CancellationToken cancellationToken)
            => WithAsync(id, all, (found, reader, token) => JournalAsync(found, reader, null, skip ?? 0, take ?? 100, token), cancellationToken));

        api.MapPost("/activity-executions/report", (ReportRequest? request, StudioInstances all, CancellationToken cancellationToken)
            => WithAsync(request?.WorkflowInstanceId ?? Guid.Empty, all, (found, reader, token) => ReportAsync(found, reader, request?.ActivityNodeIds, token), cancellationToken));
        foreach (var path in new[] { "/activity-executions/list", "/activity-execution-summaries/list" })
        {
            api.MapGet(path, (Guid? workflowInstanceId, HttpRequest request, StudioInstances all, CancellationToken cancellationToken)
                => WithAsync(workflowInstanceId ?? Guid.Empty, all, (found, reader, token) => ExecutionsAsync(found, reader, [.. request.Query["ActivityNodeIds"].OfType<string>(), .. request.Query["ActivityNodeId"].OfType<string>()], token), cancellationToken));
        }
    }

    private static async Task<IResult> WithAsync(
        Guid id, StudioInstances all, Func<StudioInstances.Found, StudioInstances, CancellationToken, Task<IResult>> answer, CancellationToken cancellationToken)
        => await all.FindAsync(id, cancellationToken) is { } found ? await answer(found, all, cancellationToken) : OutcomeResults.NotFound();

    private static async Task<IResult> ListAsync(ListRequest? request, StudioInstances all, CancellationToken cancellationToken)
    {
        List<string> definitions = [.. request?.DefinitionIds ?? [], .. request?.DefinitionId is { Length: > 0 } one ? [one] : Array.Empty<string>()];
        var (page, total) = await all.ListAsync(
            definitions,
            request?.Status ?? (request?.Statuses is [var status, ..] ? status : null),
            request?.SubStatus ?? (request?.SubStatuses is [var subStatus, ..] ? subStatus : null),
            string.IsNullOrWhiteSpace(request?.SearchTerm) ? null : request.SearchTerm.Trim(),
            Math.Max(0, request?.Page ?? 0),
            Math.Clamp(request?.PageSize ?? 50, 1, 1_000),
            cancellationToken);
        return TypedResults.Ok(new
        {
            items = page.Select(row => new
            {
                id = row.Instance.Id,
                definitionId = row.Instance.DefinitionId,
                definitionVersionId = row.Instance.DefinitionVersionId,
                version = row.Version,
                status = row.Instance.Status,
                subStatus = row.Instance.SubStatus,
                correlationId = row.Instance.CorrelationId,
                name = row.Instance.Name,
                incidentCount = row.Instance.Trouble is null ? 0 : 1,
                createdAt = row.Instance.StartedAt,
                updatedAt = row.Instance.AdvancedAt,
                finishedAt = row.Instance.FinishedAt,
            }).ToList(),
            totalCount = total,
            links = Array.Empty<object>(),
        });
    }

    private static async Task<IResult> InstanceAsync(StudioInstances.Found found, StudioInstances all, CancellationToken cancellationToken)
    {
        var instance = found.Instance;
        var bookmarks = await all.BookmarksAsync(instance.Id, cancellationToken);
        var state = SaaS.Workflows.Runtime.InstanceState.FromJson(instance.State);
        return TypedResults.Ok(new
        {
            id = instance.Id,
            createdAt = instance.StartedAt,
            definitionId = found.DefinitionId,
            definitionVersionId = instance.DefinitionVersionId,
            version = found.Version,
            workflowState = new
            {
                id = instance.Id,
                definitionId = found.DefinitionId,
                definitionVersionId = instance.DefinitionVersionId,
                definitionVersion = found.Version,
                status = instance.Status,
                subStatus = instance.SubStatus,
                bookmarks = bookmarks.Select(bookmark => new
                {
                    id = bookmark.Id,
                    name = bookmark.Name,
                    hash = bookmark.Hash,
                    activityId = bookmark.ActivityId,
                    activityNodeId = StudioInstances.NodeOf(found, bookmark.ActivityId),
                    activityInstanceId = bookmark.Id,
                    autoBurn = true,
                }).ToList(),
                incidents = state.Incidents.Select(incident => new
                {
                    activityId = incident.ActivityId,
                    activityNodeId = StudioInstances.NodeOf(found, incident.ActivityId),
                    activityType = incident.ActivityType,
                    message = incident.Message,
                    timestamp = instance.AdvancedAt,
                }).ToList(),
                input = state.Input.ToJsonElement(),
                output = state.Output.ToJsonElement(),
                properties = new { },
                completionCallbacks = Array.Empty<object>(),
                activityExecutionContexts = Array.Empty<object>(),
            },
            status = instance.Status,
            subStatus = instance.SubStatus,
            correlationId = instance.CorrelationId,
            name = instance.Name,
            incidentCount = state.Incidents.Count,
            updatedAt = instance.AdvancedAt,
            finishedAt = instance.FinishedAt,
            links = Array.Empty<object>(),
        });
    }

    private static Task<IResult> Variables(StudioInstances.Found found, StudioInstances all, CancellationToken cancellationToken)
    {
        var state = SaaS.Workflows.Runtime.InstanceState.FromJson(found.Instance.State);
        var items = new List<object>();
        foreach (var (name, value) in state.Variables.Members is { } members ? members.Members : [])
        {
            items.Add(new { id = name, name, value = value.ToJsonElement() });
        }

        return Task.FromResult(DescriptorEndpoints.List(items));
    }

    private static async Task<IResult> JournalAsync(StudioInstances.Found found, StudioInstances all, JournalFilter? filter, int skip, int take, CancellationToken cancellationToken)
    {
        var journal = await all.JournalAsync(found.Instance.Id, cancellationToken);
        var visits = StudioInstances.Visits(found.Instance.Id, journal);
        var lines = journal
            .Where(line => filter?.ActivityIds is not { Count: > 0 } ids || ids.Contains(line.ActivityId))
            .Where(line => filter?.ActivityNodeIds is not { Count: > 0 } nodes || nodes.Contains(StudioInstances.NodeOf(found, line.ActivityId)))
            .Where(line => filter?.ExcludedActivityTypes is not { Count: > 0 } excluded || !excluded.Contains(line.ActivityType))
            .Where(line => filter?.EventNames is not { Count: > 0 } events || events.Contains(line.Event))
            .ToList();
        return TypedResults.Ok(new
        {
            items = lines.Skip(Math.Max(0, skip)).Take(Math.Clamp(take, 1, 1_000)).Select(line => Line(found, visits, line)).ToList(),
            totalCount = lines.Count,
        });
    }

    private static object Line(StudioInstances.Found found, IReadOnlyList<StudioInstances.Visit> visits, WorkflowJournalLine line) => new
    {
        id = $"{line.InstanceId}-{line.Sequence}",
        activityInstanceId = visits.LastOrDefault(visit => visit.ActivityId == line.ActivityId && visit.StartedAt <= line.At)?.Id,
        parentActivityInstanceId = (Guid?)null,
        activityId = line.ActivityId,
        activityType = line.ActivityType,
        activityTypeVersion = 1,
        activityName = StudioInstances.NameOf(found, line.ActivityId),
        nodeId = StudioInstances.NodeOf(found, line.ActivityId),
        timestamp = line.At,
        sequence = line.Sequence,
        eventName = line.Event,
        message = line.Outcome,
        source = line.Actor,
        activityState = new { },
        payload = StudioInstances.Json(line.Payload),
    };

    private static async Task<IResult> ReportAsync(StudioInstances.Found found, StudioInstances all, IReadOnlyList<string>? nodes, CancellationToken cancellationToken)
    {
        var visits = StudioInstances.Visits(found.Instance.Id, await all.JournalAsync(found.Instance.Id, cancellationToken));
        var waiting = (await all.BookmarksAsync(found.Instance.Id, cancellationToken)).Select(bookmark => bookmark.ActivityId).ToHashSet();
        var stats = visits.GroupBy(visit => visit.ActivityId)
            .Where(group => nodes is not { Count: > 0 } || nodes.Contains(StudioInstances.NodeOf(found, group.Key)))
            .Select(group => new
            {
                activityId = group.Key,
                activityNodeId = StudioInstances.NodeOf(found, group.Key),
                startedCount = group.Count(),
                completedCount = group.Count(visit => visit.Status == "Completed"),
                uncompletedCount = group.Count(visit => visit.EndedAt is null),
                isBlocked = waiting.Contains(group.Key),
                isFaulted = group.Any(visit => visit.Status == "Faulted"),
                aggregateFaultCount = group.Count(visit => visit.Status == "Faulted"),
                metadata = new { },
            }).ToList();
        return TypedResults.Ok(new { stats });
    }

    private static async Task<IResult> ExecutionsAsync(StudioInstances.Found found, StudioInstances all, IReadOnlyList<string> nodes, CancellationToken cancellationToken)
    {
        var waiting = (await all.BookmarksAsync(found.Instance.Id, cancellationToken)).Select(bookmark => bookmark.ActivityId).ToHashSet();
        return DescriptorEndpoints.List([.. StudioInstances.Visits(found.Instance.Id, await all.JournalAsync(found.Instance.Id, cancellationToken))
            .Where(visit => nodes.Count == 0 || nodes.Contains(StudioInstances.NodeOf(found, visit.ActivityId)))
            .Select(visit => (object)new
            {
                id = visit.Id,
                workflowInstanceId = found.Instance.Id,
                activityId = visit.ActivityId,
                activityNodeId = StudioInstances.NodeOf(found, visit.ActivityId),
                activityType = visit.ActivityType,
                activityTypeVersion = 1,
                activityName = StudioInstances.NameOf(found, visit.ActivityId),
                activityState = new { },
                payload = visit.Outcome is null ? null : new { Outcomes = visit.Outcome.Split(", ") },
                exception = (object?)null,
                outputs = new { },
                properties = new { },
                hasBookmarks = visit.EndedAt is null && waiting.Contains(visit.ActivityId),
                startedAt = visit.StartedAt,
                status = visit.Status,
                completedAt = visit.EndedAt,
            })]);
    }
}
