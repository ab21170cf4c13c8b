using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Data;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Programmes;

/// <summary>Makes an old version the draft of the next one; what the draft held before is gone, the versions stay as they are.</summary>
public sealed class RevertDraft(PlaneDb planes, SaveDraft save)
{
    /// <param name="author">Who does it.</param>
    /// <param name="programmeId">The programme.</param>
    /// <param name="version">The number of the version to return to.</param>
    /// <param name="revision">The revision of the draft that the person saw; 0 where there was none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Outcome<SaveDraft.Saved>> RunAsync(DraftAuthor author, Guid programmeId, int version, int revision, CancellationToken cancellationToken)
    {
        string? json;
        await using (var db = author.Open(planes))
        {
            json = await db.Set<DefinitionVersion>().Where(row => row.ProgrammeId == programmeId && row.Version == version).Select(row => row.Json).SingleOrDefaultAsync(cancellationToken);
        }

        return json is null ? Absent.Row : await save.RunAsync(author, programmeId, json, revision, cancellationToken);
    }
}
