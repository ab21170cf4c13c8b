namespace SaaS.Web.Kit;

/// <summary>Where a step of a case stands.</summary>
public enum StepState
{
    Ahead,
    Current,
    Done,
    Skipped,
    Stopped,
}

/// <summary>
/// A step of a programme as people see it. <c>Kind</c> is what it is in a word: national stage, decision, task.
/// <c>Exits</c> are outcomes that lead out of the programme, in words, shown beside the step instead of as steps.
/// </summary>
public sealed record FlowStep(string Id, string Title, string Kind, StepState State, string? Detail = null, bool National = false, IReadOnlyList<string>? Exits = null);

/// <summary>An arrow between two steps, with the outcome that takes it.</summary>
public sealed record FlowArrow(string From, string To, string? Label = null);

/// <summary>A programme's steps and the arrows between them, in the order of its list.</summary>
public sealed record FlowGraph(IReadOnlyList<FlowStep> Steps, IReadOnlyList<FlowArrow> Arrows);
