using SaaS.Workflows.Runtime;

namespace SaaS.Workflows.Migration;

/// <summary>What an answer to a waiting step would lead to under the new version.</summary>
/// <param name="ActivityId">The waiting step.</param>
/// <param name="Outcome">The answer; null where the step takes none, such as an event.</param>
/// <param name="Next">Ids of the steps that the case waits at afterwards; empty where it is finished.</param>
public sealed record MoveOutlook(string ActivityId, string? Outcome, IReadOnlyList<string> Next);

/// <summary>Something to know before an instance is moved.</summary>
/// <param name="Code">A stable name, for example <c>waiting-step-is-gone</c>.</param>
/// <param name="ActivityId">The step that it is about, if it is about one.</param>
/// <param name="Stops">The instance cannot be moved because of it.</param>
/// <param name="Sentence">For whoever decides.</param>
public sealed record MoveFinding(string Code, string? ActivityId, bool Stops, Words Sentence);

/// <summary>What moving one instance to another version of its definition would do. Nothing has happened yet.</summary>
public sealed record InstanceMove
{
    /// <summary>The instance under the new version; null when something stops the move. No step has run for it.</summary>
    public InstanceState? State { get; init; }

    /// <summary>Ids of the steps at which it waits now and will wait afterwards.</summary>
    public required IReadOnlyList<string> WaitsAt { get; init; }

    public required IReadOnlyList<MoveFinding> Findings { get; init; }

    /// <summary>Differences of the new version that this instance will still meet.</summary>
    public required IReadOnlyList<Comparison.Difference> Applies { get; init; }

    /// <summary>Differences in steps that this instance has behind it: they change nothing for it.</summary>
    public required IReadOnlyList<Comparison.Difference> ComesTooLate { get; init; }

    public required IReadOnlyList<MoveOutlook> Outlook { get; init; }

    public bool IsPossible => State is not null;
}
