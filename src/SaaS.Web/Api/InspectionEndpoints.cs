using SaaS.Platform.Inspections;
using SaaS.Platform.Refusals;

namespace SaaS.Web.Api;

/// <summary>The inspections given to an inspector.</summary>
internal static class InspectionEndpoints
{
    public static void Map(RouteGroupBuilder assess)
    {
        assess.MapGet("/inspections", (ListInspections list, CancellationToken cancellationToken) => list.RunAsync(cancellationToken));
        assess.MapGet("/inspections/{id:guid}", async (Guid id, ListInspections list, CancellationToken cancellationToken)
            => (await list.FindAsync(id, cancellationToken)).ToHttp());
        assess.MapPost("/inspections/{id:guid}", async (Guid id, RecordInspection.Request request, RecordInspection record, CancellationToken cancellationToken)
            => (await record.RunAsync(id, request, cancellationToken)).ToHttp());
    }
}
