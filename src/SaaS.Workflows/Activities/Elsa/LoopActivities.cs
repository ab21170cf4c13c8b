using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Activities.Elsa;

/// <summary>The variables that loops give to their bodies.</summary>
internal static class LoopVariables
{
    private static readonly string CurrentValueId = ActivityExecution.LoopVariableId("CurrentValue");
    private static readonly string CurrentIndexId = ActivityExecution.LoopVariableId("CurrentIndex");

    public static LoopVariable CurrentValue(Value value) => new(new VariableInfo(CurrentValueId, "CurrentValue", TypeKind.Object, value, isPersisted: false), value);

    public static LoopVariable CurrentIndex(int index) => new(new VariableInfo(CurrentIndexId, "CurrentIndex", TypeKind.Object, index, isPersisted: false), index);
}

internal sealed class WhileActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.While",
    Category = ElsaActivities.Looping,
    DisplayName = new("~하는 동안", "While"),
    Inputs = [new("Condition", "Boolean") { DisplayName = new("조건", "Condition"), Default = false, AutoEvaluate = false, DefaultSyntax = "JavaScript" }],
    EmbeddedPorts = ["Body"],
})
{
    internal override BreakHandling Break => BreakHandling.Catch;

    public override void Execute(ActivityExecution activity) => Turn(activity);

    internal override IEnumerable<ActivityDefinition> Children(ActivityDefinition activity) => EmbeddedActivities.Ports(activity, "body");

    internal override void ChildCompleted(ActivityExecution owner, ActivityExecution child, string[]? outcomes) => Turn(owner);

    private static void Turn(ActivityExecution loop)
    {
        if (!loop.IsBreaking && Execution.Evaluate(loop, loop.Node.Inputs[0]).IsTrue)
        {
            loop.Execution.Schedule(loop, loop.Node.Children.Length > 0 ? loop.Node.Children[0] : null);
        }
        else
        {
            loop.Complete();
        }
    }
}

internal sealed class ForActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.For",
    Category = ElsaActivities.Looping,
    DisplayName = new("횟수만큼", "For"),
    Inputs =
    [
        new("Start", "Int32") { DisplayName = new("처음", "Start"), Default = 0 },
        new("End", "Int32") { DisplayName = new("끝", "End"), Default = 0 },
        new("Step", "Int32") { DisplayName = new("간격", "Step"), Default = 1, IsDefaultForUnreadable = false },
        new("OuterBoundInclusive", "Boolean") { DisplayName = new("끝 포함", "Include the end"), UiHint = "checkbox", Default = true },
    ],
    Outputs = [new("CurrentValue", "Object") { DisplayName = new("지금 값", "Current value") }],
    EmbeddedPorts = ["Body"],
})
{
    internal override BreakHandling Break => BreakHandling.Catch;

    public override void Execute(ActivityExecution activity)
    {
        if (activity.Node.Children.Length > 0)
        {
            Turn(activity);
        }
    }

    internal override IEnumerable<ActivityDefinition> Children(ActivityDefinition activity) => EmbeddedActivities.Ports(activity, "body");

    internal override void ChildCompleted(ActivityExecution owner, ActivityExecution child, string[]? outcomes) => Turn(owner);

    private static void Turn(ActivityExecution loop)
    {
        var end = loop.Input(1).Number;
        var start = loop.Input(0).Number;
        var step = loop.Input(2).Number;
        var inclusive = loop.Input(3).IsTrue;
        var current = loop.Counter is { } counter ? counter + step : start;
        var goesOn = step >= 0
            ? inclusive ? current <= end : current < end
            : inclusive ? current >= end : current > end;
        if (loop.IsBreaking || !goesOn)
        {
            loop.Complete();
            return;
        }

        loop.Execution.Schedule(loop, loop.Node.Children[0], [LoopVariables.CurrentValue(current)]);
        loop.Counter = (int)current;
        loop.SetOutput("CurrentValue", current);
    }
}

internal sealed class ForEachActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.ForEach",
    Category = ElsaActivities.Looping,
    DisplayName = new("하나씩", "For each"),
    Inputs = [new("Items", "Object[]") { DisplayName = new("항목", "Items"), DefaultSyntax = "JavaScript", Default = Value.From(Array.Empty<Value>()), IsDefaultForUnreadable = false }],
    Outputs = [new("CurrentValue", "Object") { DisplayName = new("지금 값", "Current value") }],
    EmbeddedPorts = ["Body"],
})
{
    internal override BreakHandling Break => BreakHandling.Catch;

    public override void Execute(ActivityExecution activity) => Turn(activity);

    internal override IEnumerable<ActivityDefinition> Children(ActivityDefinition activity) => EmbeddedActivities.Ports(activity, "body");

    internal override void ChildCompleted(ActivityExecution owner, ActivityExecution child, string[]? outcomes) => Turn(owner);

    private static void Turn(ActivityExecution loop)
    {
        if (loop.IsBreaking)
        {
            loop.Complete();
            return;
        }

        var index = loop.Counter ?? 0;
        var given = loop.Input(0);
        if (given.IsNothing)
        {
            throw new ActivityFaultException("Value cannot be null. (Parameter 'source')");
        }

        if (index >= given.Items.Length)
        {
            loop.Complete();
            return;
        }

        var current = given.Items[index];
        loop.SetOutput("CurrentValue", current);
        if (loop.Node.Children.Length > 0)
        {
            loop.Execution.Schedule(loop, loop.Node.Children[0], [LoopVariables.CurrentIndex(index), LoopVariables.CurrentValue(current)]);
        }
        else
        {
            loop.Complete();
        }

        loop.Counter = index + 1;
    }
}

internal sealed class ParallelForEachActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.ParallelForEach",
    Category = ElsaActivities.Looping,
    DisplayName = new("하나씩 나란히", "Parallel for each"),
    Inputs = [new("Items", "Object") { DisplayName = new("항목", "Items"), DefaultSyntax = "JavaScript", Default = Value.From(Array.Empty<Value>()), IsDefaultForUnreadable = false }],
    EmbeddedPorts = ["Body"],
})
{
    public override void Execute(ActivityExecution activity)
    {
        var items = activity.Input(0);
        var count = 0;
        foreach (var item in items.Items)
        {
            if (activity.Node.Children.Length == 0)
            {
                throw new ActivityFaultException("Value cannot be null. (Parameter 'source')");
            }

            activity.Execution.Schedule(activity, activity.Node.Children[0], [LoopVariables.CurrentValue(item), LoopVariables.CurrentIndex(count++)]);
        }

        activity.Counter = count;
        if (count == 0)
        {
            activity.Complete();
        }
    }

    internal override IEnumerable<ActivityDefinition> Children(ActivityDefinition activity) => EmbeddedActivities.Ports(activity, "body");

    internal override void ChildCompleted(ActivityExecution owner, ActivityExecution child, string[]? outcomes)
    {
        owner.Counter = (owner.Counter ?? 0) - 1;
        if (owner.Counter == 0)
        {
            owner.Complete();
        }
    }
}
