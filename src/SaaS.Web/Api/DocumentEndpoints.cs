using Microsoft.AspNetCore.Mvc;
using SaaS.Platform.Documents;
using SaaS.Platform.Refusals;

namespace SaaS.Web.Api;

/// <summary>The files of a case: the firm gives them, whoever sees its papers fetches them.</summary>
internal static class DocumentEndpoints
{
    public static void MapReading(RouteGroupBuilder plane)
        => plane.MapGet("/documents/{id:guid}", async (Guid id, ListDocuments documents, CancellationToken cancellationToken)
            => (await documents.OpenAsync(id, cancellationToken)).ToHttp(found => TypedResults.File(found.Content, found.MediaType, found.Name)));

    public static void MapCompany(RouteGroupBuilder company)
        => company.MapPost("/applications/{id:guid}/documents", async (
            Guid id, IFormFile? file, [FromForm] string? code, UploadDocument upload, CancellationToken cancellationToken) =>
        {
            var outcome = await upload.RunAsync(id, RequestFor(code, file), cancellationToken);
            return outcome.WhyNot is [{ Code: UploadDocument.TooLarge }]
                ? OutcomeResults.Problem(StatusCodes.Status413PayloadTooLarge, outcome.WhyNot)
                : outcome.ToHttp(stored => TypedResults.Created($"/api/company/documents/{stored.Id}", stored));
        });

    internal static UploadDocument.Request RequestFor(string? code, IFormFile? file) => new(code, file?.FileName, file?.Length ?? 0, async cancellationToken =>
    {
        using var content = new MemoryStream((int)file!.Length);
        await file.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    });
}
