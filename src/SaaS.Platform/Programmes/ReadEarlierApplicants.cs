using System.Text;
using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Programmes;

/// <summary>The applicants of one of the tenant's own calls, to be simulated. Who was refused at the door left no facts and is not among them.</summary>
public sealed class ReadEarlierApplicants(PlaneDb planes)
{
    /// <param name="Jsonl">The input Application of each, one a line, in the order of their arrival.</param>
    /// <param name="Names">What the firms are called, by the id that the lines carry.</param>
    public sealed record Applicants(byte[] Jsonl, IReadOnlyDictionary<string, (string Ko, string En)> Names);

    public async Task<Outcome<Applicants>> RunAsync(DraftAuthor author, Guid callId, CancellationToken cancellationToken)
    {
        await using var db = author.Open(planes);
        if (await author.WhyNotAsync(db, null, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var rows = await db.Set<GrantApplication>().AsNoTracking()
            .Where(application => application.CallId == callId)
            .OrderBy(application => application.SubmittedAt).ThenBy(application => application.Id)
            .Select(application => new { application.FirmId, application.FirmNameKo, application.FirmNameEn, application.Facts })
            .ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return Absent.Row;
        }

        // jsonb is written without line breaks.
        return new Applicants(
            Encoding.UTF8.GetBytes(string.Join('\n', rows.Select(row => row.Facts)) + "\n"),
            rows.DistinctBy(row => row.FirmId).ToDictionary(row => row.FirmId.ToString(), row => (row.FirmNameKo, row.FirmNameEn)));
    }
}
