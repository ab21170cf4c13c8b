using SaaS.Platform.Refusals;
using SaaS.Platform.Tasks;

namespace SaaS.Web.Api;

/// <summary>Tasks of the organisation acted for.</summary>
internal static class TaskEndpoints
{
    public static void Map(RouteGroupBuilder plane)
    {
        plane.MapGet("/tasks", (Guid? application, ListTasks list, CancellationToken cancellationToken) => list.RunAsync(application, cancellationToken));
        plane.MapPost("/tasks/{id:guid}", async (Guid id, CompleteTask.Request request, CompleteTask complete, CancellationToken cancellationToken)
            => (await complete.RunAsync(id, request, cancellationToken)).ToHttp());
    }
}
