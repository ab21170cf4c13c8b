using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using SaaS.Workflows.Designing;
using Xunit;

namespace SaaS.UnitTests.Programmes;

/// <summary>Two officials work on one draft at once.</summary>
public sealed class DraftMergeTests
{
    private static readonly Design Food = Design.Of(ShippedProgrammes.Definition("tenants/jeonnam/programmes/food-2025.json"));

    private static readonly Gen<(int Step, int Kind, int Number)[]> Edits = Gen.Select(Gen.Int[0, 60], Gen.Int[0, 4], Gen.Int[1, 90]).Array[1, 5];

    [Fact]
    public void What_one_of_two_officials_changed_alone_is_taken_from_each()
    {
        var mine = Food.SetInput("evaluation", "passMark", 65);
        var theirs = Food.SetInput("agreement", "withinDays", 20).Rename("application", new("신청 받기", "Take applications"));

        var merge = DraftMerge.Of(Food, mine, theirs, _ => null);

        Assert.Empty(merge.Clashes);
        Assert.Equal(65, Number(merge.Design, "evaluation", "passMark"));
        Assert.Equal(20, Number(merge.Design, "agreement", "withinDays"));
        Assert.Contains(merge.Theirs, difference => difference.ActivityId == "agreement");
        Assert.Contains("신청 받기", merge.Design.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_both_changed_is_asked_about_in_words_and_holds_as_chosen()
    {
        var mine = Food.SetInput("evaluation", "passMark", 65);
        var theirs = Food.SetInput("evaluation", "passMark", 70);

        var clash = Assert.Single(DraftMerge.Of(Food, mine, theirs, _ => null).Clashes);

        Assert.Equal("evaluation", clash.Step);
        Assert.EndsWith("→ 65", Assert.Single(clash.Mine).Sentence.Ko, StringComparison.Ordinal);
        Assert.EndsWith("→ 70", Assert.Single(clash.Theirs).Sentence.En, StringComparison.Ordinal);
        Assert.Equal(65, Number(DraftMerge.Of(Food, mine, theirs, _ => MergeSide.Mine).Design, "evaluation", "passMark"));
        Assert.Equal(70, Number(DraftMerge.Of(Food, mine, theirs, _ => MergeSide.Theirs).Design, "evaluation", "passMark"));
    }

    [Fact]
    public void The_same_change_by_both_is_no_question()
    {
        var merge = DraftMerge.Of(Food, Food.SetInput("evaluation", "passMark", 65), Food.SetInput("evaluation", "passMark", 65), _ => null);

        Assert.Empty(merge.Clashes);
        Assert.Equal(65, Number(merge.Design, "evaluation", "passMark"));
    }

    [Fact]
    public void Two_tasks_added_at_once_are_two_tasks()
    {
        var mine = Food.AddStep("Grant.HumanTask", "application", "Accepted", out var my).Rename(my, new("센터 의견", "Centre's opinion"));
        var theirs = Food.AddStep("Grant.HumanTask", "evaluation", "Selected", out var other).Rename(other, new("군 의견", "County's opinion"));
        Assert.Equal(my, other);

        var merge = DraftMerge.Of(Food, mine, theirs, _ => null);

        Assert.Empty(merge.Clashes);
        Assert.Contains("센터 의견", merge.Design.ToJson(), StringComparison.Ordinal);
        Assert.Contains("군 의견", merge.Design.ToJson(), StringComparison.Ordinal);
        var steps = merge.Design.Definition.Root.Flowchart.Activities.Select(step => step.Id).ToList();
        Assert.Equal(steps.Count, steps.Distinct().Count());
        Assert.All(merge.Design.Definition.Root.Flowchart.Connections, way => Assert.True(steps.Contains(way.Source) && steps.Contains(way.Target), way.ToString()));
    }

    [Fact]
    public void A_step_taken_out_by_one_and_changed_by_the_other_is_asked_about()
    {
        var task = Food.AddStep("Grant.HumanTask", "application", "Accepted", out var id);

        var merge = DraftMerge.Of(task, task.RemoveStep(id), task.Rename(id, new("센터 의견", "Centre's opinion")), _ => null);

        Assert.Equal(id, Assert.Single(merge.Clashes).Step);
        Assert.DoesNotContain(merge.Design.Definition.Root.Flowchart.Connections, way => way.Target == id);
    }

    [Fact]
    public void Who_changed_nothing_gets_the_other_one_s_work_as_it_is()
        => Gen.Select(Edits, Edits).Sample((first, second) =>
        {
            var before = Apply(Food, first, _ => true);
            var after = Apply(before, second, _ => true);

            AssertSame(after, DraftMerge.Of(before, after, before, _ => null));
            AssertSame(after, DraftMerge.Of(before, before, after, _ => null));
        }, iter: 60);

    [Fact]
    public void Edits_of_different_steps_come_together_whoever_is_asked()
        => Gen.Select(Edits, Edits).Sample((even, odd) =>
        {
            var mine = Apply(Food, even, index => index % 2 == 0);
            var theirs = Apply(Food, odd, index => index % 2 == 1);
            var both = Apply(mine, odd, index => index % 2 == 1);

            AssertSame(both, DraftMerge.Of(Food, mine, theirs, _ => null));
            AssertSame(both, DraftMerge.Of(Food, theirs, mine, _ => null));
        }, iter: 60);

    /// <summary>Changes of single steps: words, inputs and rows, no step added and none taken out.</summary>
    private static Design Apply(Design design, (int Step, int Kind, int Number)[] edits, Func<int, bool> mayChange)
    {
        foreach (var (index, kind, number) in edits)
        {
            var steps = design.Definition.Root.Flowchart.Activities;
            var place = index % steps.Count;
            if (!mayChange(place))
            {
                continue;
            }

            var step = steps[place].Id;
            design = kind switch
            {
                0 => design.Rename(step, new($"단계 {number}", $"Step {number}")),
                1 => design.SetInput(step, "withinDays", number),
                2 => design.SetInput(step, "withinDays", null),
                3 => design.SetInput(step, "checklist", new JsonArray(new JsonObject { ["code"] = "A", ["ko"] = $"항목 {number}", ["en"] = $"Item {number}" })),
                _ => design.SetInput(step, "note", $"{number}"),
            };
        }

        return design;
    }

    private static void AssertSame(Design expected, DraftMerge merge)
    {
        Assert.Empty(merge.Clashes);
        Assert.Equal(expected.Definition.ToCanonicalJson(), merge.Design.Definition.ToCanonicalJson());
    }

    private static int Number(Design design, string step, string input)
        => design.Definition.Root.Flowchart.Activities.Single(activity => activity.Id == step).Property(input) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : 0;
}
