using SaaS.Workflows.Activities;

namespace SaaS.Workflows.Programmes;

/// <summary>The activities of a grant programme.</summary>
public static class GrantActivities
{
    public static IReadOnlyList<ActivityType> All { get; } = [];
}
