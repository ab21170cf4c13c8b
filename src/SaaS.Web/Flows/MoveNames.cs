using SaaS.Workflows.Definitions;

namespace SaaS.Web.Flows;

/// <summary>Steps and answers of two versions of a programme by what people call them; the first version that knows a step names it.</summary>
public sealed class MoveNames(StepWords? words, IReadOnlyList<WorkflowDefinition> versions)
{
    public static MoveNames None { get; } = new(null, []);

    public string Step(string activityId) => Find(activityId) is { } activity && words is not null ? words.Title(activity) : activityId;

    /// <summary>Null for an answer that goes without saying.</summary>
    public string? Answer(string activityId, string? outcome) =>
        outcome is not null && words is not null && Find(activityId) is { } activity ? words.Outcome(activity, outcome) : outcome;

    private ActivityDefinition? Find(string activityId) =>
        versions.SelectMany(version => version.Root.Flowchart.Activities).FirstOrDefault(activity => activity.Id == activityId);
}
