using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Expressions;
using SaaS.Workflows.Runtime;

namespace SaaS.Workflows.Activities.Elsa;

internal sealed class SequenceActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.Sequence",
    Category = ElsaActivities.Composition,
    DisplayName = new("차례로", "Sequence"),
    IsContainer = true,
})
{
    internal override BreakHandling Break => BreakHandling.Note;

    public override void Execute(ActivityExecution activity)
    {
        activity.DeclareVariables(overwrite: false);
        if (activity.Node.Children.Length == 0)
        {
            EmbeddedActivities.RefuseNull(activity, "activities", "Value cannot be null. (Parameter 'source')");
        }

        Next(activity);
    }

    internal override IEnumerable<ActivityDefinition> Children(ActivityDefinition activity) => EmbeddedActivities.List(activity, "activities");

    internal override void ChildCompleted(ActivityExecution owner, ActivityExecution child, string[]? outcomes)
    {
        if (owner.IsBreaking || child.Node.Type.Descriptor.IsTerminal)
        {
            owner.Complete();
        }
        else
        {
            Next(owner);
        }
    }

    private static void Next(ActivityExecution sequence)
    {
        var index = sequence.Counter ?? 0;
        if (index >= sequence.Node.Children.Length)
        {
            sequence.Complete();
            return;
        }

        sequence.Execution.Schedule(sequence, sequence.Node.Children[index]);
        sequence.Counter = index + 1;
    }
}

internal sealed class ParallelActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.Parallel",
    Category = ElsaActivities.Composition,
    DisplayName = new("나란히", "Parallel"),
    IsContainer = true,
})
{
    public override void Execute(ActivityExecution activity)
    {
        activity.DeclareVariables(overwrite: false);
        var children = activity.Node.Children;
        if (children.Length == 0)
        {
            EmbeddedActivities.RefuseNull(activity, "activities", EmbeddedActivities.NoReference);
            activity.Complete();
            return;
        }

        activity.Counter = children.Length;
        foreach (var child in children)
        {
            activity.Execution.Schedule(activity, child);
        }
    }

    internal override IEnumerable<ActivityDefinition> Children(ActivityDefinition activity) => EmbeddedActivities.List(activity, "activities");

    internal override void ChildCompleted(ActivityExecution owner, ActivityExecution child, string[]? outcomes)
    {
        owner.Counter = (owner.Counter ?? 0) - 1;
        if (owner.Counter == 0)
        {
            owner.Complete();
        }
    }
}

internal sealed class ForkActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.Fork",
    Category = ElsaActivities.Branching,
    DisplayName = new("갈래 나누기(내장)", "Fork"),
    Inputs =
    [
        new("JoinMode", "Elsa.Workflows.Activities.ForkJoinMode, Elsa.Workflows.Core")
        {
            DisplayName = new("합치는 방식", "Join mode"),
            UiHint = "dropdown",
            Options = ["WaitAll", "WaitAny"],
            IsWrapped = false,
        },
    ],
})
{
    private static readonly object WaitsForAny = new();
    private static readonly object WaitsForAll = new();

    internal override BreakHandling Break => BreakHandling.Note;

    public override object? Prepare(ActivityPreparation preparation)
    {
        var given = preparation.Raw("joinMode");
        try
        {
            var mode = given.Text is { } text ? ChoiceConversion.Parse(text, ChoiceConversion.ForkModes, StringComparison.OrdinalIgnoreCase) : given.IsNothing ? 0 : given.Whole;
            return mode switch
            {
                0 => WaitsForAll,
                1 => WaitsForAny,
                _ => throw Unknown(),
            };
        }
        catch (ExpressionException)
        {
            throw Unknown();
        }
    }

    private static PreparationException Unknown() => new("joinMode", "합치는 방식은 WaitAll이나 WaitAny입니다.", "The join mode is WaitAll or WaitAny.");

    /// <summary>Whether it is over with the first branch that is.</summary>
    internal static bool WaitsForOne(CompiledActivity fork) => ReferenceEquals(fork.Prepared, WaitsForAny);

    public override void Execute(ActivityExecution activity)
    {
        if (activity.Node.Children.Length == 0)
        {
            EmbeddedActivities.RefuseNull(activity, "branches", EmbeddedActivities.NoReference);
            activity.Complete();
            return;
        }

        foreach (var branch in activity.Node.Children)
        {
            activity.Execution.Schedule(activity, branch);
        }
    }

    internal override IEnumerable<ActivityDefinition> Children(ActivityDefinition activity) => EmbeddedActivities.List(activity, "branches");

    internal override void ChildCompleted(ActivityExecution owner, ActivityExecution child, string[]? outcomes)
    {
        if (owner.IsBreaking)
        {
            owner.Complete();
            return;
        }

        var completed = owner.Scheduled ??= [];
        if (!completed.Contains(child.Node.Id))
        {
            completed.Add(child.Node.Id);
        }

        // In a mode that there is not, it never completes.
        if (WaitsForOne(owner.Node) || (ReferenceEquals(owner.Node.Prepared, WaitsForAll) && Array.TrueForAll(owner.Node.Children, branch => completed.Contains(branch.Id))))
        {
            owner.Complete();
        }
    }
}

internal sealed class IfActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.If",
    Category = ElsaActivities.Branching,
    DisplayName = new("만약", "If"),
    Inputs = [new("Condition", "Boolean") { DisplayName = new("조건", "Condition"), Default = false, DefaultSyntax = "JavaScript" }],
    Outputs = [new("Result", "Boolean")],
    EmbeddedPorts = ["Then", "Else"],
})
{
    public override object? Prepare(ActivityPreparation preparation) => new EmbeddedPorts(preparation.Compiled, ["then", "else"]);

    public override void Execute(ActivityExecution activity)
    {
        var result = activity.Input(0).IsTrue;
        activity.SetOutput("Result", result);
        activity.Execution.Schedule(activity, activity.Prepared<EmbeddedPorts>().Get(result ? "then" : "else"));
    }

    internal override IEnumerable<ActivityDefinition> Children(ActivityDefinition activity) => EmbeddedActivities.Ports(activity, "then", "else");

    internal override void ChildCompleted(ActivityExecution owner, ActivityExecution child, string[]? outcomes) => owner.Complete();
}

internal sealed class BreakActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.Break",
    Category = ElsaActivities.Looping,
    DisplayName = new("반복 끝내기", "Break"),
    IsTerminal = true,
})
{
    public override void Execute(ActivityExecution activity)
    {
        Execution.Break(activity);
        activity.Complete();
    }
}
