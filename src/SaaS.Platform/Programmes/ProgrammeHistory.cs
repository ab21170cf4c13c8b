using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Comparison;
using SaaS.Workflows.Definitions;

namespace SaaS.Platform.Programmes;

/// <summary>A programme's versions, newest first: who published each and why, in what any two differ, and what was sent back on the way.</summary>
public sealed class ProgrammeHistory(GrantsDb db)
{
    /// <param name="Revision">Of the draft; 0 where there is none.</param>
    /// <param name="Returns">Drafts that a second person sent back, newest first.</param>
    public sealed record History(Guid Id, string Ko, string En, int Revision, IReadOnlyList<Version> Versions, IReadOnlyList<DraftReturn> Returns);

    /// <param name="PublishedBy">Null when the operator's command did it.</param>
    /// <param name="ApprovedBy">Of KOSMO, where it had to approve.</param>
    /// <param name="Applications">How many follow it.</param>
    public sealed record Version(
        Guid Id, int Number, string Hash, Instant PublishedAt, Guid? PublishedBy, string? Reason, Guid? ApprovedBy, string? ApprovalReason, bool IsRetracted, int Applications);

    public async Task<Outcome<History>> RunAsync(Guid programmeId, CancellationToken cancellationToken)
    {
        var programme = await db.Set<Programme>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == programmeId, cancellationToken);
        if (programme is null)
        {
            return Absent.Row;
        }

        var versions = await db.Set<DefinitionVersion>().AsNoTracking()
            .Where(version => version.ProgrammeId == programmeId)
            .OrderByDescending(version => version.Version)
            .Select(version => new
            {
                version.Id,
                version.Version,
                version.Hash,
                version.PublishedAt,
                version.PublishedBy,
                version.Reason,
                IsRetracted = db.Set<DefinitionRetraction>().Any(retraction => retraction.DefinitionVersionId == version.Id),
                Applications = db.Set<GrantApplication>().Count(application => application.DefinitionVersionId == version.Id),
            })
            .ToListAsync(cancellationToken);
        var approvals = (await db.Set<PublicationRequest>().AsNoTracking()
            .Where(request => request.ProgrammeId == programmeId && request.VersionId != null)
            .Select(request => new { request.VersionId, request.DecidedBy, request.DecisionReason })
            .ToListAsync(cancellationToken)).ToLookup(request => request.VersionId!.Value);
        var returns = await db.Set<DraftReturn>().AsNoTracking().Where(row => row.ProgrammeId == programmeId).OrderByDescending(row => row.ReturnedAt).ToListAsync(cancellationToken);
        var revision = await db.Set<DefinitionDraft>().Where(draft => draft.ProgrammeId == programmeId).Select(draft => draft.Revision).SingleOrDefaultAsync(cancellationToken);
        return new History(programme.Id, programme.Ko, programme.En, revision, [.. versions.Select(version =>
        {
            var approval = approvals[version.Id].FirstOrDefault();
            return new Version(
                version.Id, version.Version, version.Hash, version.PublishedAt, version.PublishedBy, version.Reason, approval?.DecidedBy, approval?.DecisionReason, version.IsRetracted, version.Applications);
        })], returns);
    }

    /// <summary>In what version <paramref name="to"/> differs from version <paramref name="from"/>, in words.</summary>
    public async Task<Outcome<IReadOnlyList<Difference>>> CompareAsync(Guid programmeId, int from, int to, CancellationToken cancellationToken)
    {
        var texts = await db.Set<DefinitionVersion>().AsNoTracking()
            .Where(version => version.ProgrammeId == programmeId && (version.Version == from || version.Version == to))
            .ToDictionaryAsync(version => version.Version, version => version.Json, cancellationToken);
        return texts.TryGetValue(from, out var before) && texts.TryGetValue(to, out var after)
            ? new Outcome<IReadOnlyList<Difference>>.Done(DefinitionDifferences.Between(WorkflowDefinition.Parse(before).Required, WorkflowDefinition.Parse(after).Required))
            : Absent.Row;
    }
}
