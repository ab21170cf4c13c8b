using SaaS.Workflows.Compilation;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Activities.Elsa;

internal sealed class StartActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.Start",
    Category = ElsaActivities.Flow,
    DisplayName = new("시작", "Start"),
    IsStart = true,
})
{
    public override void Execute(ActivityExecution activity) => activity.Complete();
}

internal sealed class EndActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.End",
    Category = ElsaActivities.Flow,
    DisplayName = new("끝", "End"),
    IsTerminal = true,
})
{
    public override void Execute(ActivityExecution activity) => activity.Complete();
}

internal sealed class FinishActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.Finish",
    Category = ElsaActivities.Primitives,
    DisplayName = new("전체 끝내기", "Finish"),
    Description = new("다른 갈래가 남아 있어도 전체를 끝냅니다.", "Ends the whole workflow, whatever else is running."),
    IsTerminal = true,
})
{
    public override void Execute(ActivityExecution activity)
    {
        activity.Execution.Finish();
        activity.Complete();
    }
}

internal sealed class CompleteActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.Complete",
    Category = ElsaActivities.Composition,
    DisplayName = new("결과 내고 끝내기", "Complete"),
    Inputs = [new("Outcomes", "Object") { DisplayName = new("결과", "Outcomes"), UiHint = "outcome-picker", DefaultSyntax = "Object" }],
    IsTerminal = true,
})
{
    public override void Execute(ActivityExecution activity)
    {
        var given = activity.Input(0);
        string[] outcomes = given.Kind switch
        {
            ValueKind.String => [given.Text!],
            ValueKind.Array => [.. given.Items.ToArray().Select(item => ValueConversion.To(item, TypeKind.Text).Text ?? throw new ActivityFaultException(EmbeddedActivities.NoReference))],
            _ => ["Done"],
        };
        activity.Execution.CompleteComposite(activity, outcomes);
        activity.Complete();
    }
}

internal sealed class FaultActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.Fault",
    Category = ElsaActivities.Primitives,
    DisplayName = new("오류 내기", "Fault"),
    Inputs =
    [
        new("Code", "String") { DisplayName = new("코드", "Code") },
        new("Category", "String") { DisplayName = new("분류", "Category") },
        new("FaultType", "String") { DisplayName = new("종류", "Type") },
        new("Message", "String") { DisplayName = new("글", "Message") },
    ],
})
{
    public override void Execute(ActivityExecution activity) =>
        throw new ActivityFaultException(activity.Input(3).Text ?? "Exception of type 'Elsa.Workflows.Exceptions.FaultException' was thrown.");
}

internal sealed class FlowDecisionActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.FlowDecision",
    Category = ElsaActivities.Branching,
    DisplayName = new("판단", "Decision"),
    Inputs = [new("Condition", "Boolean") { DisplayName = new("조건", "Condition"), Default = false, DefaultSyntax = "JavaScript" }],
    Outcomes = ["True", "False"],
})
{
    private static readonly string[] Yes = ["True"];
    private static readonly string[] No = ["False"];

    public override void Execute(ActivityExecution activity) => activity.Complete(activity.Input(0).IsTrue ? Yes : No);
}

internal sealed class FlowForkActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.FlowFork",
    Category = ElsaActivities.Branching,
    DisplayName = new("갈래 나누기", "Fork"),
    Inputs = [new("Branches", "String[]") { DisplayName = new("갈래", "Branches"), UiHint = "dynamic-outcomes", DefaultSyntax = "Object" }],
})
{
    private static readonly string[] Done = ["Done"];

    public override IReadOnlyList<string> Outcomes(Definitions.ActivityDefinition activity)
    {
        if (activity.Property("branches") is { ValueKind: System.Text.Json.JsonValueKind.Object } input
            && input.TryGetProperty("expression", out var expression)
            && Definitions.ActivityDefinition.Text(expression, "value") is { } text
            && text.AsSpan().TrimStart() is ['[', ..])
        {
            try
            {
                return [.. Value.Parse(text).Items.ToArray().Select(branch => branch.Text ?? "")];
            }
            catch (System.Text.Json.JsonException)
            {
                return Done;
            }
        }

        return Done;
    }

    public override void Execute(ActivityExecution activity)
    {
        var branches = activity.Input(0);
        activity.Complete(branches.IsNothing ? Done : [.. branches.Items.ToArray().Select(branch => branch.Text ?? "")]);
    }
}

