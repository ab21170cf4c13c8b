using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Programmes;

namespace SaaS.Platform.Documents;

/// <summary>The documents of a case with their files, for those who see the case; a supplier sees the case and not the firm's papers.</summary>
public sealed class ListDocuments(GrantsDb db, CompiledDefinitions definitions)
{
    /// <param name="Code">The programme's document.</param>
    /// <param name="Ko">Its name.</param>
    /// <param name="En">The same in English.</param>
    /// <param name="Required">By the programme.</param>
    /// <param name="Files">What was uploaded, the newest first.</param>
    public sealed record Row(string Code, string Ko, string En, bool Required, IReadOnlyList<File> Files);

    public sealed record File(Guid Id, string Name, long Size, string Hash, Instant UploadedAt);

    public sealed record Download(string Name, string MediaType, byte[] Content);

    /// <returns>Empty when the reader does not see the case.</returns>
    public async Task<IReadOnlyList<Row>> RunAsync(Guid applicationId, CancellationToken cancellationToken)
    {
        var version = await db.Set<GrantApplication>().Where(application => application.Id == applicationId)
            .Select(application => (Guid?)application.DefinitionVersionId).SingleOrDefaultAsync(cancellationToken);
        if (version is not { } known || db.Context.Plane is Plane.Supplier)
        {
            return [];
        }

        var files = (await db.Set<ApplicationDocument>().AsNoTracking()
            .Where(document => document.ApplicationId == applicationId)
            .OrderByDescending(document => document.UploadedAt).ThenBy(document => document.Id)
            .Select(document => new { document.Code, File = new File(document.Id, document.Name, document.Size, document.Hash, document.UploadedAt) })
            .ToListAsync(cancellationToken)).ToLookup(row => row.Code, row => row.File);
        var outline = ProgrammeOutline.Read(await definitions.GetAsync(db, known, cancellationToken));
        return [.. outline.Documents.Select(document => new Row(document.Code, document.Name.Ko, document.Name.En, document.Required, [.. files[document.Code]]))];
    }

    public async Task<Outcome<Download>> OpenAsync(Guid documentId, CancellationToken cancellationToken)
        => await db.Set<ApplicationDocument>().AsNoTracking()
            .Where(document => document.Id == documentId)
            .Select(document => new Download(document.Name, document.MediaType, document.Content))
            .SingleOrDefaultAsync(cancellationToken) is { } found ? found : Absent.Row;
}
