using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Programmes;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Definitions;

namespace SaaS.Web.Elsa;

/// <summary>A tenant's definitions as Studio counts them: every published version, and the draft as the version that comes next.</summary>
public sealed class StudioDefinitions(GrantsDb db, CurrentActor actor)
{
    /// <summary>What a version is.</summary>
    /// <param name="Id">Of the version or of the draft.</param>
    /// <param name="Revision">To come back with the next save; 0 while there is no draft.</param>
    public sealed record Place(Guid Id, Guid ProgrammeId, string DefinitionId, int Version, bool IsLatest, bool IsPublished, Instant At, int Revision);

    public sealed record Version(Place Place, string Json);

    public bool MayPublish => actor.Is(MemberRole.Officer) || actor.Is(MemberRole.Approver);

    /// <summary>All versions of one definition, or of all, newest first.</summary>
    public async Task<IReadOnlyList<Version>> AllAsync(string? definitionId, CancellationToken cancellationToken)
    {
        var drafts = await db.Set<DefinitionDraft>().AsNoTracking().Where(draft => definitionId == null || draft.DefinitionId == definitionId).ToListAsync(cancellationToken);
        var versions = await db.Set<DefinitionVersion>().AsNoTracking().Where(version => definitionId == null || version.DefinitionId == definitionId).ToListAsync(cancellationToken);
        var retracted = (await db.Set<DefinitionRetraction>().AsNoTracking().Select(retraction => retraction.DefinitionVersionId).ToListAsync(cancellationToken)).ToHashSet();
        var newest = versions.GroupBy(version => version.ProgrammeId).ToDictionary(group => group.Key, group => group.Max(version => version.Version));
        var drafted = drafts.ToDictionary(draft => draft.ProgrammeId);
        return
        [
            .. drafts.Select(draft => new Version(
                new Place(draft.Id, draft.ProgrammeId, draft.DefinitionId, newest.GetValueOrDefault(draft.ProgrammeId) + 1, true, false, draft.SavedAt, draft.Revision), draft.Json))
            .Concat(versions.Select(version => new Version(
                new Place(
                    version.Id, version.ProgrammeId, version.DefinitionId, version.Version,
                    !drafted.ContainsKey(version.ProgrammeId) && version.Version == newest[version.ProgrammeId],
                    version.Version == newest[version.ProgrammeId] && !retracted.Contains(version.Id),
                    version.PublishedAt,
                    drafted.GetValueOrDefault(version.ProgrammeId)?.Revision ?? 0),
                version.Json)))
            .OrderBy(version => version.Place.DefinitionId, StringComparer.Ordinal).ThenByDescending(version => version.Place.Version),
        ];
    }

    /// <summary>One version as Elsa's <c>versionOptions</c> names it: Latest, Published, LatestOrPublished, Draft or a number.</summary>
    public async Task<Version?> FindAsync(string definitionId, string? options, CancellationToken cancellationToken)
        => Pick(await AllAsync(definitionId, cancellationToken), options).FirstOrDefault();

    public async Task<Version?> FindAsync(Guid id, CancellationToken cancellationToken)
        => (await AllAsync(null, cancellationToken)).FirstOrDefault(version => version.Place.Id == id);

    internal static IEnumerable<Version> Pick(IEnumerable<Version> versions, string? options) => options switch
    {
        null or "" or "Latest" or "LatestAndPublished" => versions.Where(version => version.Place.IsLatest),
        "LatestOrPublished" => versions.GroupBy(version => version.Place.DefinitionId).Select(group => group.FirstOrDefault(version => version.Place.IsLatest) ?? group.First()),
        "Published" => versions.Where(version => version.Place.IsPublished),
        "Draft" => versions.Where(version => version.Place is { IsLatest: true, IsPublished: false }),
        "AllVersions" => versions,
        _ when int.TryParse(options, out var number) => versions.Where(version => version.Place.Version == number),
        _ => [],
    };

    /// <summary>What the tenant's definitions hold: every type with its version and with the outcomes that its steps have there.</summary>
    public async Task<IReadOnlyDictionary<(string Type, int Version), IReadOnlyCollection<string>>> TypesAsync(CancellationToken cancellationToken)
    {
        var types = new Dictionary<(string, int), IReadOnlyCollection<string>>();
        foreach (var activity in (await AllAsync(null, cancellationToken)).SelectMany(version => Activities(WorkflowDefinition.Parse(version.Json).Required.Root)))
        {
            var type = ActivityCatalogue.Standard.Find(activity.Type);
            var outcomes = type?.Outcomes(activity) ?? [];
            var place = (activity.Type, activity.Version ?? type?.Descriptor.Version ?? 0);
            var known = types.GetValueOrDefault(place) ?? [];
            types[place] = [.. known, .. outcomes.Except(known)];
        }

        return types;
    }

    private static IEnumerable<ActivityDefinition> Activities(ActivityDefinition activity)
        => activity.Flowchart.Activities.SelectMany(Activities).Prepend(activity);
}
