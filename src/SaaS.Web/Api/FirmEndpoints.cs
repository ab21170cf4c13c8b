using SaaS.Platform.Firms;
using SaaS.Platform.Refusals;

namespace SaaS.Web.Api;

/// <summary>A firm's own facts and factories.</summary>
internal static class FirmEndpoints
{
    public static void Map(RouteGroupBuilder company)
    {
        company.MapGet("/firm", async (ViewFirm view, CancellationToken cancellationToken) => (await view.RunAsync(cancellationToken)).ToHttp());
        company.MapPut("/firm", async (UpdateFirm.Request request, UpdateFirm update, CancellationToken cancellationToken)
            => (await update.RunAsync(request, cancellationToken)).ToHttp(_ => TypedResults.NoContent()));
        company.MapGet("/facilities", async (ViewFirm view, CancellationToken cancellationToken)
            => (await view.RunAsync(cancellationToken)).ToHttp(firm => TypedResults.Ok(firm.Facilities)));
        company.MapPost("/facilities", async (AddFacility.Request request, AddFacility add, CancellationToken cancellationToken)
            => (await add.RunAsync(request, cancellationToken)).ToHttp(facility => TypedResults.Created("/api/company/facilities", new { facility.Id })));
    }
}