internal sealed class WriteLineActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.WriteLine",
    Category = ElsaActivities.Primitives,
    DisplayName = new("한 줄 쓰기", "Write line"),
    Inputs = [new("Text", "String") { DisplayName = new("글", "Text") }],
})
{
    public override void Execute(ActivityExecution activity)
    {
        activity.Execution.WriteLine(activity.Input(0).Text ?? "");
        activity.Complete();
    }
}

internal sealed class SetNameActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.SetName",
    Category = ElsaActivities.Primitives,
    DisplayName = new("이름 정하기", "Set name"),
    Inputs = [new("Value", "String") { DisplayName = new("이름", "Name"), Default = "", IsDefaultForUnreadable = false }],
})
{
    public override void Execute(ActivityExecution activity)
    {
        activity.Execution.Name = activity.Input(0).Text;
        activity.Complete();
    }
}

internal sealed class CorrelateActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.Correlate",
    Category = ElsaActivities.Primitives,
    DisplayName = new("연관 번호 정하기", "Correlate"),
    Inputs = [new("CorrelationId", "String") { DisplayName = new("연관 번호", "Correlation id") }],
})
{
    public override void Execute(ActivityExecution activity)
    {
        activity.Execution.CorrelationId = activity.Input(0).Text;
        activity.Complete();
    }
}

internal sealed class SetOutputActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.SetOutput",
    Category = ElsaActivities.Primitives,
    DisplayName = new("출력 정하기", "Set output"),
    Inputs =
    [
        new("OutputName", "String") { DisplayName = new("출력", "Output"), UiHint = "output-picker" },
        new("OutputValue", "Object") { DisplayName = new("값", "Value") },
    ],
})
{
    public override void Execute(ActivityExecution activity)
    {
        var name = activity.Input(0).Text ?? throw new ActivityFaultException("OutputName is required.");
        if (FindOwner(activity, name) is var (owner, output))
        {
            owner.Execution.SetOutput(owner, output, activity.Input(1));
            if (activity.VariableInScope(name) is { } variable)
            {
                activity.WriteMemory(variable.Id, activity.Input(1), variable);
            }
        }
        else
        {
            activity.Execution.WriteOutput(name, activity.Input(1));
        }

        activity.Complete();
    }

    /// <summary>The workflow used as an activity, around the one that this stands in, that has such an output.</summary>
    private static (ActivityExecution Owner, CompiledOutput Output)? FindOwner(ActivityExecution activity, string name)
    {
        for (var ancestor = activity.Parent?.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            foreach (var output in ancestor.Node.Outputs)
            {
                if (output.Name == name)
                {
                    return (ancestor, output);
                }
            }
        }

        return null;
    }
}

internal sealed class SetVariableActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.SetVariable",
    Category = ElsaActivities.Primitives,
    DisplayName = new("변수 정하기", "Set variable"),
    Inputs =
    [
        new("Variable", "Variable") { DisplayName = new("변수", "Variable"), UiHint = "variable-picker", IsWrapped = false },
        new("Value", "Object") { DisplayName = new("값", "Value") },
    ],
})
{
    public override object? Prepare(ActivityPreparation preparation) => preparation.Raw("variable")["id"].Text ?? "";

    public override void Execute(ActivityExecution activity)
    {
        var id = activity.Prepared<string>();
        var variable = activity.VariableById(id) ?? throw new ActivityFaultException($"Variable '{id}' not found.");
        activity.WriteMemory(id, ValueConversion.To(activity.Input(0), variable.Type), variable);
        activity.Complete();
    }
}
