using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Data;
using SaaS.Workflows;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Programmes;

namespace SaaS.Platform.Programmes;

/// <summary>What the tiers of published versions are called, read in one query for all that a list shows.</summary>
public sealed class TierNames
{
    private readonly IReadOnlyDictionary<Guid, ActivityDefinition> choosers;

    private TierNames(IReadOnlyDictionary<Guid, ActivityDefinition> choosers) => this.choosers = choosers;

    public static async Task<TierNames> ReadAsync(GrantsDb db, IEnumerable<Guid> versionIds, CancellationToken cancellationToken)
    {
        List<Guid> wanted = [.. versionIds.Distinct()];
        var versions = await db.Set<DefinitionVersion>().AsNoTracking()
            .Where(version => wanted.Contains(version.Id))
            .Select(version => new { version.Id, version.Json })
            .ToListAsync(cancellationToken);
        var choosers = new Dictionary<Guid, ActivityDefinition>();
        foreach (var version in versions)
        {
            if (WorkflowDefinition.Parse(version.Json).Required.Root.Flowchart.Activities.FirstOrDefault(activity => activity.Type == "Grant.ChooseTier") is { } chooser)
            {
                choosers[version.Id] = chooser;
            }
        }

        return new TierNames(choosers);
    }

    /// <summary>The code itself where the reader does not see the version, or where the version has no such tier any more.</summary>
    public Words Of(Guid versionId, string tier) => choosers.TryGetValue(versionId, out var chooser) ? OutcomeNames.Of(chooser, tier) : new(tier, tier);
}
