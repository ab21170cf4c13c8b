using System.Text.Json;
using System.Text.Json.Nodes;
using SaaS.Workflows.Comparison;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Designing;

/// <summary>Whose of two changes of the same step holds.</summary>
public enum MergeSide
{
    Mine,
    Theirs,
}

/// <summary>A step that two people changed, each in another way. Its ways on belong to it.</summary>
/// <param name="Step">The activity's id; empty for the programme as a whole.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Mine">What I changed, in words.</param>
/// <param name="Theirs">What the other one changed.</param>
public sealed record MergeClash(string Step, Words Name, IReadOnlyList<Difference> Mine, IReadOnlyList<Difference> Theirs);

/// <summary>
/// Two people's work on one draft, made one: what only one of them touched is taken from him, and where both changed the same step in
/// different ways somebody has to choose. Nothing is overwritten unseen.
/// </summary>
/// <param name="Design">Both people's work. Where nobody has chosen yet, mine.</param>
/// <param name="Clashes">What is still to be chosen, in the order of the steps.</param>
/// <param name="Theirs">All that the other one changed, in words.</param>
public sealed record DraftMerge(Design Design, IReadOnlyList<MergeClash> Clashes, IReadOnlyList<Difference> Theirs)
{
    /// <summary>Takes the other one's side wherever both changed the same.</summary>
    public static Design InFavourOfTheirs(Design before, Design mine, Design theirs) => Of(before, mine, theirs, _ => MergeSide.Theirs).Design;

    /// <param name="before">What both began with.</param>
    /// <param name="mine">What I made of it.</param>
    /// <param name="theirs">What the other one made of it.</param>
    /// <param name="choice">For a step (empty: the programme as a whole) that both changed; null where nobody has chosen.</param>
    public static DraftMerge Of(Design before, Design mine, Design theirs, Func<string, MergeSide?> choice)
    {
        mine = mine.Apart(before, theirs);
        var changes = new Changes(before, mine, theirs, choice);
        var merged = DraftMergeMembers.Of(
            new Sides(before.Definition.Json, mine.Definition.Json, theirs.Definition.Json),
            new DraftMergeSteps(before, mine, theirs, changes.Decide), changes.Decide);
        return new DraftMerge(
            Design.Of(WorkflowDefinition.Parse(((JsonObject)merged!).ToJsonString()).Required), changes.Clashes, changes.Theirs);
    }

    /// <summary>Decides for a step that both changed, and keeps what nobody has decided.</summary>
    private sealed class Changes(Design before, Design mine, Design theirs, Func<string, MergeSide?> choice)
    {
        private readonly IReadOnlyList<Difference> _mine = DefinitionDifferences.Between(before.Definition, mine.Definition);
        private readonly List<MergeClash> _clashes = [];

        public IReadOnlyList<Difference> Theirs { get; } = DefinitionDifferences.Between(before.Definition, theirs.Definition);

        public IReadOnlyList<MergeClash> Clashes => _clashes;

        public MergeSide Decide(string step)
        {
            var (ours, other) = (Of(_mine, step), Of(Theirs, step));
            if (ours.Count == 0 || other.Count == 0)
            {
                // Where a step stands on the canvas, and the like, is nobody's decision.
                return ours.Count > 0 ? MergeSide.Mine : MergeSide.Theirs;
            }

            if (choice(step) is { } chosen)
            {
                return chosen;
            }

            if (_clashes.All(clash => clash.Step != step))
            {
                _clashes.Add(new MergeClash(step, NameOf(step), ours, other));
            }

            return MergeSide.Mine;
        }

        private static List<Difference> Of(IEnumerable<Difference> all, string step) => [.. all.Where(difference => (difference.ActivityId ?? "") == step)];

        private Words NameOf(string step)
        {
            var found = new[] { mine, theirs, before }.SelectMany(design => design.Definition.Root.Flowchart.Activities).FirstOrDefault(activity => activity.Id == step);
            return found is null ? new Words("사업 전체", "The programme as a whole") : StepNames.Of(found);
        }
    }
}

/// <summary>The same place in what was before, in mine and in theirs; null where it is not there.</summary>
internal readonly record struct Sides(JsonElement? Before, JsonElement? Mine, JsonElement? Theirs)
{
    /// <summary>Null when both changed it, each in another way.</summary>
    public MergeSide? Side => Same(Mine, Theirs) || Same(Before, Theirs) ? MergeSide.Mine : Same(Before, Mine) ? MergeSide.Theirs : null;

    public JsonElement? Of(MergeSide side) => side == MergeSide.Mine ? Mine : Theirs;

    public Sides Member(string name) => new(Member(Before, name), Member(Mine, name), Member(Theirs, name));

    public static bool Same(JsonElement? one, JsonElement? other)
        => one is { } left && other is { } right ? JsonElement.DeepEquals(left, right) : one is null && other is null;

    private static JsonElement? Member(JsonElement? holder, string name)
        => holder is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var value) ? value : null;
}
