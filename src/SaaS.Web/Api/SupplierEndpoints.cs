using SaaS.Platform.Refusals;
using SaaS.Platform.Suppliers;

namespace SaaS.Web.Api;

/// <summary>Suppliers that are not in the register: KOSMO's examination, and the firm's naming of another.</summary>
internal static class SupplierEndpoints
{
    public static void MapOversight(RouteGroupBuilder oversight)
    {
        oversight.MapGet("/suppliers", (ListSupplierCases list, CancellationToken cancellationToken) => list.RunAsync(cancellationToken));
        oversight.MapPost("/suppliers/{id:guid}", async (Guid id, DecideSupplier.Request request, DecideSupplier decide, CancellationToken cancellationToken)
            => (await decide.RunAsync(id, request, cancellationToken)).ToHttp());
    }

    public static void MapCompany(RouteGroupBuilder company)
        => company.MapPost("/applications/{id:guid}/supplier", async (Guid id, NameSupplier.Request request, NameSupplier name, CancellationToken cancellationToken)
            => (await name.RunAsync(id, request, cancellationToken)).ToHttp());
}
