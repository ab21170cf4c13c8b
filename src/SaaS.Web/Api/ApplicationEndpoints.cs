using Microsoft.AspNetCore.Mvc;
using SaaS.Platform.Applications;
using SaaS.Platform.Refusals;

namespace SaaS.Web.Api;

/// <summary>Applications: trying one out, submitting one, and reading cases on every plane that sees them.</summary>
internal static class ApplicationEndpoints
{
    public static void MapApplying(RouteGroupBuilder company)
    {
        company.MapPost("/calls/{id:guid}/preview", async (
            Guid id, ApplicationRequest request, PreviewApplication preview, CancellationToken cancellationToken)
            => (await preview.RunAsync(id, request, cancellationToken)).ToHttp());
        company.MapPost("/calls/{id:guid}/applications", async (
            Guid id, ApplicationRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, SubmitApplication submit, CancellationToken cancellationToken)
            => (await submit.RunAsync(id, request, key, cancellationToken)).ToHttp(
                receipt => receipt.IsRepeat ? TypedResults.Ok(receipt) : TypedResults.Created($"/api/company/applications/{receipt.ApplicationId}", receipt)));
        company.MapPost("/applications/{id:guid}/withdrawal", async (
            Guid id, WithdrawApplication.Request request, WithdrawApplication withdraw, CancellationToken cancellationToken)
            => (await withdraw.RunAsync(id, request, cancellationToken)).ToHttp());
    }

    public static void MapReading(RouteGroupBuilder plane)
    {
        plane.MapGet("/applications", (
            string? search, ApplicationStatus? status, string? tier, Guid? call, string? of, string? sort, int? page, int? pageSize,
            ListApplications list, CancellationToken cancellationToken)
            => list.RunAsync(
                new ListApplications.Query
                {
                    Search = search,
                    Status = status,
                    Tier = tier,
                    Call = call,
                    Tenant = of,
                    Sort = sort,
                    Page = page ?? 1,
                    PageSize = pageSize ?? 20,
                },
                cancellationToken));
        plane.MapGet("/applications/{id:guid}", async (Guid id, ViewApplication view, CancellationToken cancellationToken)
            => (await view.RunAsync(id, cancellationToken)).ToHttp());
    }
}
