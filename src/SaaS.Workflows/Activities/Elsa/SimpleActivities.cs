using SaaS.Workflows.Runtime;

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
        activity.Execution.WriteOutput(activity.Input(0).Text ?? throw new ActivityFaultException("Value cannot be null. (Parameter 'key')"), activity.Input(1));
        activity.Complete();
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
        activity.WriteMemory(id, Compilation.ValueConversion.To(activity.Input(0), variable.Type), variable);
        activity.Complete();
    }
}

internal sealed class EventActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.Event",
    Category = ElsaActivities.Flow,
    DisplayName = new("사건 기다리기", "Event"),
    Inputs = [new("EventName", "String") { DisplayName = new("사건 이름", "Event name") }],
    Outputs = [new("Result", "Object") { DisplayName = new("받은 값", "Payload") }],
    IsBlocking = true,
    IsTrigger = true,
})
{
    public override void Execute(ActivityExecution activity) =>
        activity.Execution.CreateBookmark(activity, Values.Value.Object(("eventName", activity.Input(0))), "Elsa.Event", includeInstance: false);

    public override bool Accepts(Definitions.ActivityDefinition activity, Values.Value input) => true;

    public override void Resume(ActivityExecution activity, Values.Value input)
    {
        activity.SetOutput("Result", activity.WorkflowInput("__EventPayloadWorkflowInput"));
        activity.Complete();
    }
}
