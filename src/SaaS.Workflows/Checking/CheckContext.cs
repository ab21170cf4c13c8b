using SaaS.Workflows.Activities;
using SaaS.Workflows.Compilation;

namespace SaaS.Workflows.Checking;

/// <summary>What a definition is checked against.</summary>
public sealed record CheckContext
{
    /// <summary>Elsa's activities and ours, and the national guard rails as they are shipped.</summary>
    public static CheckContext Standard { get; } = new();

    /// <summary>The activities there are.</summary>
    public ActivityCatalogue Catalogue { get; init; } = ActivityCatalogue.Standard;

    /// <summary>The national operator's limits that hold on the day of the check.</summary>
    public GuardRails Rails { get; init; } = GuardRails.Shipped;

    /// <summary>Where workflows that are used as activities are found; none unless given.</summary>
    public WorkflowResolver? Resolver { get; init; }
}
