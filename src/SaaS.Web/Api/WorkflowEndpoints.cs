using SaaS.Platform.Refusals;
using SaaS.Platform.Workflows;

namespace SaaS.Web.Api;

/// <summary>Running workflows of a tenant: what happened outside is told to them here.</summary>
internal static class WorkflowEndpoints
{
    public static void MapReading(RouteGroupBuilder plane)
    {
        plane.MapGet("/workflows", (string? q, string? state, string? definition, int? page, int? pageSize, ListInstances list, CancellationToken cancellationToken)
            => list.RunAsync(new ListInstances.Query { Search = q, State = state, Definition = definition, Page = page ?? 1, PageSize = pageSize ?? 20 }, cancellationToken));
        plane.MapGet("/workflows/{id:guid}", async (Guid id, ViewInstance view, CancellationToken cancellationToken)
            => (await view.RunAsync(id, cancellationToken)).ToHttp());
    }

    public static void Map(RouteGroupBuilder tenantPlane)
    {
        tenantPlane.MapPost("/workflows/{id:guid}/cancel", async (Guid id, CancelInstance.Request request, CancelInstance cancel, CancellationToken cancellationToken)
            => (await cancel.RunAsync(id, request, cancellationToken)).ToHttp());
        tenantPlane.MapPost("/workflows/{id:guid}/retry", async (Guid id, RetryInstance retry, CancellationToken cancellationToken)
            => (await retry.RunAsync(id, cancellationToken)).ToHttp());
        tenantPlane.MapGet("/programmes/{programmeId:guid}/moves", async (Guid programmeId, int? from, int? to, PlanMoves plan, CancellationToken cancellationToken)
            => (await plan.RunAsync(programmeId, from, to, cancellationToken)).ToHttp());
        tenantPlane.MapPost("/programmes/{programmeId:guid}/moves", async (Guid programmeId, MoveInstances.Request request, MoveInstances move, CancellationToken cancellationToken)
            => (await move.RunAsync(programmeId, request, cancellationToken)).ToHttp());
        tenantPlane.MapPost("/workflows/events", async (PublishWorkflowEvent.Request request, PublishWorkflowEvent publish, CancellationToken cancellationToken)
            => (await publish.RunAsync(request, cancellationToken)).ToHttp());
        tenantPlane.MapPost("/workflows/tasks/{taskId}", async (string taskId, CompleteWorkflowTask.Request request, CompleteWorkflowTask complete, CancellationToken cancellationToken)
            => (await complete.RunAsync(taskId, request, cancellationToken)).ToHttp());
    }
}
