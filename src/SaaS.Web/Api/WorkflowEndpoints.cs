using SaaS.Platform.Refusals;
using SaaS.Platform.Workflows;

namespace SaaS.Web.Api;

/// <summary>Running workflows of a tenant: what happened outside is told to them here.</summary>
internal static class WorkflowEndpoints
{
    public static void Map(RouteGroupBuilder tenantPlane)
    {
        tenantPlane.MapPost("/workflows/events", async (PublishWorkflowEvent.Request request, PublishWorkflowEvent publish, CancellationToken cancellationToken)
            => (await publish.RunAsync(request, cancellationToken)).ToHttp());
        tenantPlane.MapPost("/workflows/tasks/{taskId}", async (string taskId, CompleteWorkflowTask.Request request, CompleteWorkflowTask complete, CancellationToken cancellationToken)
            => (await complete.RunAsync(taskId, request, cancellationToken)).ToHttp());
    }
}
