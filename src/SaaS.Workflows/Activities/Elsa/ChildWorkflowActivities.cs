using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Activities.Elsa;

internal sealed class PublishEventActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.PublishEvent",
    Category = ElsaActivities.Flow,
    DisplayName = new("사건 알리기", "Publish event"),
    Inputs =
    [
        new("EventName", "String") { DisplayName = new("사건 이름", "Event name") },
        new("CorrelationId", "String") { DisplayName = new("연관 번호", "Correlation id") },
        new("IsLocalEvent", "Boolean") { DisplayName = new("이 건에만", "Local event"), UiHint = "checkbox" },
        new("Payload", "Object") { DisplayName = new("내용", "Payload") },
    ],
})
{
    public override void Execute(ActivityExecution activity)
    {
        var name = activity.Input(0).Text ?? throw new ActivityFaultException("EventName is required.");
        activity.Emit("publish-event", Value.Object(("eventName", name), ("correlationId", activity.Input(1)), ("local", activity.Input(2).IsTrue), ("payload", activity.Input(3))));
        activity.Complete();
    }
}

internal sealed class ExecuteWorkflowActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.ExecuteWorkflow",
    Category = ElsaActivities.Composition,
    DisplayName = new("다른 워크플로 실행", "Execute workflow"),
    Inputs =
    [
        new("WorkflowDefinitionId", "String") { DisplayName = new("워크플로", "Workflow definition"), UiHint = "workflow-definition-picker" },
        new("CorrelationId", "String") { DisplayName = new("연관 번호", "Correlation id") },
        new("Input", "ObjectDictionary") { DisplayName = new("입력", "Input"), DefaultSyntax = "Object" },
        new("WaitForCompletion", "Boolean") { DisplayName = new("끝날 때까지 기다림", "Wait for completion"), UiHint = "checkbox" },
    ],
    Outputs = [new("Result", "Object") { DisplayName = new("결과", "Result") }],
})
{
    public override void Execute(ActivityExecution activity)
    {
        var child = ChildWorkflow.Start(activity, activity.Input(0), activity.Input(1), activity.Input(2));
        if (!activity.Input(3).IsTrue || child.State.Status == WorkflowStatus.Finished)
        {
            activity.SetOutput("Result", Value.Object(
                ("WorkflowDefinitionVersionId", Value.Null),
                ("WorkflowInstanceId", child.State.Id.ToString()),
                ("CorrelationId", Value.Null),
                ("Status", child.State.Status.ToString()),
                ("SubStatus", child.State.SubStatus.ToString()),
                ("Output", child.State.Output)));
            activity.Complete();
            return;
        }

        activity.Execution.CreateBookmark(activity, Value.Object(("childInstanceId", child.State.Id.ToString())), "Elsa.ExecuteWorkflow", includeInstance: false);
    }

    public override bool Accepts(ActivityDefinition activity, Value input) => true;

    public override void Resume(ActivityExecution activity, Value input)
    {
        activity.SetOutput("Result", Value.From(activity.Execution.Input));
        activity.Complete();
    }
}

internal sealed class DispatchWorkflowActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.DispatchWorkflow",
    Category = ElsaActivities.Composition,
    DisplayName = new("다른 워크플로 맡기기", "Dispatch workflow"),
    Inputs =
    [
        new("WorkflowDefinitionId", "String") { DisplayName = new("워크플로", "Workflow definition"), UiHint = "workflow-definition-picker" },
        new("CorrelationId", "String") { DisplayName = new("연관 번호", "Correlation id") },
        new("Input", "ObjectDictionary") { DisplayName = new("입력", "Input"), DefaultSyntax = "Object" },
        new("WaitForCompletion", "Boolean") { DisplayName = new("끝날 때까지 기다림", "Wait for completion"), UiHint = "checkbox" },
    ],
    Outputs = [new("Result", "Object") { DisplayName = new("결과", "Result") }],
})
{
    public override void Execute(ActivityExecution activity)
    {
        var definitionId = ChildWorkflow.Require(activity, activity.Input(0));
        var instanceId = activity.Execution.NewId();
        activity.Emit("dispatch-workflow", Value.Object(
            ("definitionId", definitionId),
            ("instanceId", instanceId.ToString()),
            ("correlationId", activity.Input(1)),
            ("input", ChildWorkflow.InputOf(activity, activity.Input(2))),
            ("waitForCompletion", activity.Input(3).IsTrue)));
        if (activity.Input(3).IsTrue)
        {
            activity.Execution.CreateBookmark(activity, Value.Object(("childInstanceId", instanceId.ToString())), "Elsa.DispatchWorkflow", includeInstance: false);
        }
        else
        {
            activity.Complete();
        }
    }

    public override bool Accepts(ActivityDefinition activity, Value input) => true;

    public override void Resume(ActivityExecution activity, Value input)
    {
        activity.SetOutput("Result", Value.From(activity.Execution.Input));
        activity.Complete();
    }
}

/// <summary>What starting another workflow takes.</summary>
internal static class ChildWorkflow
{
    private const int NestingLimit = 16;

    public static string Require(ActivityExecution activity, Value definitionId)
    {
        var id = definitionId.Text ?? throw new ActivityFaultException("WorkflowDefinitionId is required.");
        return activity.Execution.Workflow.Resolve(id) is null ? throw NotPublished(id) : id;
    }

    public static Value InputOf(ActivityExecution activity, Value given)
    {
        var input = (given.Members ?? new ValueObject()).Copy();
        input.Set("ParentInstanceId", activity.WorkflowInstanceId.ToString());
        return Value.From(input);
    }

    /// <summary>Runs another workflow to its end or first wait, within this burst.</summary>
    public static Burst Start(ActivityExecution activity, Value definitionId, Value correlationId, Value input)
    {
        var execution = activity.Execution;
        var id = definitionId.Text ?? throw new ActivityFaultException("WorkflowDefinitionId is required.");
        var workflow = execution.Workflow.Resolve(id) ?? throw NotPublished(id);
        if (execution.Nesting >= NestingLimit)
        {
            throw new ActivityFaultException($"Workflows run each other more than {NestingLimit} deep.");
        }

        var burst = execution.StartChild(workflow, correlationId.Text, InputOf(activity, input));
        return burst;
    }

    private static ActivityFaultException NotPublished(string id) => new($"No published version of workflow definition with ID {id} found.");
}
