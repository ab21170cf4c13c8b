using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Workflows;
using SaaS.Workflows.Definitions;

namespace SaaS.Platform.Programmes;

/// <summary>
/// Brings those who hold a workflow as an activity to its new version, where the workflow asks for that: in their drafts, and in a new
/// draft where a published one has none. To publish that stays a person's act, with a second pair of eyes and KOSMO where they are needed.
/// </summary>
public sealed class UpdateConsumers(IClock clock)
{
    /// <param name="db">The tenant's context in a transaction; the caller saves.</param>
    /// <param name="version">The workflow's version that counts now.</param>
    /// <param name="by">Who published it; without a person (the operator's command) no draft is begun.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async Task RunAsync(GrantsDb db, DefinitionVersion version, Guid? by, CancellationToken cancellationToken)
    {
        if (!WorkflowDefinition.Parse(version.Json).Required.AutoUpdatesConsumers)
        {
            return;
        }

        var used = new UsedVersion(version.DefinitionId, version.Id.ToString(), version.Version);
        var now = clock.GetCurrentInstant();
        var drafts = await db.Set<DefinitionDraft>().Where(draft => draft.ProgrammeId != version.ProgrammeId).ToListAsync(cancellationToken);
        foreach (var draft in drafts)
        {
            if (used.TakeUp(draft.Json) is { } json)
            {
                draft.Rewrite(json, now);
            }
        }

        if (by is not { } person)
        {
            return;
        }

        var published = (await PublishedVersions.AllAsync(db, cancellationToken)).Values;
        var drafted = drafts.Select(draft => draft.ProgrammeId).Append(version.ProgrammeId).ToList();
        foreach (var consumer in await db.Set<DefinitionVersion>().AsNoTracking()
            .Where(each => published.Contains(each.Id) && !drafted.Contains(each.ProgrammeId) && each.Json.Contains(version.DefinitionId))
            .ToListAsync(cancellationToken))
        {
            if (used.TakeUp(consumer.Json) is { } json)
            {
                db.Add(new DefinitionDraft(consumer.ProgrammeId, consumer.DefinitionId, json, person, now));
            }
        }
    }
}
