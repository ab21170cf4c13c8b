using System.Collections.Frozen;
using SaaS.Workflows.Activities.Elsa;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Activities;

/// <summary>The activity types that a definition may use. Never changes once made.</summary>
public sealed class ActivityCatalogue
{
    private readonly FrozenDictionary<string, ActivityType> _byType;

    public ActivityCatalogue(IEnumerable<ActivityType> types)
    {
        All = [.. types];
        _byType = All.ToFrozenDictionary(type => type.Descriptor.TypeName, StringComparer.Ordinal);
    }

    /// <summary>Elsa's activities and ours.</summary>
    public static ActivityCatalogue Standard { get; } = new([.. ElsaActivities.All, .. GrantActivities.All]);

    public IReadOnlyList<ActivityType> All { get; }

    /// <summary>The type of that name; null when there is none.</summary>
    public ActivityType? Find(string typeName) => _byType.GetValueOrDefault(typeName);

    /// <summary>This catalogue and more types.</summary>
    public ActivityCatalogue With(params IEnumerable<ActivityType> types) => new([.. All, .. types]);
}
