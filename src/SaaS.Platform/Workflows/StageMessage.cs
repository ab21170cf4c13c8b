using System.Text.Json;

namespace SaaS.Platform.Workflows;

/// <summary>The payload of an outbox message that a bookmark or an effect of a workflow made.</summary>
public sealed record StageMessage
{
    /// <summary>Where the workflow waits, to be given to <see cref="WorkflowInstances"/>; null for an effect, for which nothing waits.</summary>
    public Guid? BookmarkId { get; init; }

    public required Guid InstanceId { get; init; }

    /// <summary>The activity in the definition.</summary>
    public required string ActivityId { get; init; }

    /// <summary>What the activity says: <c>{ stage, …parameters }</c> of a stage, the parameters of an effect.</summary>
    public required JsonElement Parameters { get; init; }
}
